/* Keys lie in chunks of 128 steps, side by side: (chunks,columns,128), so that q K' for
 * one q reads a chunk of a head from its first number to its last. Values lie step by
 * step, as they came: weights times values is a sum of rows.
 *
 * Heads that share keys are a group, and groups know nothing of each other: a team of
 * threads takes one each. */
#include "layers/keys_values.h"
#include "autograd/fast/team.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"
#include "tensor/transpose.h"

#include <math.h>

enum { CHUNK = 128 }; /* steps */

static int whole(int steps) /* in whole chunks */
{
	return (steps + CHUNK - 1) / CHUNK * CHUNK;
}

KeysValues *keys_values_new_at(
        Site site, Arena *arena, int layers, int batch, int longest, int columns)
{
	if (layers < 1 || batch < 1 || longest < 1 || columns < 1)
		error_stop(site, "keys_values_new",
		        "%d layers, %d utterances, %d steps, %d columns: all must be at least 1",
		        layers, batch, longest, columns);
	KeysValues *past = ARENA_NEW(arena, KeysValues);
	*past = (KeysValues){ layers, batch, columns, longest, NULL, NULL, NULL };
	past->lengths = ARENA_ARRAY(arena, int, (size_t)batch);
	past->keys = ARENA_ARRAY(arena, real *, (size_t)layers);
	past->values = ARENA_ARRAY(arena, real *, (size_t)layers);
	size_t step = (size_t)batch * (size_t)columns * sizeof(real);
	for (int i = 0; i < layers; i++) {
		past->keys[i] = arena_alloc(arena, step * (size_t)whole(longest));
		past->values[i] = arena_alloc(arena, step * (size_t)longest);
	}
	return past;
}

static void validate(
        Site site, const KeysValues *past, const Tape *tape, Sequence k, Sequence v)
{
	if (tape->recording)
		tape_stop(site, tape, "keys_values_add",
		        "the tape records, but no gradient goes into the past. Hint: tape.recording = false, or no KeysValues.");
	const Var *both[] = { k.x, v.x };
	for (int i = 0; i < 2; i++)
		if (both[i]->value.shape[0] != past->batch ||
		        both[i]->value.shape[2] != past->columns)
			tape_stop(site, tape, "keys_values_add",
			        "%s: expected %d utterances and %d columns, as remembered",
			        var_text(i ? "values" : "keys", both[i]).text,
			        past->batch, past->columns);
	for (int b = 0; b < past->batch; b++)
		if (k.lengths[b] > past->longest - past->lengths[b])
			tape_stop(site, tape, "keys_values_add",
			        "%d steps after %d of utterance %d: there is room for %d in all",
			        k.lengths[b], past->lengths[b], b, past->longest);
}

/* Of utterance b: a chunk of keys (columns,CHUNK); all values (longest,columns). */
static Matrix keys_of(const KeysValues *past, int layer, int b, int chunk)
{
	size_t first = (size_t)b * (size_t)whole(past->longest) + (size_t)chunk * CHUNK;
	const real *keys = past->keys[layer] + first * (size_t)past->columns;
	return matrix_view(keys, past->columns, CHUNK, CHUNK);
}

static Matrix values_of(const KeysValues *past, int layer, int b)
{
	size_t size = (size_t)past->columns * (size_t)past->longest;
	const real *first = past->values[layer] + (size_t)b * size;
	return matrix_view(first, past->longest, past->columns, past->columns);
}

static Matrix steps_of(Tensor x, int b, int steps)
{
	return matrix_view(sequence_step(x, b, 0), steps, x.shape[2], x.shape[2]);
}

/* Of steps from..end-1, those from `from` on that lie in its chunk. */
static int in_chunk(int from, int end)
{
	int left = CHUNK - from % CHUNK;
	return end - from < left ? end - from : left;
}

void keys_values_add_at(
        Site site, KeysValues *past, int layer, const Tape *tape, Sequence k, Sequence v)
{
	validate(site, past, tape, k, v);
	int columns = past->columns;
	for (int b = 0; b < past->batch; b++) {
		int known = past->lengths[b], steps = k.lengths[b], end = known + steps;
		Matrix k_b = steps_of(k.x->value, b, steps);
		for (int t = known; t < end; t += in_chunk(t, end)) {
			int n = in_chunk(t, end);
			Matrix keys = keys_of(past, layer, b, t / CHUNK);
			matrix_copy(matrix_part(keys, 0, columns, t % CHUNK, n),
			        matrix_transpose(
			                matrix_part(k_b, t - known, n, 0, columns)));
		}
		Matrix values = values_of(past, layer, b);
		matrix_copy(matrix_part(values, known, steps, 0, columns),
		        steps_of(v.x->value, b, steps));
	}
}

