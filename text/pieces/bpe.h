/* bpe.h: pieces in a row, of which two neighbours become one, again and again: byte-pair
 * encoding (Gage 1994; Sennrich et al. 2016). */
#ifndef TEXT_PIECES_BPE_H
#define TEXT_PIECES_BPE_H

#include "tensor/arena.h"

#include <stddef.h>
#include <stdint.h>

/* ---- which pairs are merged -------------------------------------------------------------- */

/* What two neighbours become: a token, and how early: the lowest rank first. */
typedef struct Merge {
	int token; /* -1: they stay two */
	float rank;
} Merge;

/* A table of pairs of tokens. */
typedef struct Merges {
	Arena *arena;
	uint64_t secret; /* as StringSet's */
	struct MergeSlot {
		uint64_t pair; /* left in the high half, right + 1 in the low; 0: free */
		Merge merge;
	} * slots;
	int count, slot_count;
} Merges;

Merges merges_new(Arena *arena, uint64_t secret);
/* A pair that is there already takes the new merge. */
void merges_add(Merges *merges, int left, int right, Merge merge);
Merge merges_find(const Merges *merges, int left, int right);

/* ---- merging ------------------------------------------------------------------------------ */

typedef struct Piece {
	const char *at; /* its bytes in the text */
	size_t size;
	int token;         /* -1: of no token */
	int before, after; /* its neighbours; -1: none. Of bpe_merge alone. */
} Piece;

typedef Merge MergeRule(const void *context, const Piece *left, const Piece *right);

/* A word while its pieces are merged; it is used for one word after another. */
typedef struct Pieces {
	Arena *arena;
	Piece *at; /* `count` of them */
	int count, room;
	struct Candidate *heap;
	int heap_count, heap_room;
} Pieces;

void pieces_add(Pieces *pieces, const char *at, size_t size, int token);

/* Merges the pair of the lowest rank, of two the first in the text, until no rule merges
 * any. What is left stands at the beginning of the list in its order. n pieces take
 * O(n log n) steps. */
void bpe_merge(Pieces *pieces, MergeRule *rule, const void *context);

#endif
