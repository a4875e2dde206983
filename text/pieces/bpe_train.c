/* Each word that is different is kept once, with its count. A pair knows how often it
 * occurs and in which words; a heap knows the most frequent pair. A merge goes through the
 * words of its pair alone, takes away the pairs that end there and adds those that begin.
 * Counts in the heap grow old: a pair that comes up with another count than it has today
 * goes back with today's. */
#include "text/pieces/bpe_train.h"
#include "text/pieces/byte_letters.h"
#include "text/pieces/cut.h"
#include "text/pieces/normal.h"
#include "text/stringset.h"
#include "tensor/utf8.h"

#include <stdint.h>
#include <string.h>

struct BpeWords {
	Arena *arena;
	CutStep cuts[TOKENISER_STEPS + 1];
	StringSet words; /* spelled in letters of bytes */
	int64_t *counts; /* of each */
	int room;
};

BpeWords *bpe_words_new(Arena *arena, const CutStep cuts[])
{
	BpeWords *words = ARENA_NEW(arena, BpeWords);
	words->arena = arena;
	words->words = stringset_new(arena);
	for (int i = 0; i < TOKENISER_STEPS && cuts[i] != CUT_END; i++)
		words->cuts[i] = cuts[i];
	return words;
}

static void add_word(BpeWords *words, const char *letters)
{
	int before = words->words.count;
	int number = stringset_add(&words->words, letters);
	if (number == before) {
		words->counts = arena_grow(words->arena, words->counts, before,
		        &words->room, sizeof *words->counts);
		words->counts[number] = 0;
	}
	words->counts[number]++;
}

void bpe_words_add(BpeWords *words, const char *text, size_t size)
{
	static const NormalStep none[] = { NORMAL_END };
	Arena *scratch = arena_child(words->arena, "words");
	TokenBytes valid = normal_text(none, scratch, (TokenBytes){ text, size }, true);
	Cut cut = cut_text(words->cuts, scratch, valid);
	for (int i = 0; i < cut.count; i++) {
		ArenaMark mark = arena_mark(scratch);
		char *letters = arena_alloc(scratch, 2 * cut.at[i].size + 1);
		byte_letters(letters, cut.at[i].at, cut.at[i].size);
		add_word(words, letters);
		arena_rewind(scratch, mark);
	}
	arena_free(scratch);
}

/* ---- pairs -------------------------------------------------------------------------------- */

typedef struct Pair {
	int left, right;
	int64_t count; /* today's */
	int *words;    /* in which it may stand */
	int word_count, word_room;
	bool is_new; /* it has come in this merge, and is not in the heap yet */
} Pair;

typedef struct Candidate {
	int64_t count; /* of the day when it was pushed */
	int pair;
} Candidate;

typedef struct Word {
	int *tokens; /* `size` of them */
	int size;
	int64_t count;
} Word;

typedef struct Training {
	Arena *arena;
	Word *words;
	Pair *pairs;
	int pair_count, pair_room;
	int *slots; /* a hash table of pairs: number + 1, 0 where it is free */
	int slot_count;
	Candidate *heap;
	int heap_count, heap_room;
	int *fresh; /* the pairs that are new */
	int fresh_count, fresh_room;
} Training;

static int *slot_of(const Training *t, int left, int right)
{
	size_t mask = (size_t)t->slot_count - 1;
	uint64_t key = ((uint64_t)(unsigned)left << 32 | (unsigned)right) + 1;
	size_t i = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & mask;
	for (; t->slots[i]; i = (i + 1) & mask) {
		const Pair *pair = &t->pairs[t->slots[i] - 1];
		if (pair->left == left && pair->right == right)
			break;
	}
	return &t->slots[i];
}

static void grow_slots(Training *t)
{
	t->slot_count = t->slot_count ? 2 * t->slot_count : 1 << 12;
	t->slots = ARENA_ARRAY(t->arena, int, (size_t)t->slot_count);
	for (int i = 0; i < t->pair_count; i++)
		*slot_of(t, t->pairs[i].left, t->pairs[i].right) = i + 1;
}

