/* bag.c: words and their neighbours are counted; a text is the list of those that it
 * has. */
#include "text/bag.h"
#include "tensor/elementary.h"
#include "tensor/sort.h"
#include "text/ngrams.h"

#include <string.h>

/* The words of the text, and each run of 2..words neighbours as one more. */
static Tokens grams(Arena *arena, const char *text, int words)
{
	Tokens one = tokens_split(arena, text);
	return ngrams_of(arena, &(NgramSettings){ .words = words }, &one).all;
}

/* The ids of the known words, ascending; returns how many. */
static int known_ids(
        const BagModel *model, Arena *scratch, const char *text, const int **known)
{
	Tokens tokens = grams(scratch, text, model->settings.words);
	int *ids = vocabulary_ids(&model->vocabulary, scratch, &tokens), count = 0;
	for (int i = 0; i < tokens.count; i++)
		if (ids[i] > VOCABULARY_UNKNOWN)
			ids[count++] = ids[i];
	sort_ints(ids, count);
	*known = ids;
	return count;
}

/* How many texts each word is in becomes its idf. */
static const double *fit_idf(
        const BagModel *model, Arena *arena, int count, const char *const texts[])
{
	int words = model->vocabulary.words.count;
	double *idf = ARENA_ARRAY(arena, double, (size_t)words);
	Arena *scratch = arena_new("bag of words");
	for (int t = 0; t < count && model->settings.idf; t++) {
		const int *ids;
		int known = known_ids(model, scratch, texts[t], &ids);
		for (int i = 0; i < known; i++)
			idf[ids[i]] += !i || ids[i] != ids[i - 1];
		arena_reset(scratch);
	}
	arena_free(scratch);
	for (int id = 0; id < words; id++)
		idf[id] = model->settings.idf
		                  ? double_log((1.0 + count) / (1 + idf[id])) + 1
		                  : 1;
	return idf;
}

BagModel bag_fit_at(Site site, Arena *arena, BagSettings settings, int count,
        const char *const texts[])
{
	if (settings.words < 1)
		error_stop(
		        site, "bag_fit", "words %d: expected at least 1", settings.words);
	Arena *kept = arena_new("bag of words, counts"),
	      *scratch = arena_new("bag of words");
	WordCounts counts = wordcounts_new(kept);
	for (int t = 0; t < count; t++) {
		Tokens tokens = grams(scratch, texts[t], settings.words);
		wordcounts_add(&counts, &tokens);
		arena_reset(scratch);
	}
	BagModel model = { .settings = settings };
	model.vocabulary =
	        vocabulary_build(arena, &counts, settings.minimum, settings.maximum);
	model.idf = fit_idf(&model, arena, count, texts);
	arena_free(scratch);
	arena_free(kept);
	return model;
}

Bag bag_of(const BagModel *model, Arena *arena, const char *text)
{
	Arena *scratch = arena_new("bag of words");
	const int *known;
	int total = known_ids(model, scratch, text, &known);
	int *ids = ARENA_ARRAY(arena, int, (size_t)total);
	double *weights = ARENA_ARRAY(scratch, double, (size_t)total), square = 0;
	int count = 0;
	for (int i = 0; i < total; i++) {
		if (!i || known[i] != known[i - 1])
			ids[count++] = known[i];
		weights[count - 1] += model->idf[known[i]]; /* tf times */
	}
	for (int i = 0; i < count; i++)
		square += weights[i] * weights[i];
	real *scaled = ARENA_ARRAY(arena, real, (size_t)count);
	for (int i = 0; i < count; i++)
		scaled[i] = (real)(weights[i] / __builtin_sqrt(square));
	arena_free(scratch);
	return (Bag){ .ids = ids, .weights = scaled, .count = count };
}
