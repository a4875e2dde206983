/* vocabulary.c: counts words, and numbers them by frequency, then alphabet. */
#include "text/vocabulary.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

WordCounts wordcounts_new(Arena *arena)
{
	return (WordCounts){ .words = stringset_new(arena) };
}

void wordcounts_add(WordCounts *counts, const Tokens *tokens)
{
	for (int i = 0; i < tokens->count; i++) {
		int number = stringset_add(&counts->words, tokens->items[i].text);
		counts->counts = arena_grow(counts->words.arena, counts->counts, number,
		        &counts->capacity, sizeof(int));
		counts->counts[number] += counts->counts[number] < INT_MAX;
		counts->total++;
	}
}

typedef struct Counted {
	const char *word;
	int count;
} Counted;

static int by_count_then_alphabet(const void *left, const void *right)
{
	const Counted *a = left, *b = right;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return strcmp(a->word, b->word);
}

Vocabulary vocabulary_build(
        Arena *arena, const WordCounts *counts, int minimum, int maximum)
{
	Counted *sorted = ARENA_ARRAY(arena, Counted, (size_t)counts->words.count);
	int kept = 0;
	for (int i = 0; i < counts->words.count; i++)
		if (counts->counts[i] >= minimum)
			sorted[kept++] =
			        (Counted){ counts->words.names[i], counts->counts[i] };
	qsort(sorted, (size_t)kept, sizeof sorted[0], by_count_then_alphabet);

	Vocabulary vocabulary = { .words = stringset_new(arena) };
	stringset_add(&vocabulary.words, "<pad>");
	stringset_add(&vocabulary.words, "<unk>");
	for (int i = 0; i < kept; i++)
		if (!maximum || vocabulary.words.count < maximum)
			stringset_add(&vocabulary.words, sorted[i].word);
	return vocabulary;
}

int vocabulary_id(const Vocabulary *vocabulary, const char *word)
{
	int id = stringset_find(&vocabulary->words, word);
	return id < 0 ? VOCABULARY_UNKNOWN : id;
}

int *vocabulary_ids(const Vocabulary *vocabulary, Arena *arena, const Tokens *tokens)
{
	int *ids = arena_alloc(arena, (size_t)tokens->count * sizeof(int));
	for (int i = 0; i < tokens->count; i++)
		ids[i] = vocabulary_id(vocabulary, tokens->items[i].text);
	return ids;
}
