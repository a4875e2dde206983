/* subset.h: smaller training splits out of a large one, for learning curves.
 *
 * The training examples are put into one order, whose first n are the training split of
 * size n: so a larger one holds every smaller one (nested), and a curve shows what more
 * data add, not what other data would. Every beginning of it has the classes in nearly
 * the shares of the whole (stratified), and holds each class once it is as long as
 * there are classes. */
#ifndef EMOTIONNET_CORPUS_SUBSET_H
#define EMOTIONNET_CORPUS_SUBSET_H

#include "emotionnet/corpus/corpus.h"
#include "tensor/rng.h"

/* An order of 0..count-1; labels (count) are 0..classes-1. */
void subset_order(int order[], const int labels[], int count, int classes, Rng *rng,
        Arena *scratch);

/* Of anything: whether the index-th of `count` is the first of one of `wanted` (above 0) equal
 * shares. Those are `wanted` of them, evenly; or all, where there are no more. */
bool subset_evenly(int index, int count, int wanted);

/* The corpus with all of its training split taken out but these utterances, indices of
 * it. Indices stay what they are. In the arena; what does not change is shared. */
Corpus subset_corpus(
        const Corpus *corpus, Arena *arena, const int utterances[], int count);

#endif
