/* causal.c: frame t stands on the samples t hop .. t hop + window - 1; its pitch on the
 * pitch_samples() that end there too. Where the clip has not so many yet it has no pitch. */
#include "emotionnet/features/causal.h"

#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

/* ---- pitch ------------------------------------------------------------------------- */

/* What is known of the voice so far. */
typedef struct PitchSoFar {
	PitchSettings settings;
	int samples; /* that one look needs */
	double *work;
	double loudest;   /* dB */
	double octaves;   /* sum over the voiced frames, above 110 Hz */
	long long voiced; /* frames */
} PitchSoFar;

static void pitch_restart(PitchSoFar *pitch)
{
	pitch->loudest = -100;
	pitch->octaves = 0;
	pitch->voiced = 0;
}

static PitchSoFar pitch_new(Arena *arena)
{
	PitchSoFar pitch = { .settings = pitch_defaults() };
	pitch.samples = pitch_samples(&pitch.settings, FRAMES_RATE);
	pitch.work = ARENA_ARRAY(arena, double, (size_t)pitch.samples);
	pitch_restart(&pitch);
	return pitch;
}

/* The next frame's numbers, as FRAMES_PITCH has them, from the samples that end with it. Where
 * there is no voice the pitch stays at the mean so far: so the mean over the frames is that of
 * the voice, however much of the time it speaks. */
static void pitch_step(PitchSoFar *pitch, real numbers[FRAMES_PITCH], const real *samples)
{
	PitchFrame frame =
	        pitch_look(&pitch->settings, FRAMES_RATE, samples, pitch->work);
	pitch->loudest = fmax(pitch->loudest, frame.level);
	bool voiced = frame.hertz > 0 && frame.level >= -99 &&
	              frame.level >= pitch->loudest - pitch->settings.silence;
	double octaves = voiced ? double_log(frame.hertz / 110) / LN_2 : 0;
	pitch->octaves += octaves;
	pitch->voiced += voiced;
	double mean = pitch->voiced ? pitch->octaves / (double)pitch->voiced : 0;
	numbers[0] = (real)(voiced ? octaves : mean);
	numbers[1] = (real)(voiced ? octaves - mean : 0);
	numbers[2] = (real)(1 - fmin(frame.aperiodicity, 1));
}

/* (T,mels) -> (T,width): frame t of them ends before sample `end` + t hop of the clip, of
 * which `samples` are those from `origin` on. */
static Tensor add_pitch(Arena *arena, Tensor mel, PitchSoFar *pitch, const real *samples,
        long long origin, long long end, int hop)
{
	int T = mel.shape[0], M = mel.shape[1];
	Tensor frames = tensor_zeros(arena, SHAPE(T, M + FRAMES_PITCH));
	for (int t = 0; t < T; t++, end += hop) {
		real *row = frames.data + (size_t)t * (size_t)(M + FRAMES_PITCH);
		memcpy(row, mel.data + (size_t)t * (size_t)M, (size_t)M * sizeof *row);
		if (end >= pitch->samples)
			pitch_step(pitch, row + M,
			        samples + (end - pitch->samples - origin));
	}
	return frames;
}

Tensor causal_frames(Arena *arena, const Clip *clip, const FrameSettings *settings)
{
	const StftSettings *stft = &settings->mel.stft;
	Tensor frames;
	mel_run(settings->plan, &frames, arena, clip);
	if (!settings->pitch || !frames.shape[0])
		return frames;
	PitchSoFar pitch = pitch_new(arena);
	return add_pitch(
	        arena, frames, &pitch, clip->samples, 0, stft->window, stft->hop);
}

/* ---- statistics -------------------------------------------------------------------- */

/* The mean and the deviation of all frames, those of the voiced ones, and how far a number moves
 * from one frame to the next (root of the mean square). */
static const char *const statistics[CAUSAL_STATISTICS] = { "mean", "deviation",
	"voiced.mean", "voiced.deviation", "moves" };
#define VOICED 0.8 /* how periodic a frame is that counts as voiced */

/* Sums over the frames so far, (F) each. */
typedef struct Sums {
	int width;
	bool pitch; /* else all frames count as voiced */
	long long frames, voiced;
	double *first, *second, *voiced_first, *voiced_second, *moves, *before;
} Sums;

enum { SUMS = 6 };

