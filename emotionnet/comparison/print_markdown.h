/* print_markdown.h: one score of a comparison as a table to be pasted into a document. */
#ifndef EMOTIONNET_COMPARISON_PRINT_MARKDOWN_H
#define EMOTIONNET_COMPARISON_PRINT_MARKDOWN_H

#include "emotionnet/comparison/comparison.h"

#include <stdio.h>

/* A row a strategy, a column a size of the training split: "0.512 ± 0.010", mean and deviation
 * over the seeds; with how many these are where some are not finished, a dash where none is.
 * The comparison is summarised. */
void comparison_print_markdown(FILE *out, const Comparison *comparison, ScoreKind kind);

#endif
