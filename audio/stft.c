/* X_t,k = sum_n w_n x_(t hop + n) e^(-2 pi i k n / fft) (Allen & Rabiner 1977).
 *
 * Sixteen frames are windowed and laid side by side, sample n of all of them in one row, as fft.h
 * wants them. A frame inside the clip is used where it lies; only frames over the edge, or
 * those that are worked on before the window, are copied first. */
#include "audio/stft.h"
#include "audio/fft_real.h"
#include "audio/transpose.h"
#include "audio/vector.h"

#include <stdint.h>
#include <string.h>

enum { TILE = 80 }; /* samples of each frame that are transposed at once */

struct Stft {
	StftSettings settings;
	const FftReal *fft;
	real *window;
	int offset; /* of the window within the frame of fft samples */
};

struct StftWork {
	real *frames;   /* (16, window): those that had to be copied */
	real *rows;     /* (fft, 16) */
	real *spectrum; /* (bins, 2, 16) */
	real *scratch;
};

const Stft *(stft_new)(Site site, Arena *arena, const StftSettings *settings)
{
	if (settings->window < 1 || settings->hop < 1)
		error_stop(site, "stft_new",
		        "window %d, hop %d: both must be at least 1 sample",
		        settings->window, settings->hop);
	if (settings->fft < settings->window)
		error_stop(site, "stft_new",
		        "fft %d is shorter than the window of %d samples", settings->fft,
		        settings->window);
	Stft *stft = ARENA_NEW(arena, Stft);
	stft->settings = *settings;
	stft->fft = (fft_real_new)(site, arena, settings->fft);
	stft->window = ARENA_ARRAY(arena, real, (size_t)settings->window);
	window_fill(stft->window, settings->window, settings->shape);
	if (settings->padding != STFT_WHOLE)
		stft->offset = (settings->fft - settings->window) / 2;
	return stft;
}

int stft_bins(const Stft *stft)
{
	return fft_real_bins(stft->fft);
}

int stft_frames(const Stft *stft, int samples)
{
	const StftSettings *s = &stft->settings;
	if (s->padding != STFT_WHOLE)
		return 1 + samples / s->hop;
	return samples < s->window ? 0 : 1 + (samples - s->window) / s->hop;
}

StftWork *stft_work(Arena *arena, const Stft *stft)
{
	size_t window = (size_t)stft->settings.window, fft = (size_t)stft->settings.fft;
	StftWork *work = ARENA_NEW(arena, StftWork);
	work->frames = ARENA_ARRAY(arena, real, STFT_TOGETHER * window);
	work->rows = ARENA_ARRAY(arena, real, STFT_TOGETHER * fft);
	work->spectrum =
	        ARENA_ARRAY(arena, real, 2 * STFT_TOGETHER * (size_t)stft_bins(stft));
	work->scratch = ARENA_ARRAY(arena, real, fft_real_scratch(stft->fft));
	return work;
}

/* The sample of a mirrored clip: ... 2 1 [0 1 2 3] 2 1 0 1 ... */
static real mirrored(const Clip *clip, int64_t at)
{
	int64_t last = clip->count - 1;
	if (last == 0)
		return clip->samples[0];
	at %= 2 * last;
	if (at < 0)
		at += 2 * last;
	return clip->samples[at <= last ? at : 2 * last - at];
}

static void copy_frame(
        const Stft *stft, real *frame, const Clip *clip, int64_t begin, int64_t length)
{
	for (int64_t n = 0; n < length; n++) {
		int64_t at = begin + n;
		if (at >= 0 && at < clip->count)
			frame[n] = clip->samples[at];
		else if (stft->settings.padding == STFT_REFLECT)
			frame[n] = mirrored(clip, at);
		else
			frame[n] = 0;
	}
}

/* Where frame t of the clip lies, or a copy of it in `room`. */
static const real *find_frame(const Stft *stft, real *room, const Clip *clip, int64_t t)
{
	const StftSettings *s = &stft->settings;
	if (t >= stft_frames(stft, clip->count)) {
		memset(room, 0, (size_t)s->window * sizeof(real));
		return room;
	}
	int64_t begin = t * s->hop;
	if (s->padding != STFT_WHOLE)
		begin += stft->offset - s->fft / 2;
	if (begin >= 0 && begin + s->window <= clip->count)
		return clip->samples + begin;
	copy_frame(stft, room, clip, begin, s->window);
	return room;
}

