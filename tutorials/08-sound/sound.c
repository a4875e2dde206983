#include "tutorials/08-sound/sound.h"

#include <math.h>

static const float PI = 3.14159265f;

/* [tone] */
void tone(float x[], int n, float hertz, float rate)
{
	for (int t = 0; t < n; t++)
		x[t] = cosf(2 * PI * hertz * (float)t / rate);
}
/* [/tone] */

/* The frequency is how fast the angle grows: its sum over time is the angle. */
void rising_tone(float x[], int n, float top, float rate)
{
	for (int t = 0; t < n; t++) {
		const double seconds = (double)t / (double)rate;
		const double turns = (double)top * seconds * t / n / 2;
		x[t] = (float)(0.5 * cos(2 * (double)PI * (turns - floor(turns))));
	}
}

/* [dft] */
void dft(float re[], float im[], const float x[], int n)
{
	for (int k = 0; k < n; k++) {
		re[k] = im[k] = 0;
		for (int t = 0; t < n; t++) {
			const float turn = -2 * PI * (float)(k * t % n) / (float)n;
			re[k] += x[t] * cosf(turn);
			im[k] += x[t] * sinf(turn);
		}
	}
}
/* [/dft] */

void spectrum_in_decibels(float power[], const float x[], int n)
{
	float re[512], im[512], most = 0;
	dft(re, im, x, n);
	for (int k = 0; k <= n / 2; k++) {
		power[k] = re[k] * re[k] + im[k] * im[k];
		most = fmaxf(most, power[k]);
	}
	for (int k = 0; k <= n / 2; k++)
		power[k] = fmaxf(10 * log10f(power[k] / most), -100);
}

/* [cosines] */
void cosine_transform(float c[], int count, const float x[], int n)
{
	for (int i = 0; i < count; i++) {
		c[i] = 0;
		for (int m = 0; m < n; m++)
			c[i] += x[m] * cosf(PI * (float)i * ((float)m + 0.5f) / (float)n);
		c[i] *= sqrtf((i ? 2.0f : 1.0f) / (float)n);
	}
}
/* [/cosines] */

void cosine_back(float x[], int n, const float c[], int count)
{
	for (int m = 0; m < n; m++) {
		x[m] = 0;
		for (int i = 0; i < count; i++)
			x[m] += c[i] * sqrtf((i ? 2.0f : 1.0f) / (float)n) *
			        cosf(PI * (float)i * ((float)m + 0.5f) / (float)n);
	}
}

/* [autocorrelation] */
void autocorrelation(float r[], int lags, const float x[], int n)
{
	for (int lag = 0; lag < lags; lag++) {
		float product = 0, early = 0, late = 0;
		for (int t = 0; t < n; t++) {
			product += x[t] * x[t + lag];
			early += x[t] * x[t];
			late += x[t + lag] * x[t + lag];
		}
		r[lag] = product / sqrtf(early * late);
	}
}
/* [/autocorrelation] */

int largest_lag(const float r[], int shortest, int longest)
{
	int best = shortest;
	for (int lag = shortest; lag <= longest; lag++)
		best = r[lag] > r[best] ? lag : best;
	return best;
}
