/* Keys lie with the steps side by side, so that q K' for one q reads them from the first
 * to the last in long runs; values lie step by step, as they came, for the same reason:
 * weights times values is a sum of rows. */
#include "layers/keys_values.h"
#include "tensor/transpose.h"

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
	size_t bytes = (size_t)batch * (size_t)longest * (size_t)columns * sizeof(real);
	for (int i = 0; i < layers; i++) {
		past->keys[i] = arena_alloc(arena, bytes);
		past->values[i] = arena_alloc(arena, bytes);
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

static size_t size_of(const KeysValues *past)
{
	return (size_t)past->columns * (size_t)past->longest;
}

/* Of utterance b: (columns,longest) and (longest,columns). */
static Matrix keys_of(const KeysValues *past, int layer, int b)
{
	const real *first = past->keys[layer] + (size_t)b * size_of(past);
	return matrix_view(first, past->columns, past->longest, past->longest);
}

static Matrix values_of(const KeysValues *past, int layer, int b)
{
	const real *first = past->values[layer] + (size_t)b * size_of(past);
	return matrix_view(first, past->longest, past->columns, past->columns);
}

void keys_values_add_at(
        Site site, KeysValues *past, int layer, const Tape *tape, Sequence k, Sequence v)
{
	validate(site, past, tape, k, v);
	int columns = past->columns;
	for (int b = 0; b < past->batch; b++) {
		int known = past->lengths[b], steps = k.lengths[b];
		Matrix k_b = matrix_view(
		        sequence_step(k.x->value, b, 0), steps, columns, columns);
		Matrix v_b = matrix_view(
		        sequence_step(v.x->value, b, 0), steps, columns, columns);
		matrix_copy(
		        matrix_part(keys_of(past, layer, b), 0, columns, known, steps),
		        matrix_transpose(k_b));
		matrix_copy(
		        matrix_part(values_of(past, layer, b), known, steps, 0, columns),
		        v_b);
	}
}

void keys_values_advance(KeysValues *past, const int steps[])
{
	for (int b = 0; b < past->batch; b++)
		past->lengths[b] += steps[b];
}

/* One step: the heads that share keys are rows of one matrix, whose product reads the keys
 * once for all of them. */
static void look_of_one(
        Arena *scratch, Matrix y, Matrix q, Matrix k, Matrix v, const Heads *heads)
{
	int d = heads->width, rows = heads->sharing;
	Heads one = { .count = 1, .width = d, .sharing = 1, .mask = ATTENTION_ALL };
	for (int first = 0; first < heads->count; first += rows) {
		Matrix q_rows = matrix_view(q.data + first * d, rows, d, d);
		Matrix y_rows = matrix_view(y.data + first * d, rows, d, d);
		one.k = one.v = first / rows * d;
		heads_apply(scratch, y_rows, q_rows, k, v, &one);
	}
}

Sequence keys_values_look_at(Site site, Tape *tape, Sequence q, const KeysValues *past,
        int layer, const Heads *heads)
{
	Tensor x = q.x->value;
	int D = x.shape[2], columns = past->columns;
	Tensor y = tensor_new_at(site, tape->arena, x.ndim, x.shape);
	for (int b = 0; b < past->batch; b++) {
		int steps = q.lengths[b], seen = past->lengths[b] + steps;
		Matrix k = matrix_part(keys_of(past, layer, b), 0, columns, 0, seen);
		Matrix v = matrix_part(values_of(past, layer, b), 0, seen, 0, columns);
		Matrix q_b = matrix_view(sequence_step(x, b, 0), steps, D, D);
		Matrix y_b = matrix_view(sequence_step(y, b, 0), steps, D, D);
		(steps == 1 ? look_of_one : heads_apply)(
		        tape->arena, y_b, q_b, matrix_transpose(k), v, heads);
		sequence_clear_padding(y, b, steps);
	}
	return (Sequence){ tape_constant(tape, y, NULL), q.lengths };
}