/* Gain, mean and pre-emphasis, in this order. `from` and `frame` may be the same. */
static void prepare(const StftSettings *s, real *frame, const real *from)
{
	double sum = 0;
	for (int n = 0; n < s->window; n++) {
		frame[n] = from[n] * (real)s->gain;
		sum += (double)frame[n];
	}
	real mean = s->remove_mean ? (real)(sum / s->window) : 0;
	real factor = (real)s->preemphasis, before = frame[0] - mean;
	for (int n = 0; n < s->window; n++) {
		real x = frame[n] - mean;
		frame[n] = x - factor * before;
		before = x;
	}
}

static bool wants_preparing(const StftSettings *s)
{
	return s->remove_mean || s->preemphasis > 0 || s->gain < 1 || s->gain > 1;
}

/* Windows the frames and lays them side by side, (window, 16): a tile at a time, which stays in the
 * nearest cache through all shuffles. */
static void window_sixteen(
        const Stft *stft, real *rows, const real *const from[STFT_TOGETHER])
{
	real tile[STFT_TOGETHER * TILE], scratch[STFT_TOGETHER * TILE];
	for (int begin = 0; begin < stft->settings.window; begin += TILE) {
		int left = stft->settings.window - begin;
		int length = left < TILE ? left : TILE;
		const real *window = stft->window + begin;
		for (int l = 0; l < STFT_TOGETHER; l++) {
			const real *x = from[l] + begin;
			real *out = tile + l * length;
			for (int n = 0; n < length; n++)
				out[n] = window[n] * x[n];
		}
		transpose_to_lanes(
		        rows + (size_t)begin * STFT_TOGETHER, tile, scratch, length);
	}
}

const real *stft_transform(
        const Stft *stft, StftWork *work, const real *const frames[STFT_TOGETHER])
{
	const StftSettings *s = &stft->settings;
	const real *from[STFT_TOGETHER];
	for (int l = 0; l < STFT_TOGETHER; l++) {
		from[l] = frames[l];
		if (wants_preparing(s)) {
			real *room = work->frames + (size_t)l * (size_t)s->window;
			prepare(s, room, from[l]);
			from[l] = room;
		}
	}
	window_sixteen(stft, work->rows + (size_t)stft->offset * STFT_TOGETHER, from);
	fft_real_forward(stft->fft, work->spectrum, work->rows, work->scratch);
	return work->spectrum;
}

const real *(stft_sixteen)(Site site, const Stft *stft, StftWork *work, const Clip *clip,
        int first)
{
	if (clip->count < 1)
		error_stop(site, "stft_sixteen", "the clip has no sample");
	const real *frames[STFT_TOGETHER];
	for (int l = 0; l < STFT_TOGETHER; l++) {
		real *room = work->frames + (size_t)l * (size_t)stft->settings.window;
		frames[l] = find_frame(stft, room, clip, (int64_t)first + l);
	}
	return stft_transform(stft, work, frames);
}

void stft_power(real *restrict power, const real *restrict spectrum, int bins)
{
	for (int k = 0; k < bins; k++) {
		for (int l = 0; l < STFT_TOGETHER; l += VECTOR_LANES) {
			Vector re = vector_load(spectrum + l);
			Vector im = vector_load(spectrum + STFT_TOGETHER + l);
			vector_store(power + l, vector_fma(re, re, im * im));
		}
		spectrum += 2 * STFT_TOGETHER;
		power += STFT_TOGETHER;
	}
}

Tensor(spectrogram)(
        Site site, Arena *arena, const Clip *clip, const StftSettings *settings)
{
	const Stft *plan = (stft_new)(site, arena, settings);
	int frames = stft_frames(plan, clip->count), bins = stft_bins(plan);
	Tensor out = (tensor_new)(site, arena, SHAPE(frames, bins));
	ArenaMark mark = arena_mark(arena);
	StftWork *work = stft_work(arena, plan);
	real *power = ARENA_ARRAY(arena, real, STFT_TOGETHER * (size_t)bins);
	for (int first = 0; first < frames; first += STFT_TOGETHER) {
		stft_power(power, (stft_sixteen)(site, plan, work, clip, first), bins);
		for (int l = 0; l < STFT_TOGETHER && first + l < frames; l++)
			for (int k = 0; k < bins; k++)
				out.data[(size_t)(first + l) * (size_t)bins + (size_t)k] =
				        power[k * STFT_TOGETHER + l];
	}
	arena_rewind(arena, mark);
	return out;
}
