/* print_costs.h: the part of comparison_print that says what strategies cost. */
#ifndef EMOTIONNET_COMPARISON_PRINT_COSTS_H
#define EMOTIONNET_COMPARISON_PRINT_COSTS_H

#include "emotionnet/comparison/comparison.h"

#include <stdio.h>

/* A line a strategy, of the largest size that it has learnt from. What is not known, as in
 * results of older programs, is a dash. */
void print_costs(FILE *out, const Comparison *comparison);

#endif
