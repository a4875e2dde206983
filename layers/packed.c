/* The utterances are sorted by length once, so that at every step those that still go on
 * stand first; rows are then copied, in their order, between (B,T,F) and (R,F). */
#include "layers/packed.h"

#include <string.h>

/* By insertion: batches are small, and equal lengths keep their order. */
static void longest_first(int *order, const int *lengths, int batch)
{
	for (int b = 0; b < batch; b++) {
		int r = b;
		for (; r > 0 && lengths[order[r - 1]] < lengths[b]; r--)
			order[r] = order[r - 1];
		order[r] = b;
	}
}

Packed packed_new(Arena *arena, const int *lengths, int batch)
{
	Packed p = { .batch = batch };
	p.order = ARENA_ARRAY(arena, int, (size_t)batch);
	longest_first(p.order, lengths, batch);
	p.steps = batch ? lengths[p.order[0]] : 0;
	p.active = ARENA_ARRAY(arena, int, (size_t)p.steps);
	p.offset = ARENA_ARRAY(arena, int, (size_t)p.steps);
	int active = batch;
	for (int t = 0; t < p.steps; t++) {
		while (lengths[p.order[active - 1]] <= t)
			active--;
		p.active[t] = active;
		p.offset[t] = p.rows;
		p.rows += active;
	}
	return p;
}

int packed_both(const Packed *packed, int t, int u)
{
	if (u < 0 || u >= packed->steps)
		return 0;
	int with_t = packed->active[t], with_u = packed->active[u];
	return with_t < with_u ? with_t : with_u;
}

real *packed_frame(const Packed *packed, Tensor x, int r, int t)
{
	size_t T = (size_t)x.shape[1], F = (size_t)x.shape[2];
	return x.data + ((size_t)packed->order[r] * T + (size_t)t) * F;
}

void packed_gather(const Packed *packed, real *rows, Tensor x)
{
	size_t F = (size_t)x.shape[2];
	for (int t = 0; t < packed->steps; t++)
		for (int r = 0; r < packed->active[t]; r++, rows += F)
			memcpy(rows, packed_frame(packed, x, r, t), F * sizeof(real));
}

static void add(real *restrict to, const real *restrict from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		to[i] += from[i];
}

void packed_scatter_add(const Packed *packed, Tensor x, const real *rows)
{
	size_t F = (size_t)x.shape[2];
	for (int t = 0; t < packed->steps; t++)
		for (int r = 0; r < packed->active[t]; r++, rows += F)
			add(packed_frame(packed, x, r, t), rows, F);
}

static real *state_row(const Packed *packed, Tensor state, int column, int r)
{
	size_t W = (size_t)state.shape[1];
	return state.data + (size_t)packed->order[r] * W + (size_t)column;
}

void packed_state_gather(
        const Packed *packed, real *rows, Tensor state, int column, int width)
{
	size_t bytes = (size_t)width * sizeof(real);
	for (int r = 0; r < packed->batch; r++, rows += width)
		if (state.data)
			memcpy(rows, state_row(packed, state, column, r), bytes);
		else
			memset(rows, 0, bytes);
}

void packed_state_scatter_add(
        const Packed *packed, Tensor state, int column, int width, const real *rows)
{
	for (int r = 0; r < packed->batch && state.data; r++, rows += width)
		add(state_row(packed, state, column, r), rows, (size_t)width);
}
