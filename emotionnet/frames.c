#include "emotionnet/frames.h"

#include "audio/resample.h"
#include "emotionnet/cache.h"
#include "emotionnet/sound.h"

#include <math.h>
#include <string.h>

static const char *const normalise_names[] = {
	[NORMALISE_CORPUS] = "corpus",
	[NORMALISE_UTTERANCE] = "utterance",
};

const char *normalise_name(Normalise normalise)
{
	return normalise_names[normalise];
}

bool normalise_from_name(const char *name, Normalise *normalise)
{
	for (int n = NORMALISE_CORPUS; n <= NORMALISE_UTTERANCE; n++) {
		if (strcmp(name, normalise_names[n]))
			continue;
		*normalise = (Normalise)n;
		return true;
	}
	return false;
}

Tensor frames_of_clip(Arena *arena, Clip clip, const FrameSettings *settings, bool *cut)
{
	double most = settings->max_seconds * clip.rate;
	*cut = (double)clip.count > most;
	if (*cut)
		clip.count = (int)most;
	clip = resample(arena, clip, FRAMES_RATE);
	Tensor frames;
	mel_run(settings->plan, &frames, arena, &clip);
	return frames;
}

bool frames_of_utterance(Tensor *frames, Arena *arena, Arena *scratch,
        const Corpus *corpus, int index, const FrameSettings *settings, const char *cache,
        bool *cut, Error *error)
{
	const Utterance *utterance = &corpus->utterances[index];
	const char *entry = NULL;
	*cut = false;
	if (cache && utterance->wav[0]) {
		entry = cache_entry(scratch, cache, utterance, settings);
		if (entry && cache_read(frames, arena, entry, settings->mel.bands.count))
			return true;
	}
	Clip clip;
	if (!sound_read(&clip, scratch, corpus, index, error))
		return false;
	Tensor made = frames_of_clip(scratch, clip, settings, cut);
	if (made.shape[0] == 0)
		return error_set(error, "%s: %d samples are too short for one frame",
		        utterance->wav, clip.count);
	*frames = tensor_clone(arena, made);
	if (entry &&
	        !*cut) /* a cut clip is made anew each time, so that it is counted each time */
		cache_write(made, entry);
	return true;
}

/* A band that moves less than this, such as one above the recording's own limit, is left as it is. */
static const double FLAT = 1e-5;

/* Adds x, or (x - mean)^2 where a mean is given, of every frame to sum, band by band. Returns the number of
 * frames. */
static double add_powers(double *sum, const Tensor *frames, int count, const double *mean)
{
	double n = 0;
	for (int i = 0; i < count; i++) {
		int T = frames[i].shape[0], M = frames[i].shape[1];
		n += T;
		for (int t = 0; t < T; t++) {
			const real *row = frames[i].data + (size_t)t * (size_t)M;
			for (int m = 0; m < M; m++) {
				double x = (double)row[m];
				sum[m] += mean ? (x - mean[m]) * (x - mean[m]) : x;
			}
		}
	}
	return n;
}

void frames_statistics(Arena *scratch, const Tensor *frames, int count, int mels,
        real *mean, real *scale)
{
	ArenaMark mark = arena_mark(scratch);
	double *sum = ARENA_ARRAY(scratch, double, (size_t)mels);
	double *square = ARENA_ARRAY(scratch, double, (size_t)mels);
	double n = add_powers(sum, frames, count, NULL);
	for (int m = 0; m < mels && n > 0; m++)
		sum[m] /= n;
	add_powers(square, frames, count, sum);
	for (int m = 0; m < mels; m++) {
		double deviation = n > 0 ? sqrt(square[m] / n) : 0;
		mean[m] = (real)sum[m];
		scale[m] = (real)(deviation > FLAT ? 1 / deviation : 1);
	}
	arena_rewind(scratch, mark);
}

void frames_normalise(Arena *scratch, Tensor frames, Normalise over, const real *mean,
        const real *scale)
{
	int T = frames.shape[0], M = frames.shape[1];
	ArenaMark mark = arena_mark(scratch);
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
