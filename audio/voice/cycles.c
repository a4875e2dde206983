/* In each voiced stretch the first cycle begins at the highest peak of its first period
 * T. The next begins where the waveform around it, one period long, is most like the
 * waveform around the last one:
 *
 *     r(tau) = sum x_n x_(n+tau) / sqrt(sum x_n^2 sum x_(n+tau)^2),    0.8 T <= tau <= 1.2 T
 *
 * with a parabola through the best tau and its neighbours. That is the waveform matching
 * that Praat uses for jitter: two cycles of the same shape are exactly r = 1 apart,
 * wherever their samples fall. A_i is the root mean square of cycle i.
 *
 * Harmonics to noise (Boersma 1993): a share r of the power comes back one period later,
 * 1 - r does not: HNR = 10 log10(r / (1 - r)), cut at 40 dB. */
#include "audio/voice/cycles.h"
#include "tensor/elementary.h"

#include <math.h>
#include <stdbool.h>

static const double least_similar = 0.5; /* r of two cycles in a row */
static const double highest_hnr = 40;    /* dB */

typedef struct Sums {
	double jitter, shimmer, hnr, period;
	int periods, changes;
} Sums;

static double similarity(const real *a, const real *b, int count)
{
	double product = 0, a2 = 0, b2 = 0;
	for (int n = 0; n < count; n++) {
		product += (double)a[n] * (double)b[n];
		a2 += (double)a[n] * (double)a[n];
		b2 += (double)b[n] * (double)b[n];
	}
	return a2 > 0 && b2 > 0 ? product / __builtin_sqrt(a2 * b2) : 0;
}

/* The period that begins at `at`, and how similar the next cycle is; 0 if it leaves
 * the clip. */
static double next_period(const Clip *clip, int at, double expected, double *best)
{
	int low = (int)(0.8 * expected), high = (int)(1.2 * expected) + 1;
	int half = (int)(expected / 2), found = 0;
	double r[3] = { 0 }, before = 0;
	*best = 0;
	if (at - half < 0 || at + high + 1 + half >= clip->count)
		return 0;
	const real *x = clip->samples + at - half;
	for (int tau = low; tau <= high; tau++) {
		double now = similarity(x, x + tau, 2 * half);
		if (now > *best) {
			*best = now;
			found = tau;
			r[0] = before;
			r[1] = now;
			r[2] = similarity(x, x + tau + 1, 2 * half);
		}
		before = now;
	}
	if (found == low || found == 0)
		return found;
	double curve = r[0] - 2 * r[1] + r[2], shift = 0;
	if (curve < 0)
		shift = (r[0] - r[2]) / (2 * curve);
	/* The top of the parabola, also of r, which sampling between the points would
	 * reach. */
	*best = r[1] - (r[0] - r[2]) * shift / 4;
	return found + shift;
}

static int highest_peak(const Clip *clip, int begin, int count)
{
	int peak = begin;
	for (int n = begin; n < begin + count && n < clip->count; n++)
		if (clip->samples[n] > clip->samples[peak])
			peak = n;
	return peak;
}

static double loudness(const Clip *clip, double at, double period)
{
	double sum = 0;
	int begin = (int)(at - period / 2), count = (int)(period + 0.5);
	for (int n = begin; n < begin + count; n++)
		sum += (double)clip->samples[n] * (double)clip->samples[n];
	return __builtin_sqrt(sum / count);
}

static double decibel_ratio(double a, double b)
{
	return 20 / LN_10 * double_log(a / b);
}

/* The cycles of the voiced frames begin..end-1. */
static void add_stretch(
        Sums *sums, const Clip *clip, const PitchTrack *track, int begin, int end)
{
	double period = clip->rate / track->hertz[begin];
	double last = (double)(end - 1) * track->hop * clip->rate + 2 * period;
	double at = highest_peak(
	        clip, (int)(begin * track->hop * clip->rate) + (int)period, (int)period);
	double last_period = 0, last_loudness = 0;
	while (at < last) {
		int frame = (int)(at / (track->hop * clip->rate));
		frame = frame < end ? frame : end - 1;
		double r, expected = clip->rate /
		                     track->hertz[frame < begin ? begin : frame];
		double found = next_period(clip, (int)(at + 0.5), expected, &r);
		if (found <= 0)
			return;
		double here = loudness(clip, at, found);
		bool similar = r > least_similar;
		if (similar) {
			double hnr = r < 1 ? decibel_ratio(r, 1 - r) / 2 : highest_hnr;
			sums->hnr += hnr < highest_hnr ? hnr : highest_hnr;
			sums->period += found;
			sums->periods++;
		}
		if (similar && last_period > 0) {
			sums->jitter += fabs(found - last_period);
			sums->shimmer += fabs(decibel_ratio(here, last_loudness));
			sums->changes++;
		}
		last_period = similar ? found : 0;
		last_loudness = here;
		at += found;
	}
}

VoiceQuality voice_quality(const Clip *clip, const PitchTrack *track)
{
	Sums sums = { .periods = 0 };
	for (int t = 0; t < track->count; t++) {
		int begin = t;
		while (t < track->count && track->hertz[t] > 0)
			t++;
		if (t > begin)
			add_stretch(&sums, clip, track, begin, t);
	}
	VoiceQuality quality = { .cycles = sums.periods };
	if (sums.periods)
		quality.hnr = sums.hnr / sums.periods;
	if (sums.changes) {
		quality.jitter =
		        sums.jitter / sums.changes / (sums.period / sums.periods);
		quality.shimmer = sums.shimmer / sums.changes;
	}
	return quality;
}
