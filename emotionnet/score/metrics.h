/* metrics.h: how good a classifier is, from its confusion matrix alone.
 *
 * accuracy (WA) is the share of right answers; UAR (unweighted average recall, UA) the
 * mean over classes of the share found; F1 the harmonic mean of precision and recall,
 * averaged over classes alike
 * (macro) or by their size (weighted). Classes that the data do not hold have no recall
 * and are left out of UAR; for F1 a class that is neither there nor predicted is left
 * out as well. */
#ifndef EMOTIONNET_SCORE_METRICS_H
#define EMOTIONNET_SCORE_METRICS_H

#include "tensor/arena.h"

#include <stdio.h>

typedef struct Confusion {
	int classes;
	int *counts; /* (classes,classes), row = truth, column = prediction */
} Confusion;

Confusion confusion_new(Arena *arena, int classes);
/* The class of the largest of these probabilities; of several, the first. As with
 * tensor_argmax, NaN never wins. */
int answer_of(const float probabilities[], int classes);

void confusion_add(Confusion *confusion, int truth, int prediction);
void confusion_print_json(FILE *out, const Confusion *confusion); /* [[1,2],[3,4]] */

typedef struct Metrics {
	int n;
	int present; /* classes that the data hold: UAR is over these */
	double accuracy, uar, macro_f1, weighted_f1;
	double majority; /* accuracy of always answering the commonest class */
	double majority_weighted_f1; /* its weighted F1 */
} Metrics;

/* All zero if nothing was counted. */
Metrics metrics_from(const Confusion *confusion);
/* The same where nobody asks what was taken for what. */
typedef struct ClassCount {
	int there, guessed, hits;
} ClassCount;
Metrics metrics_from_counts(const ClassCount counts[], int classes);
/* Sets counts (classes) from `n` labels and answers, the i-th counted weights[i] times; weights
 * NULL: each once. */
void metrics_count(ClassCount counts[], int classes, const int labels[],
        const int answers[], const int weights[], int n);

/* What the best epoch is chosen by, on the validation split: "uar", or "f1" for weighted
 * F1; then NULL. */
enum { SELECT_UAR, SELECT_F1 };
extern const char *const select_names[];
double metrics_select(const Metrics *metrics, int select);

/* Mean and sample standard deviation (n-1; 0 for a single value) of figures from
 * several seeds. */
typedef struct Spread {
	double mean, deviation;
} Spread;
Spread spread_of(const double values[], int count);

#endif