static Pair *pair_of(Training *t, int left, int right)
{
	if (t->pair_count >= t->slot_count / 2)
		grow_slots(t);
	int *slot = slot_of(t, left, right);
	if (*slot)
		return &t->pairs[*slot - 1];
	t->pairs = arena_grow(
	        t->arena, t->pairs, t->pair_count, &t->pair_room, sizeof *t->pairs);
	t->pairs[t->pair_count] = (Pair){ .left = left, .right = right };
	*slot = ++t->pair_count;
	return &t->pairs[t->pair_count - 1];
}

/* The pair has come up once more in the word. */
static void pair_comes(Training *t, int left, int right, int word)
{
	Pair *pair = pair_of(t, left, right);
	pair->count += t->words[word].count;
	if (!pair->word_count || pair->words[pair->word_count - 1] != word) {
		pair->words = arena_grow(t->arena, pair->words, pair->word_count,
		        &pair->word_room, sizeof *pair->words);
		pair->words[pair->word_count++] = word;
	}
	if (pair->is_new)
		return;
	pair->is_new = true;
	t->fresh = arena_grow(
	        t->arena, t->fresh, t->fresh_count, &t->fresh_room, sizeof *t->fresh);
	t->fresh[t->fresh_count++] = (int)(pair - t->pairs);
}

/* ---- the heap: the most frequent pair first ----------------------------------------------- */

static bool comes_first(const Training *t, Candidate a, Candidate b)
{
	if (a.count != b.count)
		return a.count > b.count;
	const Pair *p = &t->pairs[a.pair], *q = &t->pairs[b.pair];
	return p->left != q->left ? p->left < q->left : p->right < q->right;
}

static void push(Training *t, Candidate new)
{
	t->heap = arena_grow(
	        t->arena, t->heap, t->heap_count, &t->heap_room, sizeof *t->heap);
	int i = t->heap_count++;
	for (; i > 0 && comes_first(t, new, t->heap[(i - 1) / 2]); i = (i - 1) / 2)
		t->heap[i] = t->heap[(i - 1) / 2];
	t->heap[i] = new;
}

static Candidate pop(Training *t)
{
	Candidate first = t->heap[0], last = t->heap[--t->heap_count];
	int i = 0;
	for (int child; (child = 2 * i + 1) < t->heap_count; i = child) {
		if (child + 1 < t->heap_count &&
		        comes_first(t, t->heap[child + 1], t->heap[child]))
			child++;
		if (!comes_first(t, t->heap[child], last))
			break;
		t->heap[i] = t->heap[child];
	}
	t->heap[i] = last;
	return first;
}

/* Pairs that have come join the heap with the count that they have by now. */
static void push_fresh(Training *t)
{
	for (int i = 0; i < t->fresh_count; i++) {
		Pair *pair = &t->pairs[t->fresh[i]];
		pair->is_new = false;
		if (pair->count > 0)
			push(t, (Candidate){ pair->count, t->fresh[i] });
	}
	t->fresh_count = 0;
}

/* ---- merging ------------------------------------------------------------------------------ */

/* Where `left` and `right` stand side by side in the word, they become `token`. */
static void merge_word(Training *t, int number, int left, int right, int token)
{
	Word *word = &t->words[number];
	int kept = 0;
	for (int i = 0; i < word->size; i++) {
		int *tokens = word->tokens;
		if (i + 1 == word->size || tokens[i] != left || tokens[i + 1] != right) {
			tokens[kept++] = tokens[i];
			continue;
		}
		if (kept > 0) {
			pair_of(t, tokens[kept - 1], left)->count -= word->count;
			pair_comes(t, tokens[kept - 1], token, number);
		}
		if (i + 2 < word->size) {
			pair_of(t, right, tokens[i + 2])->count -= word->count;
			pair_comes(t, token, tokens[i + 2], number);
		}
		tokens[kept++] = token;
		i++;
	}
	word->size = kept;
}

