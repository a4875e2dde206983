/* Mel scales. Slaney: m = 3 f / 200 below 1000 Hz, 15 + 27 ln(f / 1000) / ln 6.4 above.
 * HTK: m = 2595 log10(1 + f / 700); Kaldi's 1127 ln(1 + f / 700) is the same up to a
 * factor, which drops out.
 *
 * With count + 2 points equally spaced in mel from low to high, f_0 .. f_(count+1), the
 * weight of frequency f in band m is
 *
 *     max(0, min((f - f_m) / (f_(m+1) - f_m), (f_(m+2) - f) / (f_(m+2) - f_(m+1))))
 *
 * with f in hertz, or f and all f_m in mel. */
#include "audio/mel/bands.h"
#include "tensor/elementary.h"

#include <math.h>

#define SLANEY_CORNER 1000.0 /* hertz */
#define SLANEY_STEP   (200.0 / 3)
#define SLANEY_LOG    (27 / 1.856297990365626) /* over ln 6.4 */

static double slaney_mel(double hertz)
{
	if (hertz < SLANEY_CORNER)
		return hertz / SLANEY_STEP;
	return 15 + SLANEY_LOG * double_log(hertz / SLANEY_CORNER);
}

static double slaney_hertz(double mel)
{
	if (mel < 15)
		return mel * SLANEY_STEP;
	return SLANEY_CORNER * double_exp((mel - 15) / SLANEY_LOG);
}

static double htk_mel(double hertz)
{
	return 2595 / LN_10 * double_log(1 + hertz / 700);
}

static double htk_hertz(double mel)
{
	return 700 * (double_exp(mel * LN_10 / 2595) - 1);
}

static const struct {
	const char *name;
	double (*mel)(double hertz), (*hertz)(double mel);
} scales[] = {
	[MEL_SLANEY] = { "slaney", slaney_mel, slaney_hertz },
	[MEL_HTK] = { "htk", htk_mel, htk_hertz },
};

const char *mel_scale_name(MelScale scale)
{
	return scales[scale].name;
}

double mel_of_hertz(MelScale scale, double hertz)
{
	return scales[scale].mel(hertz);
}

double hertz_of_mel(MelScale scale, double mel)
{
	return scales[scale].hertz(mel);
}

typedef struct Triangle {
	double left, top, right; /* in the unit that its sides are straight in */
	double factor;
} Triangle;

static Triangle triangle(const MelBandSettings *s, double high, int m)
{
	double low_mel = mel_of_hertz(s->scale, s->low);
	double step = (mel_of_hertz(s->scale, high) - low_mel) / (s->count + 1);
	double mel[3], hertz[3];
	for (int i = 0; i < 3; i++) {
		mel[i] = low_mel + step * (m + i);
		hertz[i] = hertz_of_mel(s->scale, mel[i]);
	}
	const double *at = s->edges_in_mel ? mel : hertz;
	double factor = s->area ? 2 / (hertz[2] - hertz[0]) : 1;
	return (Triangle){ at[0], at[1], at[2], factor };
}

/* x in the triangle's own unit */
static double weight(Triangle t, double x)
{
	double rising = (x - t.left) / (t.top - t.left);
	double falling = (t.right - x) / (t.right - t.top);
	double lower = rising < falling ? rising : falling;
	return lower > 0 ? lower * t.factor : 0;
}

/* Triangles overlap by half, so each bin is in two bands at the most. */
MelBands mel_bands_new_at(
        Site site, Arena *arena, const MelBandSettings *s, int rate, int fft)
{
	double high = s->high > 0 ? s->high : rate / 2.0;
	if (s->count < 1 || s->count > MEL_MOST_BANDS ||
	        !(s->low >= 0 && s->low < high && high <= rate / 2.0))
		error_stop(site, "mel_bands_new",
		        "%d bands from %g to %g Hz: expected 1 to %d bands and 0 <= low < high <= half the rate, %g",
		        s->count, s->low, high, MEL_MOST_BANDS, rate / 2.0);
	size_t count = (size_t)s->count;
	int bins = fft / 2 + 1, used = 0;
	int *first_bin = ARENA_ARRAY(arena, int, count);
	int *bins_of = ARENA_ARRAY(arena, int, count);
	int *first_weight = ARENA_ARRAY(arena, int, count);
	real *weights = ARENA_ARRAY(arena, real, 2 * (size_t)bins);
	ArenaMark mark = arena_mark(arena);
	double *at = ARENA_ARRAY(arena, double, (size_t)bins);
	for (int k = 0; k < bins; k++) {
		double hertz = (double)k * rate / fft;
		at[k] = s->edges_in_mel ? mel_of_hertz(s->scale, hertz) : hertz;
	}
	for (int m = 0; m < s->count; m++) {
		Triangle t = triangle(s, high, m);
		first_weight[m] = used;
		for (int k = 0; k < bins; k++) {
			double w = weight(t, at[k]);
			if (w > 0 && bins_of[m]++ == 0)
				first_bin[m] = k;
			if (w > 0)
				weights[used++] = (real)w;
		}
	}
	arena_rewind(arena, mark);
	return (MelBands){ s->count, first_bin, bins_of, first_weight, weights };
}
