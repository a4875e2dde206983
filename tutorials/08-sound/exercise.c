/* Exercise 8: from samples to a mel frame. 10 points.
 *
 * 1. fft: the discrete Fourier transform of n samples, in n log n steps.
 *
 *        X_k = sum over t of   x_t e^(-2 pi i k t / n),   k = 0 ... n-1
 *
 *    A sample is a complex number: x_re and x_im hold its two parts, re and im those of
 *    the result. Sample t lies at x_re[t * stride] and x_im[t * stride].
 *
 *    n is a power of two. With E the transform of the samples 0, 2, 4, ..., O that of
 *    1, 3, 5, ..., both of n/2 samples, and for k below n/2
 *
 *        w = e^(-2 pi i k / n) = cos(angle) + i sin(angle),   angle = -2 pi k / n
 *        X_k         = E_k + w O_k
 *        X_(k + n/2) = E_k - w O_k
 *
 *    The transform of one sample is the sample. The arrays do not overlap.
 *
 * 2. mel_bank: triangles over the bins 0 ... n/2 of such a transform; w(m,k) lies at
 *    w[m * (n / 2 + 1) + k].
 *
 *        frequency of bin k:   f = k rate / n
 *        mel(f) = 2595 log10(1 + f / 700)
 *
 *    bands + 2 points are equally spaced in mel; the first is mel(low), the last
 *    mel(high). In hertz they are p_0, p_1, ... Band m is the triangle that begins at p_m,
 *    is 1 at p_(m+1) and ends at p_(m+2). Its sides are straight over hertz:
 *
 *        w(m,k) = min((f - p_m) / (p_(m+1) - p_m), (p_(m+2) - f) / (p_(m+2) - p_(m+1)))
 *
 *    or 0 where that is below 0.
 *
 * 3. log_mel: one frame. The power of bin k is re_k^2 + im_k^2.
 *
 *        out(m) = ln(least + sum over k of   w(m,k) power(k)) */
#include "tutorials/08-sound/exercise.h"

#include <math.h>

void fft(float *re, float *im, const float *x_re, const float *x_im, int n, int stride)
{
	(void)re, (void)im, (void)x_re, (void)x_im; /* goes when you use them */
	(void)n, (void)stride;
	/* BEGIN SOLUTION */
	const int half = n / 2;
	if (n == 1) {
		re[0] = x_re[0];
		im[0] = x_im[0];
		return;
	}
	fft(re, im, x_re, x_im, half, 2 * stride);
	fft(re + half, im + half, x_re + stride, x_im + stride, half, 2 * stride);
	for (int k = 0; k < half; k++) {
		const float angle = -FULL_TURN * (float)k / (float)n;
		const float c = cosf(angle), s = sinf(angle);
		const float even_re = re[k], even_im = im[k];
		const float odd_re = c * re[k + half] - s * im[k + half];
		const float odd_im = c * im[k + half] + s * re[k + half];
		re[k] = even_re + odd_re;
		im[k] = even_im + odd_im;
		re[k + half] = even_re - odd_re;
		im[k + half] = even_im - odd_im;
	}
	/* END SOLUTION */
}

/* The mel scale, and back: two small functions of your own are useful here. */
/* BEGIN SOLUTION */
static float mel_of(float hertz)
{
	return 2595 * log10f(1 + hertz / 700);
}

static float hertz_of(float mel)
{
	return 700 * (powf(10, mel / 2595) - 1);
}
/* END SOLUTION */

void mel_bank(float *w, int bands, int n, float rate, float low, float high)
{
	(void)w, (void)bands, (void)n, (void)rate, (void)low, (void)high; /* likewise */
	/* BEGIN SOLUTION */
	const float first = mel_of(low);
	const float step = (mel_of(high) - first) / (float)(bands + 1);
	for (int m = 0; m < bands; m++) {
		const float begin = hertz_of(first + step * (float)m);
		const float top = hertz_of(first + step * (float)(m + 1));
		const float end = hertz_of(first + step * (float)(m + 2));
		for (int k = 0; k <= n / 2; k++) {
			const float f = (float)k * rate / (float)n;
			const float up = (f - begin) / (top - begin);
			const float down = (end - f) / (end - top);
			const float height = up < down ? up : down;
			w[m * (n / 2 + 1) + k] = height > 0 ? height : 0;
		}
	}
	/* END SOLUTION */
}

void log_mel(float *out, const float *re, const float *im, const float *w, int bands,
        int bins, float least)
{
	(void)out, (void)re, (void)im, (void)w; /* likewise */
	(void)bands, (void)bins, (void)least;
	/* BEGIN SOLUTION */
	for (int m = 0; m < bands; m++) {
		float sum = least;
		for (int k = 0; k < bins; k++)
			sum += w[m * bins + k] * (re[k] * re[k] + im[k] * im[k]);
		out[m] = logf(sum);
	}
	/* END SOLUTION */
}
