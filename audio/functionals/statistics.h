/* statistics.h: a curve over time, in a few numbers that do not depend on its length. */
#ifndef AUDIO_FUNCTIONALS_STATISTICS_H
#define AUDIO_FUNCTIONALS_STATISTICS_H

#include "tensor/arena.h"

typedef enum Statistic {
	STATISTIC_MEAN,
	STATISTIC_DEVIATION, /* standard, over the values as they are: divided by n */
	STATISTIC_P5,        /* quantiles, linear in between */
	STATISTIC_P50,
	STATISTIC_P95,
	STATISTIC_SLOPE, /* of the straight line that fits best, a second */
	STATISTICS
} Statistic;

const char *statistic_name(Statistic statistic); /* "mean", "deviation", "p5", ... */

/* Of values[0..count-1], `hop` seconds apart; those that are NaN count as not there, but
 * take their time. All NaN where nothing is there; the slope of a single value is 0. */
void statistics(double out[STATISTICS], Arena *scratch, const double *values, int count,
        double hop);

/* How fast a curve changes at each value, a second: the slope of the line through it and
 * two neighbours on either side, NaN where one of the five is not there. */
void differences(double *out, const double *values, int count, double hop);

/* The means of those of `values` that are above 0, and of those below; 0 of none. */
void rise_and_fall(double *rise, double *fall, const double *values, int count);

#endif
