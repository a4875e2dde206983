/* print.h: an explanation in a terminal (coloured words, blocks), in a
 * pipe (numbers), as JSON. */
#ifndef EMOTIONNET_EXPLAIN_PRINT_H
#define EMOTIONNET_EXPLAIN_PRINT_H

#include "emotionnet/explain/explanation.h"

#include <stdio.h>

/* For people: colours where `out` can show them (tensor/plot/colours.h), else one word,
 * modality or stretch of time a line.
 * `arena`: for the while. */
void explanation_print(FILE *out, Arena *arena, const Explanation *explanation);

/* One JSON object on one line. */
void explanation_print_json(FILE *out, const Explanation *explanation);

#endif
