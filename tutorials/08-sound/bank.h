/* bank.h: what becomes of a mel filter bank, and of the logarithms of one frame, by each
 * likely mistake, for checks.c. */
#ifndef TUTORIALS_SOUND_BANK_H
#define TUTORIALS_SOUND_BANK_H

#include "tutorials/08-sound/checked.h"

/* --- the bank --------------------------------------------------------------------------- */

typedef struct Bank {
	int bands, n;
	double rate, low, high;
	real before[ROOM];
} Bank;

/* clang-format off */
enum {
	BANK_RIGHT, BANK_UNTOUCHED, LINEAR, POINTS_LESS, POINTS_LEAST, POINTS_MORE, LN_FORTH, LN_BACK,
	NO_MINUS, LOW_ZERO, HIGH_END, LOW_ADDED, NARROW, SLOPES, SIDES_IN_MEL, AREA, GREATER, RISING_ONLY,
	FALLING_ONLY, NO_CLIP, NOT_ZEROED, BIN_LATE, BIN_BINS, BIN_HALF, BIN_DOUBLE, BAND_LATE, ROUNDED,
	ROUNDED_ONE, LAST_BIN, FIRST_BIN, LAST_BAND, BANK_TURNED, BANK_WIDTH, BANK_ADDED,
	POINTS_WHOLE, BINS_MEL, BINS_LESS, BINS_BANDS
};
/* clang-format on */

static const Mistake bank_mistakes[] = {
	{ LINEAR,
	        "the points are equally spaced in hertz. They are equally spaced in mel, and "
	        "then turned back into hertz" },
	{ POINTS_LESS,
	        "the step between points: bands + 2 points have bands + 1 steps, not bands" },
	{ POINTS_LEAST,
	        "the step between points: bands + 2 points have bands + 1 steps, not bands - 1" },
	{ POINTS_MORE, "the step between points: bands + 2 points have bands + 1 steps" },
	{ LN_FORTH,
	        "ln and log10 are mixed: 2595 belongs to log10, and the way back from it is a "
	        "power of 10" },
	{ LN_BACK,
	        "ln and log10 are mixed: the way back from 2595 log10(...) is a power of 10, "
	        "not of e" },
	{ NO_MINUS,
	        "the way back from mel: f = 700 (10^(mel / 2595) - 1). The - 1 is missing" },
	{ LOW_ZERO, "the first point is at 0 Hz. It is at low" },
	{ HIGH_END, "the last point is at rate / 2. It is at high" },
	{ LOW_ADDED, "the range is mel(high), not mel(high) - mel(low)" },
	{ NARROW,
	        "the triangles do not reach their neighbours: band m begins where band m - 1 "
	        "has its top, and ends where band m + 1 has its top" },
	{ SLOPES,
	        "the slopes are exchanged: the rise is divided by top - begin, the fall by end "
	        "- top" },
	{ SIDES_IN_MEL,
	        "the sides are straight over mel, as Kaldi's. Here they are straight over "
	        "hertz: turn the three points into hertz first" },
	{ AREA, "every triangle is multiplied by 2 / (end - begin), as librosa's. Here each has "
	        "the height 1" },
	{ GREATER,
	        "the larger of the two sides is taken. The smaller one is the triangle" },
	{ RISING_ONLY, "only the rising side is there. From the top on it has to fall" },
	{ FALLING_ONLY, "only the falling side is there. Before the top it has to rise" },
	{ NO_CLIP, "what is below 0 has to become 0" },
	{ NOT_ZEROED,
	        "outside of the triangle w keeps what was there before. It is 0 there, and has "
	        "to be set" },
	{ BIN_LATE, "off by one bin: bin 0 is at 0 Hz" },
	{ BIN_BINS,
	        "the bins are spaced by the number of bins, n/2 + 1. Bin k is at k rate / n, so "
	        "bin n/2 is at rate / 2" },
	{ BIN_HALF,
	        "the frequency of bin k is half of what it should be: it is k rate / n" },
	{ BIN_DOUBLE,
	        "the frequency of bin k is twice what it should be: it is k rate / n" },
	{ BAND_LATE, "off by one band: band m begins at point m" },
	{ ROUNDED,
	        "the points are rounded to whole bins. A point may lie between two bins" },
	{ ROUNDED_ONE,
	        "the points are rounded to whole bins. A point may lie between two bins, and n "
	        "samples have their bin k at k rate / n" },
	{ POINTS_WHOLE, "the points are whole numbers: are they kept in an int" },
	{ BINS_MEL,
	        "the frequency of the bin is in mel, the points are in hertz. Both have to be "
	        "in hertz" },
	{ BINS_LESS, "a row of w has n/2 + 1 numbers, and k goes from 0 to n/2" },
	{ BINS_BANDS, "the frequency of bin k is k rate / n, not k rate / bands" },
	{ LAST_BIN, "the last bin is left out: k goes from 0 to n/2" },
	{ FIRST_BIN, "bin 0 is left out: k goes from 0 to n/2" },
	{ LAST_BAND, "the last band is left out: m goes from 0 to bands - 1" },
	{ BANK_TURNED, "w is written as (n/2 + 1, bands). It is (bands, n/2 + 1)" },
	{ BANK_WIDTH, "a row of w has n/2 + 1 numbers, not n/2" },
	{ BANK_ADDED, "w is added to. It has to be set: it may hold anything before" },
	{ BANK_UNTOUCHED, "nothing is written to w. Is it computed yet" },
};

