/* Pieces have 2^k cache lines, so that one fits wherever another of its size did. Those
 * given up form a list for each k; the first bytes of a piece say which is the next. */
#include "autograd/fast/reuse.h"

#include <string.h>

enum { SIZES = 40 };

typedef struct Pieces {
	Reuse reuse; /* first: the tape knows no more of it */
	void *spare[SIZES];
} Pieces;

static int size_of(size_t bytes)
{
	int k = 0;
	while ((size_t)ARENA_ALIGNMENT << k < bytes)
		k++;
	return k;
}

static void *take(Reuse *reuse, Arena *arena, size_t bytes)
{
	Pieces *pieces = (Pieces *)reuse;
	int k = size_of(bytes);
	void **piece = pieces->spare[k];
	if (!piece)
		return arena_alloc(arena, (size_t)ARENA_ALIGNMENT << k);
	pieces->spare[k] = *piece;
	return piece;
}

static void give(Reuse *reuse, Var *x)
{
	Pieces *pieces = (Pieces *)reuse;
	int k = size_of(tensor_count(x->grad) * sizeof(real));
	void **piece = (void **)(void *)x->grad.data;
	*piece = pieces->spare[k];
	pieces->spare[k] = piece;
	x->grad.data = NULL;
}

static void reset(Reuse *reuse)
{
	memset(((Pieces *)reuse)->spare, 0, sizeof((Pieces *)reuse)->spare);
}

Reuse *reuse_new(Arena *arena)
{
	Pieces *pieces = ARENA_NEW(arena, Pieces);
	pieces->reuse = (Reuse){ take, give, reset };
	return &pieces->reuse;
}
