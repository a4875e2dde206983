/* frames.c: sound to log-mel frames, pitch beside them, and a common level. */
#include "emotionnet/features/frames.h"
#include "audio/mel/settings.h"

#include "audio/voice/activity.h"
#include "audio/mel/normalise.h"
#include "audio/voice/pitch.h"
#include "audio/resample.h"
#include "emotionnet/features/cache.h"
#include "emotionnet/features/causal.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

static const double TRIM_MARGIN = 0.1; /* seconds of silence that stay at either end */
static const double RUNNING_MEMORY =
        3; /* seconds that a running mean looks back, about */

const char *const normalise_names[] = {
	[NORMALISE_CORPUS] = "corpus",
	[NORMALISE_UTTERANCE] = "utterance",
	[NORMALISE_SPEAKER] = "speaker",
	[NORMALISE_RUNNING] = "running",
	[NORMALISES] = NULL,
};

/* ---- settings ---------------------------------------------------------------------- */

void frames_keep(Record *r, FrameSettings *settings)
{
	const char *mel =
	        record_reads(r) ? "" : mel_settings_text(&settings->mel, r->arena);
	double pitch = settings->pitch;
	Error why;
	record_text(r, "speech.mel", &mel);
	if (record_reads(r) && !r->failed &&
	        !mel_settings_parse(&settings->mel, mel, &why))
		record_refuse(r, "speech.mel", mel, why.text);
	const MelBandSettings *bands = &settings->mel.bands;
	double high = bands->high > 0 ? bands->high : FRAMES_RATE / 2;
	if (record_reads(r) && !r->failed &&
	        !(bands->low < high && high <= FRAMES_RATE / 2))
		record_refuse(r, "speech.mel", mel,
		        arena_format(r->arena,
		                "low and high within the %d Hz of %d samples a second",
		                FRAMES_RATE / 2, FRAMES_RATE));
	if (record_has(r, "speech.trim")) /* older files do not */
		record_flag(r, "speech.trim", &settings->trim);
	if (record_reads(r) ? record_has(r, "speech.causal") : settings->causal)
		record_flag(r, "speech.causal", &settings->causal);
	record_real(r, "speech.max_seconds", &settings->max_seconds, FRAMES_LEAST_SECONDS,
	        1e6);
	record_real(r, "speech.pitch", &pitch, 0, 1);
	settings->pitch = pitch > 0;
	if (settings->hears == HEARS_FRAMES)
		return;
	const char *ours = arena_format(r->arena, "%s %s",
	        settings->hears == HEARS_BOTH ? "beside" : "alone",
	        settings->causal ? CAUSAL_VERSION : functionals_version(r->arena));
	const char *version = ours;
	record_text(r, "speech.functionals", &version);
	if (record_reads(r) && !r->failed && strcmp(version, ours))
		record_refuse(r, "speech.functionals", version,
		        arena_format(r->arena,
		                "%s, the functionals that this program measures", ours));
}

void frames_plan(Arena *arena, FrameSettings *settings)
{
	settings->plan = mel_plan(arena, &settings->mel, FRAMES_RATE);
	settings->rates = resample_plans_new(arena);
	if (settings->hears != HEARS_FRAMES && !settings->causal)
		settings->functionals = functionals_plan(arena);
}

/* ---- pitch ------------------------------------------------------------------------- */

int frames_width(const FrameSettings *settings)
{
	if (settings->hears == HEARS_FUNCTIONALS)
		return functionals_count();
	return settings->mel.bands.count + (settings->pitch ? FRAMES_PITCH : 0);
}

/* The frame of pitch whose middle lies nearest to the middle of frame t of the
 * spectrogram; -1: there is none. */
static int pitch_frame(
        const PitchTrack *track, const StftSettings *stft, double first, int t)
{
	double middle = t * (double)stft->hop;
	if (stft->padding == STFT_WHOLE)
		middle += stft->window / 2.0;
	int i = (int)floor((middle - first) / stft->hop + 0.5);
	i = i < 0 ? 0 : i;
	return i < track->count ? i : track->count - 1;
}

static double octaves_above_110(double hertz)
{
	return double_log(hertz / 110) / LN_2;
}

static double mean_octaves(const PitchTrack *track)
{
	double sum = 0;
	int voiced = 0;
	for (int i = 0; i < track->count; i++) {
		if (track->hertz[i] <= 0)
			continue;
		sum += octaves_above_110(track->hertz[i]);
		voiced++;
	}
	return voiced ? sum / voiced : 0;
}

