/* X_t,k = sum_n w_n x_(t hop + n) e^(-2 pi i k n / fft) (Allen & Rabiner 1977).
 *
 * Sixteen frames are laid side by side, sample n of all of them in one row, as fft.h
 * wants them. Frames overlap: with n = m + j hop, sample n of frame t is sample m of the
 * j-th hop after it. So the clip is cut into hops, and those laid side by side, once:
 * (hop, 16 + j). Row n of the frames is sixteen neighbours in row m, from the j-th on,
 * times the window. */
#include "audio/spectrum/stft.h"
#include "audio/spectrum/fft_real.h"
#include "audio/spectrum/transpose.h"
#include "tensor/vector.h"

#include <stdint.h>
#include <string.h>

struct Stft {
	StftSettings settings;
	const FftReal *fft;
	const real *window;
	/* (window): what a sample is multiplied with as it is laid in its row: the
	 * window, or the gain where more comes before the window */
	const real *first;
	int offset; /* of the window within the frame of fft samples */
	/* samples from a frame to the next where they are cut: hop, or window if hop is
	 * longer */
	int step;
	/* of the rows of hops: 16 and as many as a frame is longer than one hop */
	size_t stride;
};

struct StftWork {
	real *clip;     /* (15 hop + window): frames over the clip's edge */
	real *apart;    /* (16, window): frames with gaps between them, without */
	real *hops;     /* (step, stride) */
	real *rows;     /* (fft, 16) */
	real *spectrum; /* (bins, 2, 16) */
	real *scratch;  /* of the transpose, then of the transform */
};

static bool wants_preparing(const StftSettings *s)
{
	return s->remove_mean || s->preemphasis > 0 || s->gain < 1 || s->gain > 1;
}

const Stft *stft_new_at(Site site, Arena *arena, const StftSettings *settings)
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
	stft->fft = fft_real_new_at(site, arena, settings->fft);
	size_t length = (size_t)settings->window;
	real *window = ARENA_ARRAY(arena, real, length);
	window_fill(window, settings->window, settings->shape);
	stft->window = stft->first = window;
	if (wants_preparing(settings)) {
		real *gain = ARENA_ARRAY(arena, real, length);
		for (size_t n = 0; n < length; n++)
			gain[n] = (real)settings->gain;
		stft->first = gain;
	}
	if (settings->padding != STFT_WHOLE)
		stft->offset = (settings->fft - settings->window) / 2;
	bool apart = settings->hop > settings->window;
	stft->step = apart ? settings->window : settings->hop;
	int more = (settings->window - 1) /
	           stft->step; /* hops that the last frame begins before */
	stft->stride = (STFT_TOGETHER + (size_t)more + SIXTEEN - 1) / SIXTEEN * SIXTEEN;
	return stft;
}

int stft_bins(const Stft *stft)
{
	return fft_real_length(stft->fft) / 2 + 1;
}

int stft_frames(const Stft *stft, int samples)
{
	const StftSettings *s = &stft->settings;
	if (s->padding != STFT_WHOLE)
		return 1 + samples / s->hop;
	return samples < s->window ? 0 : 1 + (samples - s->window) / s->hop;
}

/* Samples from the beginning of the first of sixteen frames to the end of the last. */
static size_t span(const StftSettings *s)
{
	return (STFT_TOGETHER - 1) * (size_t)s->hop + (size_t)s->window;
}

StftWork *stft_work(Arena *arena, const Stft *stft)
{
	const StftSettings *s = &stft->settings;
	size_t step = (size_t)stft->step, rows = STFT_TOGETHER * (size_t)s->fft;
	size_t scratch = fft_real_scratch(stft->fft), turning = 2 * STFT_TOGETHER * step;
	StftWork *work = ARENA_NEW(arena, StftWork);
	work->clip = arena_alloc(arena, span(s) * sizeof(real));
	if (s->hop > s->window)
		work->apart = arena_alloc(arena, STFT_TOGETHER * step * sizeof(real));
	work->hops = arena_alloc(arena, step * stft->stride * sizeof(real));
	work->rows = s->fft > s->window ? ARENA_ARRAY(arena, real, rows)
	                                : arena_alloc(arena, rows * sizeof(real));
	work->spectrum = arena_alloc(
	        arena, 2 * STFT_TOGETHER * (size_t)stft_bins(stft) * sizeof(real));
	work->scratch = arena_alloc(
	        arena, (scratch > turning ? scratch : turning) * sizeof(real));
	return work;
}

/* The sample of a mirrored clip: ... 2 1 [0 1 2 3] 2 1 0 1 ... */
static real mirrored(const Clip *clip, int64_t at)
{
	int64_t last = clip->count - 1;
	if (last == 0)
		return clip->samples[0];
	if (at < -last || at > 2 * last) /* so far out that it is mirrored again */
		at %= 2 * last;
	if (at < 0)
		at = -at;
	return clip->samples[at <= last ? at : 2 * last - at];
}

