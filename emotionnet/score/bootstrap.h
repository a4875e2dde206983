/* bootstrap.h: how far a figure would move, had other speakers been recorded.
 *
 * Utterances of one speaker are alike, so whole speakers are drawn, with replacement, as
 * many as there are
 * (cluster bootstrap: Davison & Hinkley 1997, 3.8); the figure is computed again from the
 * utterances of those drawn, a speaker who was drawn twice counting twice. Over many
 * draws the 2.5th and 97.5th percentile bound the 95 % interval (Efron & Tibshirani 1993,
 * 13.3). A difference of two figures is paired: both are computed from the same draw.
 * With few speakers the interval is too narrow. */
#ifndef EMOTIONNET_SCORE_BOOTSTRAP_H
#define EMOTIONNET_SCORE_BOOTSTRAP_H

#include "tensor/arena.h"

#include <stdbool.h>

enum { BOOTSTRAP_DRAWS = 2000 };

typedef struct Interval {
	double low, high;
} Interval;

/* Who belongs together. */
typedef struct Clusters {
	int count;     /* of clusters */
	int items;     /* of utterances */
	const int *of; /* (items) the cluster of each */
} Clusters;

/* By name; an item without one ("") is a cluster of its own. */
Clusters clusters_by_name(Arena *arena, const char *const names[], int count);
/* Each item by itself. */
Clusters clusters_alone(Arena *arena, int count);

/* weights[i] (items) = how often item i is in draw 0 .. BOOTSTRAP_DRAWS - 1. A function
 * of the draw alone, so that all who ask for it see the same speakers. */
void bootstrap_draw(const Clusters *clusters, Arena *scratch, int draw, int weights[]);

/* Percentiles (1 - share)/2 and (1 + share)/2 of `count` values, which it sorts, linear
 * between neighbours (Hyndman & Fan 1996, type 7). 0..0 for count 0. */
Interval bootstrap_interval(double values[], int count, double share);

#endif