/* (T,mels) -> (T,mels+FRAMES_PITCH) */
static Tensor add_pitch(
        Arena *arena, Tensor mel, const Clip *clip, const StftSettings *stft)
{
	PitchSettings settings = pitch_defaults();
	settings.hop = (double)stft->hop / clip->rate;
	PitchTrack track = pitch_track(arena, clip, &settings);
	double mean = mean_octaves(&track), first = clip->rate / settings.low;
	int T = mel.shape[0], M = mel.shape[1];
	Tensor frames = tensor_zeros(arena, SHAPE(T, M + FRAMES_PITCH));
	for (int t = 0; t < T; t++) {
		real *row = frames.data + (size_t)t * (size_t)(M + FRAMES_PITCH);
		memcpy(row, mel.data + (size_t)t * (size_t)M, (size_t)M * sizeof *row);
		int i = pitch_frame(&track, stft, first, t);
		if (i < 0)
			continue;
		row[M + 2] = (real)(1 - fmin(track.aperiodicity[i], 1));
		if (track.hertz[i] <= 0)
			continue;
		double octaves = octaves_above_110(track.hertz[i]);
		row[M] = (real)octaves;
		row[M + 1] = (real)(octaves - mean);
	}
	return frames;
}

/* ---- functionals ------------------------------------------------------------------- */

int frames_whole(const FrameSettings *settings)
{
	if (settings->hears != HEARS_BOTH)
		return 0;
	return settings->causal ? causal_whole(settings) : functionals_count();
}

const char *frames_whole_name(Arena *arena, const FrameSettings *settings, int index)
{
	return settings->causal ? causal_whole_name(arena, settings, index)
	                        : functionals_name(arena, index);
}

static Tensor functionals_of(
        Arena *arena, const Clip *clip, const FrameSettings *settings)
{
	Tensor out = tensor_new(arena, SHAPE(1, functionals_count()));
	functionals(out.data, arena, settings->functionals, clip);
	return out;
}

/* No longer than is wanted, and at the common rate. */
static Clip common_clip(Arena *arena, Clip clip, const FrameSettings *settings, bool *cut)
{
	double most = settings->max_seconds * clip.rate;
	*cut = (double)clip.count > most;
	if (*cut)
		clip.count = (int)most;
	return resample_planned(arena, clip, FRAMES_RATE, settings->rates);
}

Tensor frames_beside(Arena *arena, Clip clip, const FrameSettings *settings)
{
	bool cut;
	if (settings->hears != HEARS_BOTH)
		return (Tensor){ .ndim = 2 };
	clip = common_clip(arena, clip, settings, &cut);
	if (settings->causal)
		return causal_statistics(
		        arena, causal_frames(arena, &clip, settings), settings);
	return functionals_of(arena, &clip, settings);
}

/* ---- frames ------------------------------------------------------------------------ */

Tensor frames_of_clip(Arena *arena, Clip clip, const FrameSettings *settings, bool *cut)
{
	clip = common_clip(arena, clip, settings, cut);
	if (settings->hears == HEARS_FUNCTIONALS)
		return clip.count < FUNCTIONALS_LEAST
		               ? tensor_zeros(arena, SHAPE(0, functionals_count()))
		               : functionals_of(arena, &clip, settings);
	if (settings->causal)
		return causal_frames(arena, &clip, settings);
	Tensor frames;
	mel_run(settings->plan, &frames, arena, &clip);
	if (settings->pitch && frames.shape[0])
		frames = add_pitch(arena, frames, &clip, &settings->mel.stft);
	return frames;
}

Clip frames_trim(Arena *scratch, Clip clip, const FrameSettings *settings, double *begin)
{
	*begin = 0;
	if (!settings->trim)
		return clip;
	ActivitySettings activity = activity_defaults();
	Clip voice = trim_silence(scratch, clip, &activity, TRIM_MARGIN);
	*begin = (double)(voice.samples - clip.samples) / clip.rate;
	return voice;
}

double frames_seconds(Clip clip, const FrameSettings *settings)
{
	return fmin((double)clip.count / clip.rate, settings->max_seconds);
}

