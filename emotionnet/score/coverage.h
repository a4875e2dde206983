/* coverage.h: a classifier that may say "not sure".
 *
 * An utterance is answered if the largest of its probabilities is P at least. The lower P,
 * the more is answered, and the less of it is right, if the classifier knows what it does not
 * know (Chow 1970; the curve of risk, 1 - accuracy, against coverage: El-Yaniv & Wiener
 * 2010):
 *
 *     coverage = answered / all          accuracy = right / answered
 *
 * What is said of those that are left out: nothing. If they are mostly of one group of
 * people, that group is served worse: look at it by speaker and sex too. */
#ifndef EMOTIONNET_SCORE_COVERAGE_H
#define EMOTIONNET_SCORE_COVERAGE_H

#include "tensor/real.h"

#include <stdbool.h>
#include <stdio.h>

/* What is said instead of a label. */
#define NOT_SURE "not sure"

/* Whether it is to be answered: the largest of these probabilities is `abstain` at least. 0:
 * always, as far as it is a number. */
bool answer_sure(const real probabilities[], int classes, double abstain);

/* One utterance: the largest of its probabilities, and whether that is of its label. */
typedef struct Sure {
	double confidence;
	bool right;
} Sure;

/* What is answered that is so sure at least. */
typedef struct CoveragePoint {
	double least;
	int answered, right;
} CoveragePoint;

/* From all utterances down to the surest tenth. */
enum { COVERAGE_POINTS = 10 };
typedef struct Coverage {
	int count;           /* of utterances */
	CoveragePoint asked; /* by the threshold that was asked for */
	/* the highest thresholds that answer 100 %, 90 %, ... 10 % of them at least. Of
	 * equals (ties) the first is kept alone: points are fewer then. */
	CoveragePoint points[COVERAGE_POINTS];
	int point_count;
} Coverage;

/* Of `count` utterances, which it sorts, the surest first. */
Coverage coverage_of(Sure answers[], int count, double abstain);

double coverage_share(
        const Coverage *coverage, CoveragePoint point); /* 0 if count is 0 */
double coverage_accuracy(CoveragePoint point);          /* 0 if nothing is answered */

/* A line for the threshold that was asked for, and a table of the points. */
void coverage_print(FILE *out, const Coverage *coverage);
/* {"abstain":0.5,"answered":30,"coverage":0.75,"accuracy":0.9,"curve":[{"abstain":..,
 * "coverage":..,"accuracy":..},...]}; accuracy is null where nothing is answered. */
void coverage_print_json(FILE *out, const Coverage *coverage);

#endif
