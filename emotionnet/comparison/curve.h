/* curve.h: learning curves: accuracy against the number of utterances learnt from. */
#ifndef EMOTIONNET_COMPARISON_CURVE_H
#define EMOTIONNET_COMPARISON_CURVE_H

#include "emotionnet/comparison/comparison.h"
#include "tensor/plot/plot.h"

#include <stdio.h>

/* How many utterances a strategy needs to reach this accuracy: where its mean curve,
 * drawn straight between sizes over the logarithm of the size, first comes up to it. The
 * smallest size if it is there already; -1 if it never is. */
double curve_needs(const Comparison *comparison, const char *strategy, double accuracy);

/* That in words: "463", "50 or fewer", "more than there are". */
const char *curve_needs_text(Arena *arena, const Comparison *comparison, double needs);

/* What the baseline reaches with the largest size: what the others are asked to reach
 * too. */
double curve_goal(const Comparison *comparison);

/* A line a strategy, over the sizes that are finished; it and its numbers live in the
 * arena. */
PlotChart curve_chart(const Comparison *comparison, Arena *arena);

/* The curves with their intervals, as wide as the terminal's 80 columns, and what each
 * strategy needs. The comparison is summarised. */
void curve_print(FILE *out, const Comparison *comparison);

/* The same as comparison_print_json, and {"goal":...,"needs":{...}}. */
void curve_print_json(FILE *out, const Comparison *comparison);

/* All or nothing. */
bool curve_save_svg(const Comparison *comparison, const char *path, Error *error);

#endif
