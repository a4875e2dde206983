/* fold_scores.h: the cells of all folds put together, and what they tell besides. */
#ifndef EMOTIONNET_COMPARISON_FOLD_SCORES_H
#define EMOTIONNET_COMPARISON_FOLD_SCORES_H

#include "emotionnet/comparison/comparison.h"

#include <stdio.h>

/* Puts in the place of the cells of a strategy with a seed, once every fold has its own,
 * one of all folds (FOLD_ALL), which answers every utterance of the corpus; others are
 * taken away. Nothing where there are no folds. */
void fold_pool(Comparison *comparison, Arena *arena);

/* Of a strategy, from its seeds' cells of all folds, in the arena. */
const FoldScores *fold_scores(
        const Comparison *comparison, Arena *arena, const Summary *summary);

/* Their part of comparison_print and comparison_print_json (print_folds.c). */
void fold_print(FILE *out, const Comparison *comparison);
void fold_put_json(FILE *out, const Comparison *comparison);
void fold_put_scores_json(
        FILE *out, const Comparison *comparison, const Summary *summary);

#endif
