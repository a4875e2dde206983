/* print.h: a summarised comparison told to a person, as tables, or to a
 * program, as JSON. */
#ifndef EMOTIONNET_COMPARISON_PRINT_H
#define EMOTIONNET_COMPARISON_PRINT_H

#include "emotionnet/comparison/comparison.h"

#include <stdio.h>

/* What was compared, a line a strategy with its interval and its gain over the baseline,
 * what must be said with them, and costs. With `details` also: accuracy in each kind beside its
 * ceiling, under each condition, and calibration. */
void comparison_print(FILE *out, const Comparison *comparison, bool details);

/* How wide the column of strategies is: that of the longest name, in a terminal's columns. */
int print_name_width(const Comparison *comparison);

/* One object: {"corpus":...,"strategies":[...]}, a strategy a line. */
void comparison_print_json(FILE *out, const Comparison *comparison);

#endif
