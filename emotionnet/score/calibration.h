/* calibration.h: whether a classifier is as often right as it says, and how to mend it
 * with one number.
 *
 * With p_ic what it says of utterance i and class c, y_i its label, N utterances:
 *
 *     NLL   = -1/N sum_i log p_i,y_i                     0 .. ; a sure mistake costs most
 *     Brier = 1/N sum_i sum_c (p_ic - [c = y_i])^2       0 .. 2 (Brier 1950)
 *     ECE   = sum_b n_b/N |accuracy_b - confidence_b|    0 .. 1 (Naeini et al. 2015)
 *
 * where bin b of 15 holds the utterances whose largest p lies in (b/15, (b+1)/15].
 * Temperature scaling
 * (Guo et al. 2017) divides the logits by T > 0, here p_ic(T) = p_ic^(1/T) / sum_k
 * p_ik^(1/T), which is the same: no answer changes, only how sure it is. T is what makes
 * the NLL of the validation split smallest. */
#ifndef EMOTIONNET_SCORE_CALIBRATION_H
#define EMOTIONNET_SCORE_CALIBRATION_H

enum { CALIBRATION_BINS = 15 };

/* Of one bin: how many fell into it, and the sums over them. */
typedef struct CalibrationBin {
	int count;
	double confidence; /* mean of the largest p; 0 if the bin is empty */
	double accuracy;   /* share of right answers; 0 if the bin is empty */
} CalibrationBin;

typedef struct Calibration {
	double nll, brier, ece;
	CalibrationBin bins[CALIBRATION_BINS];
} Calibration;

/* Of `count` utterances: probabilities (count,classes), labels (count), all 0 <= label <
 * classes. All zero for count 0. */
Calibration calibration_of(
        const float *probabilities, const int *labels, int count, int classes);

/* q (classes) = p at temperature T > 0. T = 1 leaves p but for rounding. q may be p. */
void calibration_soften(float *q, const float *p, int classes, double temperature);

/* The temperature between 1/100 and 100 with the smallest NLL; 1 for count 0. */
double calibration_temperature(
        const float *probabilities, const int *labels, int count, int classes);

#endif