static double mel_from(double hertz, int way)
{
	if (way == LINEAR)
		return hertz;
	const double octaves = log(1 + hertz / 700);
	return 2595 * (way == LN_FORTH ? octaves : octaves / log(10));
}

static double hertz_from(double mel, int way)
{
	if (way == LINEAR)
		return mel;
	const double factor = way == LN_BACK ? exp(mel / 2595) : pow(10, mel / 2595);
	return 700 * (factor - (way != NO_MINUS));
}

static double point(const Bank *b, int i, int way)
{
	const double low = mel_from(way == LOW_ZERO ? 0 : b->low, way);
	const double high = mel_from(way == HIGH_END ? b->rate / 2 : b->high, way);
	const int steps = way == POINTS_LESS    ? b->bands
	                  : way == POINTS_LEAST ? b->bands - 1
	                  : way == POINTS_MORE  ? b->bands + 2
	                                        : b->bands + 1;
	const double range = way == LOW_ADDED ? high : high - low;
	const double mel = low + range * (i + (way == BAND_LATE)) / steps;
	if (way == SIDES_IN_MEL)
		return mel;
	const double hertz = hertz_from(mel, way);
	if (way == POINTS_WHOLE)
		return floor(hertz);
	if (way == ROUNDED)
		return floor(hertz * b->n / b->rate + 0.5) * b->rate / b->n;
	if (way == ROUNDED_ONE)
		return floor(hertz * (b->n + 1) / b->rate) * b->rate / b->n;
	return hertz;
}

static double frequency(const Bank *b, int k, int way)
{
	const double bin = b->rate / b->n;
	const double hertz = way == BIN_LATE     ? (k + 1) * bin
	                     : way == BIN_HALF   ? k * bin / 2
	                     : way == BIN_DOUBLE ? k * bin * 2
	                     : way == BINS_BANDS ? k * b->rate / b->bands
	                     : way == BIN_BINS   ? k * b->rate / 2 / (b->n / 2 + 1)
	                                         : k * bin;
	return way == SIDES_IN_MEL || way == BINS_MEL ? mel_from(hertz, way) : hertz;
}

static double height(const Bank *b, int m, int k, int way)
{
	double begin = point(b, m, way), top = point(b, m + 1, way),
	       end = point(b, m + 2, way);
	const double f = frequency(b, k, way);
	if (way == NARROW) {
		begin = (begin + top) / 2;
		end = (top + end) / 2;
	}
	const double before = way == SLOPES ? end - top : top - begin;
	const double after = way == SLOPES ? top - begin : end - top;
	const double up = (f - begin) / before, down = (end - f) / after;
	double w = (up < down) == (way == GREATER) ? down : up;
	w = way == RISING_ONLY ? up : way == FALLING_ONLY ? down : w;
	if (way == AREA)
		w *= 2 / (end - begin);
	return way == NO_CLIP || way == NOT_ZEROED ? w : fmax(w, 0);
}

static void make_bank(const void *problem, int way, double w[])
{
	const Bank *b = problem;
	const int bins = b->n / 2 + 1 - (way == BINS_LESS);
	const int row = way == BANK_WIDTH ? bins - 1 : bins;
	for (int i = 0; i < ROOM; i++)
		w[i] = (double)b->before[i];
	if (way == BANK_UNTOUCHED)
		return;
	for (int m = 0; m < b->bands - (way == LAST_BAND); m++)
		for (int k = way == FIRST_BIN; k < bins - (way == LAST_BIN); k++) {
			const int at =
			        way == BANK_TURNED ? k * b->bands + m : m * row + k;
			const double now = height(b, m, k, way);
			if (way == NOT_ZEROED && now < 0)
				continue;
			w[at] = way == BANK_ADDED ? w[at] + now : now;
		}
}

/* --- one frame -------------------------------------------------------------------------- */

typedef struct Frame {
	int bands, bins;
	real re[ROOM], im[ROOM], w[ROOM], before[ROOM];
	double least;
} Frame;

/* clang-format off */
enum {
	FRAME_RIGHT, FRAME_UNTOUCHED, MAGNITUDE, RE_SQUARED, SQUARE_OF_SUM, DIFFERENCE, LOG_TEN, DECIBELS,
	DECIBEL_TWENTY, NO_LOG, NO_LEAST, LEAST_EACH, LARGER, LEAST_AFTER, LOG_EACH, CARRIED, LAST_TERM,
	MEAN, W_SQUARED, W_TURNED, W_ROW, ENERGY_LAST, ENERGY_FIRST, BAND_LAST, ADDED, FIRST_ONLY, NO_W, LOG_TWO
};
/* clang-format on */