/* What frames would find at begin .. begin + length of the clip, made up where that is
 * outside. */
static void copy_span(
        const Stft *stft, real *to, const Clip *clip, int64_t begin, int64_t length)
{
	for (int64_t n = 0; n < length; n++) {
		int64_t at = begin + n;
		if (at >= 0 && at < clip->count) {
			int64_t inside = clip->count - at;
			int64_t run = inside < length - n ? inside : length - n;
			memcpy(to + n, clip->samples + at, (size_t)run * sizeof(real));
			n += run - 1;
		} else if (stft->settings.padding == STFT_REFLECT)
			to[n] = mirrored(clip, at);
		else
			to[n] = 0;
	}
}

/* (step, stride): hop c stands in column c. */
static void lay_hops(const Stft *stft, StftWork *work, const real *from)
{
	size_t step = (size_t)stft->step, window = (size_t)stft->settings.window;
	transpose_to_lanes(work->hops, stft->stride, from, work->scratch, stft->step);
	for (size_t c = STFT_TOGETHER, at = step; at < window; c++, at += step) {
		const real *hop = from + c * step;
		size_t left = window - at;
		for (size_t n = 0; n < step && n < left; n++)
			work->hops[n * stft->stride + c] = hop[n];
	}
}

/* (window, 16): sample n of sixteen frames, times `first`. */
static void lay_frames(const Stft *stft, real *restrict rows, const real *restrict hops)
{
	int window = stft->settings.window, step = stft->step;
	const real *factor = stft->first;
	for (int begin = 0; begin < window; begin += step, hops++) {
		int length = window - begin < step ? window - begin : step;
		for (int n = 0; n < length; n++, rows += SIXTEEN) {
			Vector w = vector_all(factor[begin + n]);
			const real *hop = hops + (size_t)n * stft->stride;
			for (int l = 0; l < SIXTEEN; l += VECTOR_LANES)
				vector_store(rows + l, w * vector_load(hop + l));
		}
	}
}

/* Mean, pre-emphasis and window, in this order, each frame in its lane. */
static void window_rows(const Stft *stft, real *rows)
{
	const StftSettings *s = &stft->settings;
	double sum[SIXTEEN] = { 0 };
	for (int n = 0; n < s->window; n++)
		for (int l = 0; l < SIXTEEN; l++)
			sum[l] += (double)rows[n * SIXTEEN + l];
	real mean[SIXTEEN] = { 0 }, before[SIXTEEN], factor = (real)s->preemphasis;
	for (int l = 0; l < SIXTEEN; l++) {
		if (s->remove_mean)
			mean[l] = (real)(sum[l] / s->window);
		before[l] = rows[l] - mean[l];
	}
	for (int n = 0; n < s->window; n++, rows += SIXTEEN)
		for (int l = 0; l < SIXTEEN; l++) {
			real x = rows[l] - mean[l];
			rows[l] = stft->window[n] * (x - factor * before[l]);
			before[l] = x;
		}
}

const real *stft_transform(const Stft *stft, StftWork *work, const real *from)
{
	const StftSettings *s = &stft->settings;
	size_t window = (size_t)s->window;
	if (s->hop > s->window) {
		for (size_t l = 0; l < STFT_TOGETHER; l++)
			memcpy(work->apart + l * window, from + l * (size_t)s->hop,
			        window * sizeof(real));
		from = work->apart;
	}
	real *rows = work->rows + (size_t)stft->offset * SIXTEEN;
	lay_hops(stft, work, from);
	lay_frames(stft, rows, work->hops);
	if (wants_preparing(s))
		window_rows(stft, rows);
	fft_real_forward(stft->fft, work->spectrum, work->rows, work->scratch);
	return work->spectrum;
}

/* Where the frames that are there lie inside the clip, they are used where they are. */
const real *stft_sixteen_at(
        Site site, const Stft *stft, StftWork *work, const Clip *clip, int first)
{
	if (clip->count < 1)
		error_stop(site, "stft_sixteen", "the clip has no sample");
	const StftSettings *s = &stft->settings;
	int64_t begin = (int64_t)first * s->hop, length = (int64_t)span(s);
	if (s->padding != STFT_WHOLE)
		begin += stft->offset - s->fft / 2;
	if (begin >= 0 && begin + length <= clip->count)
		return stft_transform(stft, work, clip->samples + begin);
	int64_t there = stft_frames(stft, clip->count) - (int64_t)first;
	int64_t used = there < 1 ? 0 : (there - 1) * s->hop + s->window;
	used = used < length ? used : length;
	copy_span(stft, work->clip, clip, begin, used);
	memset(work->clip + used, 0, (size_t)(length - used) * sizeof(real));
	return stft_transform(stft, work, work->clip);
}
