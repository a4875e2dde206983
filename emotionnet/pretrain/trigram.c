/* One table for each length: trigrams by their count, bigrams and single tokens by how
 * many different tokens came before them; and one for each length of what comes before,
 * by the sum and the number of its entries. */
#include "emotionnet/pretrain/trigram.h"

#include "tensor/arena.h"
#include "tensor/elementary.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Entry {
	uint64_t key; /* tokens + 1, 20 bits each; 0: free */
	uint32_t count, kinds;
} Entry;

typedef struct Table {
	Arena *arena;
	Entry *slots;
	size_t used, size; /* size: a power of two */
} Table;

enum { FIRST_SIZE = 1 << 10, BITS = 21 };

static Entry *slot_of(const Table *table, uint64_t key)
{
	size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & (table->size - 1);
	while (table->slots[i].key && table->slots[i].key != key)
		i = (i + 1) & (table->size - 1);
	return &table->slots[i];
}

static void table_resize(Table *table, size_t size)
{
	Table new = { arena_new("trigrams"), NULL, table->used, size };
	new.slots = ARENA_ARRAY(new.arena, Entry, size);
	for (size_t i = 0; i < table->size; i++)
		if (table->slots[i].key)
			*slot_of(&new, table->slots[i].key) = table->slots[i];
	arena_free(table->arena);
	*table = new;
}

/* The entry of the key, new ones with nothing counted. */
static Entry *entry_of(Table *table, uint64_t key)
{
	if (2 * table->used >= table->size)
		table_resize(table, table->size ? 2 * table->size : FIRST_SIZE);
	Entry *entry = slot_of(table, key);
	if (!entry->key)
		table->used++;
	entry->key = key;
	return entry;
}

/* ---- counting ---------------------------------------------------------------------- */

/* n-grams of length 1, 2, 3 stand at 0, 1, 2; contexts[n] is of what comes before them,
 * n tokens. */
typedef struct Counts {
	Table grams[3], contexts[3];
	double discount[3];
	int vocabulary;
} Counts;

static uint64_t key_of(const int tokens[], int count)
{
	uint64_t key = 1; /* so that no key is 0, and none of one length is of another */
	for (int i = 0; i < count; i++)
		key = key << BITS | (uint64_t)tokens[i];
	return key;
}

/* Counts the n-gram that ends at tokens[n - 1]; where it is new, the one that is a token
 * shorter has one more token before it. */
static void count_gram(Counts *counts, const int tokens[], int n)
{
	Entry *gram = entry_of(&counts->grams[n - 1], key_of(tokens, n));
	Entry *context = entry_of(&counts->contexts[n - 1], key_of(tokens, n - 1));
	bool is_new = gram->count == 0;
	gram->count++;
	context->count++;
	context->kinds += is_new ? 1 : 0;
	if (is_new && n > 1)
		count_gram(counts, tokens + 1, n - 1);
}

static double discount_of(const Table *table)
{
	double once = 0, twice = 0;
	for (size_t i = 0; i < table->size; i++) {
		once += table->slots[i].count == 1;
		twice += table->slots[i].count == 2;
	}
	return once > 0 ? once / (once + 2 * twice) : 0.5;
}

/* ---- probabilities ----------------------------------------------------------------- */

/* Of tokens[n - 1] after the n - 1 before it. */
static double probability(const Counts *counts, const int tokens[], int n)
{
	if (n == 0)
		return 1.0 / counts->vocabulary;
	double shorter = n == 1 ? 1.0 / counts->vocabulary
	                        : probability(counts, tokens + 1, n - 1);
	const Table *contexts = &counts->contexts[n - 1];
	if (!contexts->size)
		return shorter;
	const Entry *context = slot_of(contexts, key_of(tokens, n - 1));
	if (!context->key)
		return shorter;
	const Entry *gram = slot_of(&counts->grams[n - 1], key_of(tokens, n));
	double discount = counts->discount[n - 1], all = context->count;
	double own = gram->key ? gram->count - discount : 0;
	return (own + discount * context->kinds * shorter) / all;
}

double trigram_loss(const int tokens[], size_t count, const int held[], size_t held_count,
        int vocabulary)
{
	Counts counts = { .vocabulary = vocabulary };
	for (size_t i = 2; i < count; i++)
		count_gram(&counts, tokens + i - 2, 3);
	for (int n = 0; n < 3; n++)
		counts.discount[n] = discount_of(&counts.grams[n]);
	double sum = 0;
	for (size_t i = 1; i < held_count; i++) {
		int n = i < 2 ? 2 : 3;
		sum -= double_log(probability(&counts, held + i + 1 - (size_t)n, n));
	}
	for (int n = 0; n < 3; n++) {
		arena_free(counts.grams[n].arena);
		arena_free(counts.contexts[n].arena);
	}
	return sum / (double)(held_count - 1);
}