bool frames_of_utterance(Heard *heard, Arena *arena, Arena *scratch,
        const FrameSource *source, Error *error)
{
	const Utterance *utterance = &source->corpus->utterances[source->utterance];
	const FrameSettings *settings = source->settings;
	const char *entry = cache_entry(scratch, source);
	*heard = (Heard){ .begin = 0 };
	if (entry && cache_read(heard, arena, entry, settings))
		return true;
	Clip clip;
	if (!sound_read(&clip, scratch, source->corpus, source->utterance, error))
		return false;
	remarks_of_clip(&heard->remarks, &clip, 0);
	heard->rate = clip.rate < FRAMES_RATE ? clip.rate : FRAMES_RATE;
	clip = frames_trim(scratch, clip, settings, &heard->begin);
	if (source->copy)
		clip = vary(scratch, clip, source->vary, source->utterance, source->copy);
	bool cut;
	Tensor made = frames_of_clip(scratch, clip, settings, &cut);
	heard->remarks.of[REMARK_CUT] = cut;
	heard->seconds = frames_seconds(clip, settings);
	if (made.shape[0] == 0)
		return error_set(error, "%s: %d samples are too short for one frame",
		        utterance->wav, clip.count);
	heard->frames = tensor_clone(arena, made);
	heard->whole = tensor_clone(arena, frames_beside(scratch, clip, settings));
	/* one with a remark is made anew each time, so that it is counted each time */
	if (entry && !memcmp(&heard->remarks, &(Remarks){ { 0 } }, sizeof(Remarks)))
		cache_write(heard, entry);
	return true;
}

/* A band that moves less than this, such as one above the recording's own limit, is
 * left as it is. */
static const double FLAT = 1e-5;

/* Adds x, or (x - mean)^2 where a mean is given, of every frame to sum, band by band, and
 * 1 to the band's count. */
static void add_powers(
        double *sum, double *counts, const Tensor *frames, int count, const double *mean)
{
	for (int i = 0; i < count; i++) {
		int T = frames[i].shape[0], M = frames[i].shape[1];
		for (int t = 0; t < T; t++) {
			const real *row = frames[i].data + (size_t)t * (size_t)M;
			for (int m = 0; m < M; m++) {
				double x = (double)row[m];
				if (isnan(x))
					continue;
				sum[m] += mean ? (x - mean[m]) * (x - mean[m]) : x;
				counts[m]++;
			}
		}
	}
}

void frames_statistics(Arena *scratch, const Tensor *frames, int count, int mels,
        real *mean, real *scale)
{
	ArenaMark mark = arena_mark(scratch);
	double *sum = ARENA_ARRAY(scratch, double, (size_t)mels);
	double *square = ARENA_ARRAY(scratch, double, (size_t)mels);
	double *n = ARENA_ARRAY(scratch, double, (size_t)mels);
	double *again = ARENA_ARRAY(scratch, double, (size_t)mels);
	add_powers(sum, n, frames, count, NULL);
	for (int m = 0; m < mels; m++)
		sum[m] /= n[m] > 0 ? n[m] : 1;
	add_powers(square, again, frames, count, sum);
	for (int m = 0; m < mels; m++) {
		double deviation = n[m] > 0 ? sqrt(square[m] / n[m]) : 0;
		mean[m] = (real)sum[m];
		scale[m] = (real)(deviation > FLAT ? 1 / deviation : 1);
	}
	arena_rewind(scratch, mark);
}

double frames_memory(const FrameSettings *settings)
{
	double frames = RUNNING_MEMORY * FRAMES_RATE / settings->mel.stft.hop;
	return frames > 2 ? frames : 2;
}

void frames_normalise(Arena *scratch, Tensor frames, Normalise over, const real *mean,
        const real *scale, double memory)
{
	int T = frames.shape[0], M = frames.shape[1];
	ArenaMark mark = arena_mark(scratch);
	if (over == NORMALISE_RUNNING) {
		Moments moments = moments_new(scratch, M);
		normalise_running(&moments, frames, memory);
		arena_rewind(scratch, mark);
		return;
	}
	if (over == NORMALISE_UTTERANCE) {
		real *own = ARENA_ARRAY(scratch, real, 2 * (size_t)M);
		frames_statistics(scratch, &frames, 1, M, own, own + M);
		mean = own;
		scale = own + M;
	}
	for (int t = 0; t < T; t++) {
		real *row = frames.data + (size_t)t * (size_t)M;
		for (int m = 0; m < M; m++)
			row[m] = (row[m] - mean[m]) * scale[m];
	}
	arena_rewind(scratch, mark);
}

void functionals_tame(Tensor functionals)
{
	for (size_t i = 0; i < tensor_count(functionals); i++) {
		real *x = &functionals.data[i];
		if (isnan(*x))
			*x = 0;
		*x = *x > FUNCTIONALS_MOST ? FUNCTIONALS_MOST : *x;
		*x = *x < -FUNCTIONALS_MOST ? -FUNCTIONALS_MOST : *x;
	}
}
