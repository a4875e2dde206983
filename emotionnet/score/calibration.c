/* calibration.c: are probabilities right? ECE in bins, NLL, Brier; the temperature by
 * golden section search. */
#include "emotionnet/score/calibration.h"
#include "emotionnet/score/metrics.h"
#include "tensor/elementary.h"
#include "tensor/error.h"

#include <math.h>
#include <stddef.h>

/* log p, where p may have underflowed to 0: the smallest float that has all its
 * digits. */
static double log_of(float p)
{
	const double smallest = 0x1p-126;
	return double_log((double)p > smallest ? (double)p : smallest);
}

/* ((b)/15, (b+1)/15]; a confidence of 0, which cannot be, would fall into the first. */
static int bin_of(double confidence)
{
	int bin = (int)ceil(confidence * CALIBRATION_BINS) - 1;
	return bin < 0 ? 0 : bin < CALIBRATION_BINS ? bin : CALIBRATION_BINS - 1;
}

static void check(const char *who, const int *labels, int count, int classes)
{
	for (int i = 0; i < count; i++)
		if (labels[i] < 0 || labels[i] >= classes)
			error_stop(HERE, who,
			        "label %d of utterance %d: classes are 0 to %d",
			        labels[i], i, classes - 1);
}

Calibration calibration_of(
        const float *probabilities, const int *labels, int count, int classes)
{
	Calibration all = { 0 };
	check("calibration_of", labels, count, classes);
	for (int i = 0; i < count; i++) {
		const float *p = probabilities + (size_t)i * (size_t)classes;
		int answer = answer_of(p, classes);
		CalibrationBin *bin = &all.bins[bin_of((double)p[answer])];
		bin->count++;
		bin->confidence += (double)p[answer];
		bin->accuracy += answer == labels[i];
		all.nll -= log_of(p[labels[i]]) / count;
		for (int c = 0; c < classes; c++) {
			double miss = (double)p[c] - (c == labels[i]);
			all.brier += miss * miss / count;
		}
	}
	for (int b = 0; b < CALIBRATION_BINS; b++) {
		CalibrationBin *bin = &all.bins[b];
		if (!bin->count)
			continue;
		bin->confidence /= bin->count;
		bin->accuracy /= bin->count;
		all.ece += bin->count * fabs(bin->accuracy - bin->confidence) / count;
	}
	return all;
}

void calibration_soften(float *q, const float *p, int classes, double temperature)
{
	double top = log_of(p[answer_of(p, classes)]), sum = 0;
	for (int c = 0; c < classes; c++)
		sum += double_exp((log_of(p[c]) - top) / temperature);
	for (int c = 0; c < classes; c++)
		q[c] = (float)(double_exp((log_of(p[c]) - top) / temperature) / sum);
}

/* At b = 1/T: log p_y(b) = b log p_y - log sum_c p_c^b. */
static double nll_at(
        const float *probabilities, const int *labels, int count, int classes, double b)
{
	double nll = 0;
	for (int i = 0; i < count; i++) {
		const float *p = probabilities + (size_t)i * (size_t)classes;
		double top = log_of(p[answer_of(p, classes)]), sum = 0;
		for (int c = 0; c < classes; c++)
			sum += double_exp(b * (log_of(p[c]) - top));
		nll -= b * (log_of(p[labels[i]]) - top) - double_log(sum);
	}
	return nll;
}

/* The NLL is convex in 1/T: each log-sum-exp is, and the rest is linear. So it has one
 * valley in log T too, and the golden section search (Kiefer 1953) closes in on it, by
 * 0.618 a step. */
double calibration_temperature(
        const float *probabilities, const int *labels, int count, int classes)
{
	const double golden = 0x1.3c6ef372fe95p-1; /* (sqrt 5 - 1) / 2 */
	check("calibration_temperature", labels, count, classes);
	if (!count)
		return 1;
	double low = -double_log(100), high = -low; /* of log T */
	double left = high - golden * (high - low), right = low + golden * (high - low);
	double at_left = nll_at(probabilities, labels, count, classes, double_exp(-left));
	double at_right =
	        nll_at(probabilities, labels, count, classes, double_exp(-right));
	for (int step = 0; step < 40; step++) {
		if (at_left <= at_right) {
			high = right;
			right = left;
			at_right = at_left;
			left = high - golden * (high - low);
			at_left = nll_at(
			        probabilities, labels, count, classes, double_exp(-left));
		} else {
			low = left;
			left = right;
			at_left = at_right;
			right = low + golden * (high - low);
			at_right = nll_at(probabilities, labels, count, classes,
			        double_exp(-right));
		}
	}
	return double_exp((low + high) / 2);
}