void keys_values_advance(KeysValues *past, const int steps[])
{
	for (int b = 0; b < past->batch; b++)
		past->lengths[b] += steps[b];
}

/* ---- looking ----------------------------------------------------------------------- */

typedef struct Look {
	const KeysValues *past;
	int layer;
	const Heads *heads;
	Tensor q, y;        /* (B,T,D) */
	const int *lengths; /* (B) of q */
} Look;

/* A group of one utterance: its queries (T,sharing d), and so its answer; its values. */
typedef struct Group {
	const Look *look;
	int b, column, seen; /* where its keys begin; how many steps there are */
	Matrix q, y, values;
} Group;

static Group group_of(const Look *look, int part)
{
	const Heads *h = look->heads;
	int groups = h->count / h->sharing, d = h->width, group = part % groups;
	Group g = { .look = look, .b = part / groups, .column = group * d };
	int steps = look->lengths[g.b], columns = h->sharing * d;
	g.seen = look->past->lengths[g.b] + steps;
	g.q = matrix_part(
	        steps_of(look->q, g.b, steps), 0, steps, group * columns, columns);
	g.y = matrix_part(
	        steps_of(look->y, g.b, steps), 0, steps, group * columns, columns);
	g.values = matrix_part(
	        values_of(look->past, look->layer, g.b), 0, g.seen, g.column, d);
	return g;
}

/* Steps from.. of the group's keys, as far as their chunk goes: (d,n). */
static Matrix group_keys(const Group *g, int from)
{
	Matrix keys = keys_of(g->look->past, g->look->layer, g->b, from / CHUNK);
	return matrix_part(
	        keys, g->column, g->look->heads->width, 0, in_chunk(from, g->seen));
}

/* One step: the heads of the group are rows of one matrix, whose product reads the keys
 * once for all of them. */
static void look_of_one(Arena *scratch, const Group *g)
{
	int d = g->look->heads->width, rows = g->look->heads->sharing;
	real scale = (real)(1 / sqrt(d));
	Tensor p = tensor_new(scratch, SHAPE(rows, g->seen));
	Matrix q = matrix_view(g->q.data, rows, d, d);
	for (int from = 0; from < g->seen; from += CHUNK) {
		Matrix keys = group_keys(g, from);
		matmul(matrix_part(matrix_of(p), 0, rows, from, keys.columns), q, keys,
		        MATMUL_SET);
	}
	for (int i = 0; i < rows * g->seen; i++)
		p.data[i] *= scale;
	tensor_softmax(p, p);
	matmul(matrix_view(g->y.data, rows, d, d), matrix_of(p), g->values, MATMUL_SET);
}

/* Several: the keys are brought together first, which is little beside the products. */
static void look_of_many(Arena *scratch, const Group *g)
{
	int d = g->look->heads->width;
	Heads heads = *g->look->heads;
	heads.count = heads.sharing;
	heads.q = heads.k = heads.v = 0;
	Matrix keys = matrix_of(tensor_new(scratch, SHAPE(d, g->seen)));
	for (int from = 0; from < g->seen; from += CHUNK) {
		Matrix chunk = group_keys(g, from);
		matrix_copy(matrix_part(keys, 0, d, from, chunk.columns), chunk);
	}
	heads_apply(scratch, g->y, g->q, matrix_transpose(keys), g->values, &heads);
}

static void look_part(void *context, int part, Arena *scratch)
{
	Group g = group_of(context, part);
	(g.q.rows == 1 ? look_of_one : look_of_many)(scratch, &g);
}

Sequence keys_values_look_at(Site site, Tape *tape, Sequence q, const KeysValues *past,
        int layer, const Heads *heads)
{
	Tensor x = q.x->value, y = tensor_new_at(site, tape->arena, x.ndim, x.shape);
	Look look = { past, layer, heads, x, y, q.lengths };
	team_run(tape, past->batch * (heads->count / heads->sharing), look_part, &look);
	for (int b = 0; b < past->batch; b++)
		sequence_clear_padding(y, b, q.lengths[b]);
	return (Sequence){ tape_constant(tape, y, NULL), q.lengths };
}
