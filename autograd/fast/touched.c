/* A list of rows, and a flag for each row that says whether it is on the list. */
#include "autograd/fast/touched.h"

#include <string.h>

static size_t row_width(const Var *x)
{
	return tensor_count(x->value) / (size_t)x->value.shape[0];
}

void touched_begin(Arena *arena, Var *x)
{
	size_t rows = (size_t)x->value.shape[0];
	x->touched = ARENA_NEW(arena, Touched);
	x->touched->rows = ARENA_ARRAY(arena, int, rows);
	x->touched->known = ARENA_ARRAY(arena, bool, rows);
}

int touched_pieces(const Var *x)
{
	if (!x->grad.data)
		return 0;
	return x->touched ? x->touched->count : 1;
}

size_t touched_piece(const Var *x, int k, size_t *count)
{
	*count = x->touched ? row_width(x) : tensor_count(x->grad);
	return x->touched ? (size_t)x->touched->rows[k] * *count : 0;
}

void touched_clear(Var *x)
{
	for (int k = 0; k < touched_pieces(x); k++) {
		size_t count, at = touched_piece(x, k, &count);
		memset(x->grad.data + at, 0, count * sizeof(real));
		if (x->touched)
			x->touched->known[x->touched->rows[k]] = false;
	}
	if (x->touched)
		x->touched->count = 0;
}