static void merge_pair(Training *t, int number, int token)
{
	/* a copy: the list of pairs moves as it grows */
	Pair pair = t->pairs[number];
	for (int i = 0; i < pair.word_count; i++)
		merge_word(t, pair.words[i], pair.left, pair.right, token);
	t->pairs[number].count = 0;
	t->pairs[number].word_count = 0;
	push_fresh(t);
}

/* ---- all ---------------------------------------------------------------------------------- */

/* The words as tokens, and all their pairs. */
static Training begin(Arena *arena, const BpeWords *words, const StringSet *tokens)
{
	Training t = { .arena = arena };
	t.words = ARENA_ARRAY(arena, Word, (size_t)words->words.count);
	for (int w = 0; w < words->words.count; w++) {
		const char *letters = words->words.names[w];
		size_t size = strlen(letters);
		Word *word = &t.words[w];
		word->count = words->counts[w];
		word->tokens = arena_alloc(arena, size * sizeof(int));
		for (size_t at = 0, bytes; at < size; at += bytes) {
			bytes = (size_t)utf8_next(letters + at, size - at).bytes;
			word->tokens[word->size++] =
			        stringset_find_bytes(tokens, letters + at, bytes);
		}
		for (int i = 0; i + 1 < word->size; i++)
			pair_comes(&t, word->tokens[i], word->tokens[i + 1], w);
	}
	push_fresh(&t);
	return t;
}

/* By code point, as Hugging Face's trainer has them. */
static void add_letters(StringSet *tokens)
{
	for (uint32_t point = 0; point < 0x200; point++) {
		char letter[5] = "";
		if (byte_of_letter(point) < 0)
			continue;
		utf8_put(letter, point);
		stringset_add(tokens, letter);
	}
}

TokeniserParts bpe_train(BpeWords *words, int count, int least,
        const char *const special[], int special_count)
{
	if (count < special_count + 256)
		error_stop(HERE, "bpe_train",
		        "%d tokens have no room for %d and 256 bytes", count,
		        special_count);
	Arena *arena = words->arena, *scratch = arena_child(arena, "training");
	StringSet tokens = stringset_new(arena);
	for (int i = 0; i < special_count; i++)
		stringset_add(&tokens, special[i]);
	add_letters(&tokens);
	Training t = begin(scratch, words, &tokens);
	const char **merges = NULL;
	int merge_count = 0, merge_room = 0;
	while (tokens.count < count && t.heap_count > 0) {
		Candidate best = pop(&t);
		const Pair *pair = &t.pairs[best.pair];
		if (best.count != pair->count) {
			best.count = pair->count;
			if (best.count > 0)
				push(&t, best);
			continue;
		}
		if (best.count < least)
			break;
		const char *left = tokens.names[pair->left];
		const char *right = tokens.names[pair->right];
		merges = arena_grow(
		        arena, merges, merge_count, &merge_room, sizeof *merges);
		merges[merge_count++] = arena_format(arena, "%s %s", left, right);
		int token = stringset_add(
		        &tokens, arena_format(scratch, "%s%s", left, right));
		merge_pair(&t, best.pair, token);
	}
	arena_free(scratch);

	TokeniserParts parts = { .path = "trained", .kind = TOKENISER_BYTES };
	int *types = ARENA_ARRAY(arena, int, (size_t)tokens.count);
	for (int i = 0; i < tokens.count; i++)
		types[i] = i < special_count ? TOKEN_CONTROL : TOKEN_NORMAL;
	parts.count = tokens.count;
	parts.tokens = tokens.names;
	parts.types = types;
	parts.merges = merges;
	parts.merge_count = merge_count;
	parts.unknown = -1;
	memcpy(parts.cuts, words->cuts, sizeof parts.cuts);
	return parts;
}