static Sums sums_new(Arena *arena, const FrameSettings *settings)
{
	size_t F = (size_t)frames_width(settings);
	double *all = ARENA_ARRAY(arena, double, SUMS *F);
	return (Sums){ (int)F, settings->pitch, 0, 0, all, all + F, all + 2 * F,
		all + 3 * F, all + 4 * F, all + 5 * F };
}

static void sums_restart(Sums *sums)
{
	memset(sums->first, 0, SUMS * (size_t)sums->width * sizeof(double));
	sums->frames = sums->voiced = 0;
}

static void sums_add(Sums *sums, Tensor frames)
{
	for (int t = 0; t < frames.shape[0]; t++) {
		const real *row = frames.data + (size_t)t * (size_t)sums->width;
		bool voiced = !sums->pitch || (double)row[sums->width - 1] > VOICED;
		for (int f = 0; f < sums->width; f++) {
			double x = (double)row[f];
			double move = sums->frames ? x - sums->before[f] : 0;
			sums->first[f] += x;
			sums->second[f] += x * x;
			sums->voiced_first[f] += voiced ? x : 0;
			sums->voiced_second[f] += voiced ? x * x : 0;
			sums->moves[f] += move * move;
			sums->before[f] = x;
		}
		sums->frames++;
		sums->voiced += voiced;
	}
}

static double deviation(double first, double second, double count)
{
	double mean = first / count;
	return sqrt(fmax(second / count - mean * mean, 0));
}

static Tensor sums_tell(const Sums *sums, Arena *arena)
{
	Tensor told = tensor_new(arena, SHAPE(1, CAUSAL_STATISTICS * sums->width + 1));
	double n = (double)sums->frames, v = (double)sums->voiced; /* 0: NaN */
	for (int f = 0; f < sums->width; f++) {
		real *out = told.data + (size_t)CAUSAL_STATISTICS * (size_t)f;
		out[0] = (real)(sums->first[f] / n);
		out[1] = (real)deviation(sums->first[f], sums->second[f], n);
		out[2] = (real)(sums->voiced_first[f] / v);
		out[3] = v > 0 ? (real)deviation(
		                         sums->voiced_first[f], sums->voiced_second[f], v)
		               : (real)NAN;
		out[4] = (real)sqrt(sums->moves[f] / n);
	}
	told.data[CAUSAL_STATISTICS * sums->width] = (real)(v / n);
	return told;
}

int causal_whole(const FrameSettings *settings)
{
	return CAUSAL_STATISTICS * frames_width(settings) + 1;
}

const char *causal_whole_name(Arena *arena, const FrameSettings *settings, int index)
{
	static const char *const pitches[FRAMES_PITCH] = { "pitch", "pitch.change",
		"periodicity" };
	int f = index / CAUSAL_STATISTICS, mels = settings->mel.bands.count;
	const char *what = statistics[index % CAUSAL_STATISTICS];
	if (f >= frames_width(settings))
		return "voiced.share";
	return f < mels ? arena_format(arena, "mel%d.%s", f + 1, what)
	                : arena_format(arena, "%s.%s", pitches[f - mels], what);
}

Tensor causal_statistics(Arena *arena, Tensor frames, const FrameSettings *settings)
{
	Sums sums = sums_new(arena, settings);
	sums_add(&sums, frames);
	return sums_tell(&sums, arena);
}

/* ---- a level that is known as time goes by ----------------------------------------- */

#define LEAN   6.0  /* seconds of the training split that seem to have come before */
#define MEMORY 30.0 /* seconds that mean and deviation look back, about */

static double frames_of(const FrameSettings *settings, double seconds)
{
	return seconds * FRAMES_RATE / settings->mel.stft.hop;
}

static void moments_begin(Moments *moments, const FrameSettings *settings,
        const real *mean, const real *scale)
{
	moments->frames = frames_of(settings, LEAN);
	for (int f = 0; f < moments->features; f++) {
		double deviation = 1 / (double)scale[f];
		moments->mean[f] = (double)mean[f];
		moments->squares[f] = deviation * deviation * moments->frames;
	}
}

static void run_moments(Moments *moments, const FrameSettings *settings, Tensor frames)
{
	normalise_running(moments, frames, fmax(2, frames_of(settings, MEMORY)));
}

void causal_normalise(Arena *scratch, Tensor frames, const FrameSettings *settings,
        const real *mean, const real *scale)
{
	ArenaMark mark = arena_mark(scratch);
	Moments moments = moments_new(scratch, frames.shape[1]);
	moments_begin(&moments, settings, mean, scale);
	run_moments(&moments, settings, frames);
	arena_rewind(scratch, mark);
}

