/* wrap: embedding_forward_at */
/* Each embedding layer, forward and backward, is the student's. */
#include "layers/embedding.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

#undef embedding_forward /* the student's function has this name */
#include "tutorials/06-words/exercise.h"

Sequence __real_embedding_forward_at(Site site, const Embedding *embedding, Tape *tape,
        const int ids[], int B, int T, const int lengths[]);
Sequence __wrap_embedding_forward_at(Site site, const Embedding *embedding, Tape *tape,
        const int ids[], int B, int T, const int lengths[]);

typedef struct Texts {
	const int *ids, *lengths; /* (B,T), (B) */
	int B, T, V, E;
} Texts;

/* Text b is given to the student's functions by itself: its ids, and its rows. */
static const int *ids_of(const Texts *s, int b)
{
	return s->ids + (size_t)b * (size_t)s->T;
}

static size_t rows_of(const Texts *s, int b)
{
	return (size_t)b * (size_t)s->T * (size_t)s->E;
}

static void check_rows(Site site, const Texts *s, const real *out, const real *table)
{
	for (int b = 0; b < s->B; b++)
		for (int t = 0; t < s->lengths[b]; t++)
			for (int e = 0; e < s->E; e++) {
				size_t at = rows_of(s, b) + (size_t)(t * s->E + e);
				double row = (double)table[ids_of(s, b)[t] * s->E + e];
				mine_require(site, "06", "your embedding_forward's out",
				        at, (double)out[at], row, fabs(row));
			}
}

/* What the gradient of the table has to be, and the size of the terms in it. */
static void check_gradient(Site site, const Texts *s, const real *found,
        const real *before, const real *d_out)
{
	Arena *arena = arena_new("mine check");
	const size_t count = (size_t)s->V * (size_t)s->E;
	double *sum = ARENA_ARRAY(arena, double, count);
	double *size = ARENA_ARRAY(arena, double, count);
	for (size_t i = 0; i < count; i++)
		size[i] = fabs(sum[i] = (double)before[i]);
	for (int b = 0; b < s->B; b++)
		for (int t = 0; t < s->lengths[b]; t++)
			for (int e = 0; e < s->E && ids_of(s, b)[t] != 0; e++) {
				size_t at = (size_t)(ids_of(s, b)[t] * s->E + e);
				double d = (double)
				        d_out[rows_of(s, b) + (size_t)(t * s->E + e)];
				sum[at] += d;
				size[at] += fabs(d);
			}
	for (size_t i = 0; i < count; i++)
		mine_require(site, "06", "your embedding_backward's d_table", i,
		        (double)found[i], sum[i], size[i]);
	arena_free(arena);
}

static void texts_backward(const Node *node)
{
	const Texts *s = node->saved;
	real *d_table = node->in[0]->grad.data;
	const real *d_out = node->out->grad.data;
	if (!d_table)
		return; /* frozen */
	Arena *arena = arena_new("mine");
	const bool check = mine_check();
	const real *before = NULL;
	if (check)
		before = tensor_from(
		        arena, d_table, (size_t)s->V * (size_t)s->E, SHAPE(s->V, s->E))
		                 .data;
	for (int b = 0; b < s->B; b++)
		embedding_backward(d_table, d_out + rows_of(s, b), ids_of(s, b),
		        s->lengths[b], s->E);
	if (check)
		check_gradient(node->site, s, d_table, before, d_out);
	arena_free(arena);
}

static const Op texts_op = { .name = "embedding_forward", .backward = texts_backward };

/* Another <pad> than id 0, or none, was not promised; wrong ids the library refuses. */
static bool promised(
        const Embedding *embedding, const int ids[], int B, int T, const int lengths[])
{
	bool good = embedding->padding == 0;
	for (int b = 0; b < B && good; b++) {
		good = lengths[b] >= 1 && lengths[b] <= T;
		for (int t = 0; t < lengths[b] && good; t++) {
			int id = ids[(size_t)b * (size_t)T + (size_t)t];
			good = id >= 0 && id < embedding->weight->value.shape[0];
		}
	}
	return good;
}

Sequence __wrap_embedding_forward_at(Site site, const Embedding *embedding, Tape *tape,
        const int ids[], int B, int T, const int lengths[])
{
	if (!promised(embedding, ids, B, T, lengths))
		return __real_embedding_forward_at(
		        site, embedding, tape, ids, B, T, lengths);
	const Tensor weight = embedding->weight->value;
	Texts *s = ARENA_NEW(tape->arena, Texts);
	*s = (Texts){ ids, lengths, B, T, weight.shape[0], weight.shape[1] };
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, T, s->E));
	for (int b = 0; b < B; b++) {
		const size_t count = (size_t)lengths[b] * (size_t)s->E;
		ArenaMark mark = arena_mark(tape->arena);
		real *room = mine_room(tape->arena, count);
		embedding_forward(room, weight.data, ids_of(s, b), lengths[b], s->E);
		mine_room_check(site, "06", "your embedding_forward's out", room, count);
		memcpy(y.data + rows_of(s, b), room, count * sizeof(real));
		sequence_clear_padding(y, b, lengths[b]);
		arena_rewind(tape->arena, mark);
	}
	if (mine_check())
		check_rows(site, s, y.data, weight.data);
	Var *out = tape_push(site, tape, &texts_op, y, s, INPUTS(embedding->weight));
	return (Sequence){ .x = out, .lengths = lengths };
}