static const Mistake frame_mistakes[] = {
	{ MAGNITUDE,
	        "the magnitude instead of the power: sqrt(re re + im im) without the square "
	        "root" },
	{ RE_SQUARED, "the power of a bin is re re + im im, not re re alone" },
	{ SQUARE_OF_SUM,
	        "the power of a bin is re re + im im. The square of the sum is something else" },
	{ DIFFERENCE,
	        "the power of a bin is re re PLUS im im: the number times its mirror image" },
	{ LOG_TEN,
	        "log10 instead of ln. In C, ln is logf (or log); log10f is another function" },
	{ LOG_TWO, "log2 instead of ln. In C, ln is logf (or log)" },
	{ DECIBELS, "decibels, 10 log10. The natural logarithm is wanted: logf" },
	{ DECIBEL_TWENTY,
	        "20 log10 is for magnitudes. The natural logarithm of the power is "
	        "wanted: logf" },
	{ NO_LOG, "the logarithm is missing" },
	{ NO_LEAST,
	        "`least` is not added. A silent band would be ln 0, which is minus infinity" },
	{ LEAST_EACH, "`least` is added for every bin. It is added once for each band" },
	{ LARGER,
	        "`least` is taken where the sum is smaller. Here it is added to the sum" },
	{ LEAST_AFTER, "`least` is added to the logarithm. It belongs inside" },
	{ LOG_EACH,
	        "the logarithm of each bin is added up. First the sum over bins, then its "
	        "logarithm" },
	{ CARRIED,
	        "the sum goes on from the band before. It begins anew for every band" },
	{ LAST_TERM, "only the last bin is left: = where += has to be" },
	{ MEAN, "divided by the number of bins. It is a plain sum" },
	{ W_SQUARED, "the weight is squared as well. Only the spectrum is" },
	{ NO_W, "the weights are not used" },
	{ W_TURNED, "w is read as (bins, bands). It is (bands, bins): w[m * bins + k]" },
	{ W_ROW, "a row of w has `bins` numbers: band m begins at m * bins" },
	{ ENERGY_LAST, "the last bin is left out: k goes from 0 to bins - 1" },
	{ ENERGY_FIRST, "bin 0 is left out: k begins at 0" },
	{ BAND_LAST, "the last band is left out: m goes from 0 to bands - 1" },
	{ ADDED, "out is added to. It has to be set: it may hold anything before" },
	{ FIRST_ONLY, "only band 0 is computed: a return inside of the loop" },
	{ FRAME_UNTOUCHED, "nothing is written to out. Is it computed yet" },
};

static double power_of(const Frame *f, int k, int way)
{
	const double re = (double)f->re[k], im = (double)f->im[k];
	switch (way) {
	case MAGNITUDE:
		return sqrt(re * re + im * im);
	case RE_SQUARED:
		return re * re;
	case SQUARE_OF_SUM:
		return (re + im) * (re + im);
	case DIFFERENCE:
		return re * re - im * im;
	default:
		return re * re + im * im;
	}
}

static double weight_of(const Frame *f, int m, int k, int way)
{
	const int at = way == W_TURNED ? k * f->bands + m
	               : way == W_ROW  ? m * (f->bins - 1) + k
	                               : m * f->bins + k;
	const double w = (double)f->w[at];
	return way == NO_W ? 1 : way == W_SQUARED ? w * w : w;
}

static double sum_of_band(const Frame *f, int m, double begin, int way)
{
	double sum = begin;
	for (int k = way == ENERGY_FIRST; k < f->bins - (way == ENERGY_LAST); k++) {
		const double w = weight_of(f, m, k, way), power = power_of(f, k, way);
		if (way == LAST_TERM)
			sum = w * power;
		else if (way == LOG_EACH)
			sum += w * log(power + f->least);
		else
			sum += w * power + (way == LEAST_EACH ? f->least : 0);
	}
	return way == MEAN ? sum / f->bins : sum;
}

static double logarithm(const Frame *f, double sum, int way)
{
	switch (way) {
	case LOG_TEN:
		return log10(sum);
	case LOG_TWO:
		return log2(sum);
	case DECIBELS:
		return 10 * log10(sum);
	case DECIBEL_TWENTY:
		return 20 * log10(sum);
	case NO_LOG:
	case LOG_EACH:
		return sum;
	case LARGER:
		return log(fmax(sum, f->least));
	case LEAST_AFTER:
		return log(sum) + f->least;
	default:
		return log(sum);
	}
}

static void make_frame(const void *problem, int way, double out[])
{
	const Frame *f = problem;
	const bool outside = way == NO_LEAST || way == LEAST_EACH || way == LARGER ||
	                     way == LEAST_AFTER || way == LOG_EACH;
	const double least = outside ? 0 : f->least;
	double sum = least;
	for (int i = 0; i < ROOM; i++)
		out[i] = (double)f->before[i];
	int count = way == FRAME_UNTOUCHED ? 0 : way == FIRST_ONLY ? 1 : f->bands;
	for (int m = 0; m < count - (way == BAND_LAST); m++) {
		sum = sum_of_band(f, m, way == CARRIED ? sum : least, way);
		out[m] = logarithm(f, sum, way) + (way == ADDED ? out[m] : 0);
	}
}

#endif
