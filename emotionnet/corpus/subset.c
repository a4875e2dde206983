/* subset.c: the j-th of n_c examples of class c (a random order, j from 0) gets the key j
 * / n_c, and the examples are sorted by key: of the keys below any bound, each class has
 * the same share of its own. The first of each class have key 0 and come first. */
#include "emotionnet/corpus/subset.h"

#include <stdlib.h>

typedef struct Place {
	int j, n; /* the key is j / n */
	int label, example;
} Place;

static int compare_places(const void *a, const void *b)
{
	const Place *x = a, *y = b;
	long long left = (long long)x->j * y->n, right = (long long)y->j * x->n;
	if (left != right)
		return left < right ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

void subset_order(
        int order[], const int labels[], int count, int classes, Rng *rng, Arena *scratch)
{
	ArenaMark mark = arena_mark(scratch);
	Place *places = ARENA_ARRAY(scratch, Place, (size_t)count);
	int *shuffled = ARENA_ARRAY(scratch, int, (size_t)count);
	int *seen = ARENA_ARRAY(scratch, int, (size_t)classes);
	int *all = ARENA_ARRAY(scratch, int, (size_t)classes);
	rng_permutation(rng, count, shuffled);
	for (int i = 0; i < count; i++)
		all[labels[i]]++;
	for (int i = 0; i < count; i++) {
		int example = shuffled[i], label = labels[example];
		places[i] = (Place){ seen[label]++, all[label], label, example };
	}
	/* no two places are equal: the order does not depend on the sort */
	qsort(places, (size_t)count, sizeof *places, compare_places);
	for (int i = 0; i < count; i++)
		order[i] = places[i].example;
	arena_rewind(scratch, mark);
}

bool subset_evenly(int index, int count, int wanted)
{
	long long share = (long long)index * wanted / count;
	long long before = (long long)(index - 1) * wanted / count;
	return !index || share != before;
}

Corpus subset_corpus(
        const Corpus *corpus, Arena *arena, const int utterances[], int count)
{
	Corpus subset = *corpus;
	subset.utterances = arena_copy(arena, corpus->utterances,
	        (size_t)corpus->count * sizeof *corpus->utterances);
	for (int i = 0; i < corpus->count; i++)
		if (subset.utterances[i].split == SPLIT_TRAIN)
			subset.utterances[i].split = SPLIT_COUNT;
	for (int i = 0; i < count; i++)
		subset.utterances[utterances[i]].split = SPLIT_TRAIN;
	return subset;
}