/* ---- a stream ---------------------------------------------------------------------- */

enum { BLOCK = 4096 }; /* samples that are taken at once */

struct FrameStream {
	const FrameSettings *settings;
	MelStream *mel;
	PitchSoFar pitch;
	real *past; /* (pitch.samples + BLOCK) the last samples, `held` of them */
	int held;
	long long fed, frames; /* since the restart */
	Normalise over;
	Moments moments;
	const real *mean, *scale;
	Sums sums;
};

FrameStream *frame_stream_new(Arena *arena, const FrameSettings *settings, Normalise over,
        const real *mean, const real *scale)
{
	FrameStream *stream = ARENA_NEW(arena, FrameStream);
	*stream = (FrameStream){
		.settings = settings,
		.mel = mel_stream_new(arena, settings->plan),
		.pitch = pitch_new(arena),
		.over = over,
		.moments = moments_new(arena, frames_width(settings)),
		.mean = mean,
		.scale = scale,
		.sums = sums_new(arena, settings),
	};
	stream->past =
	        ARENA_ARRAY(arena, real, (size_t)stream->pitch.samples + (size_t)BLOCK);
	frame_stream_restart(stream);
	return stream;
}

int frame_stream_window(const FrameStream *stream)
{
	return stream->settings->mel.stft.window;
}

int frame_stream_hop(const FrameStream *stream)
{
	return stream->settings->mel.stft.hop;
}

void frame_stream_restart(FrameStream *stream)
{
	Moments *moments = &stream->moments;
	mel_stream_restart(stream->mel);
	pitch_restart(&stream->pitch);
	stream->held = 0;
	stream->fed = 0;
	stream->frames = 0;
	sums_restart(&stream->sums);
	moments_begin(moments, stream->settings, stream->mean, stream->scale);
}

/* Keeps what the pitch of a later frame can need: that frame ends after the last sample. */
static void keep_past(FrameStream *stream, const real *samples, int count)
{
	int most = stream->pitch.samples - 1;
	int drop = stream->held > most ? stream->held - most : 0;
	stream->held -= drop;
	memmove(stream->past, stream->past + drop, (size_t)stream->held * sizeof(real));
	memcpy(stream->past + stream->held, samples, (size_t)count * sizeof(real));
	stream->held += count;
	stream->fed += count;
}

/* The plain frames of at most BLOCK samples. */
static Tensor push_block(
        FrameStream *stream, Arena *arena, const real *samples, int count)
{
	keep_past(stream, samples, count);
	Tensor mel = mel_stream_push(stream->mel, arena, samples, count);
	long long origin = stream->fed - stream->held;
	long long end =
	        frame_stream_window(stream) + stream->frames * frame_stream_hop(stream);
	stream->frames += mel.shape[0];
	if (!stream->settings->pitch)
		return mel;
	return add_pitch(arena, mel, &stream->pitch, stream->past, origin, end,
	        frame_stream_hop(stream));
}

static void normalise(FrameStream *stream, Arena *arena, Tensor frames)
{
	if (stream->over == NORMALISE_RUNNING)
		run_moments(&stream->moments, stream->settings, frames);
	else
		frames_normalise(
		        arena, frames, stream->over, stream->mean, stream->scale, 0);
}

Tensor frame_stream_push(
        FrameStream *stream, Arena *arena, const real *samples, int count, Tensor *plain)
{
	size_t width = (size_t)frames_width(stream->settings);
	int most = count / frame_stream_hop(stream) + 2, made = 0;
	Tensor frames = tensor_new(arena, SHAPE(most, (int)width));
	while (count > 0) {
		int taken = count < BLOCK ? count : BLOCK;
		ArenaMark mark = arena_mark(arena);
		Tensor some = push_block(stream, arena, samples, taken);
		memcpy(frames.data + (size_t)made * width, some.data,
		        tensor_count(some) * sizeof(real));
		made += some.shape[0];
		arena_rewind(arena, mark);
		samples += taken;
		count -= taken;
	}
	frames = tensor_slice(frames, 0, made);
	sums_add(&stream->sums, frames);
	if (plain)
		*plain = tensor_clone(arena, frames);
	normalise(stream, arena, frames);
	return frames;
}

Tensor frame_stream_statistics(const FrameStream *stream, Arena *arena)
{
	return sums_tell(&stream->sums, arena);
}
