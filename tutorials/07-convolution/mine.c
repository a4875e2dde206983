/* wrap: conv1d_forward_at conv1d_max_pool_at conv1d_max_at */
/* Each convolution is the student's, forward and backward, where windows move by one step
 * and have no gaps. Padding is put around the sequence before the student's function sees
 * it. relu and the maximum behind it stay the library's. */
#include "autograd/ops.h"
#include "layers/conv1d_max.h"
#include "layers/pool.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

#undef conv1d_forward /* the student's function has this name */
#include "tutorials/07-convolution/exercise.h"

Sequence __real_conv1d_forward_at(Site site, const Conv1d *conv, Tape *tape, Sequence s);
Sequence __wrap_conv1d_forward_at(Site site, const Conv1d *conv, Tape *tape, Sequence s);
Sequence __real_conv1d_max_pool_at(
        Site site, const Conv1d *conv, Tape *tape, Sequence s, int window);
Sequence __wrap_conv1d_max_pool_at(
        Site site, const Conv1d *conv, Tape *tape, Sequence s, int window);
Var *__real_conv1d_max_at(Site site, const Conv1d *conv, Tape *tape, Sequence s);
Var *__wrap_conv1d_max_at(Site site, const Conv1d *conv, Tape *tape, Sequence s);

static bool promised(const Conv1d *conv)
{
	return conv->stride == 1 && conv->dilation == 1;
}

/* --- one utterance between its padding --------------------------------------------------- */

typedef struct Sizes {
	int T, F, O, k; /* T with padding */
	int before;     /* steps of padding at the beginning */
} Sizes;

static Sizes sizes_of(const Conv1d *conv, int length)
{
	return (Sizes){ .T = conv->before + length + conv->after,
		.F = conv->weight->value.shape[1],
		.O = conv->weight->value.shape[0],
		.k = conv->kernel,
		.before = conv->before };
}

/* Zeros for all steps, and `from` (length,F) in its place, or nothing if it is NULL. */
static real *padded(Arena *arena, Sizes s, const real *from, int length)
{
	real *steps = tensor_zeros(arena, SHAPE(s.T, s.F)).data;
	if (from)
		memcpy(steps + s.before * s.F, from,
		        (size_t)(length * s.F) * sizeof(real));
	return steps;
}

/* --- comparing with the definition ------------------------------------------------------- */

/* A number that should be a sum; `size` is the sum of the sizes of its terms. */
typedef struct Sum {
	double sum, size;
} Sum;

static void add(Sum *to, double term)
{
	to->sum += term;
	to->size += fabs(term);
}

static void require(Site site, const char *what, int at, real found, Sum expected)
{
	mine_require(
	        site, "07", what, (size_t)at, (double)found, expected.sum, expected.size);
}

static void check_outputs(
        Site site, const real *y, const real *x, const real *w, const real *b, Sizes s)
{
	for (int t = 0; t + s.k <= s.T; t++)
		for (int o = 0; o < s.O; o++) {
			Sum expected = { 0, 0 };
			add(&expected, (double)b[o]);
			for (int i = 0; i < s.F * s.k; i++)
				add(&expected, (double)x[(t + i % s.k) * s.F + i / s.k] *
				                       (double)w[o * s.F * s.k + i]);
			require(site, "your conv1d_forward's y", t * s.O + o,
			        y[t * s.O + o], expected);
		}
}

/* Element (i,f) of x was read by tap j of window i - j. Gradients held MINE_HELD. */
static void check_inputs(
        Site site, const real *dx, const real *dy, const real *w, Sizes s)
{
	for (int i = 0; i < s.T; i++)
		for (int f = 0; f < s.F; f++) {
			Sum expected = { MINE_HELD, MINE_HELD };
			for (int j = 0; j < s.k; j++)
				for (int o = 0; o < s.O; o++)
					if (i - j >= 0 && i - j + s.k <= s.T)
						add(&expected,
						        (double)dy[(i - j) * s.O + o] *
						                (double)w[(o * s.F + f) *
						                                  s.k +
						                          j]);
			require(site, "your conv1d_backward's dx", i * s.F + f,
			        dx[i * s.F + f], expected);
		}
}

typedef struct Learnt {
	real *dw, *db; /* what one utterance adds */
} Learnt;

static void check_learnt(Site site, Learnt g, const real *dy, const real *x, Sizes s)
{
	for (int o = 0; o < s.O; o++) {
		Sum bias = { MINE_HELD, MINE_HELD };
		for (int t = 0; t + s.k <= s.T; t++)
			add(&bias, (double)dy[t * s.O + o]);
		require(site, "your conv1d_backward's db", o, g.db[o], bias);
		for (int i = 0; i < s.F * s.k; i++) {
			Sum expected = { MINE_HELD, MINE_HELD };
			for (int t = 0; t + s.k <= s.T; t++)
				add(&expected,
				        (double)dy[t * s.O + o] *
				                (double)x[(t + i % s.k) * s.F + i / s.k]);
			require(site, "your conv1d_backward's dw", o * s.F * s.k + i,
			        g.dw[o * s.F * s.k + i], expected);
		}
	}
}

/* --- the operation ----------------------------------------------------------------------- */

typedef struct Saved {
	Conv1d conv;
	const int *lengths, *steps; /* (B) of x and of y */
} Saved;

static void add_all(real *to, const real *from, size_t count)
{
	for (size_t i = 0; to && i < count; i++)
		to[i] += from[i];
}

/* One utterance. The student's function adds to zeros here; what it gives is added on. */
static void utterance_backward(const Node *node, int b)
{
	const Saved *saved = node->saved;
	const Tensor x = node->in[0]->value, dx = node->in[0]->grad;
	const Var *weight = node->in[1], *bias = node->in[2];
	const int length = saved->lengths[b];
	const Sizes s = sizes_of(&saved->conv, length);
	const size_t ws = tensor_count(weight->value);
	Arena *arena = arena_new("mine");
	const real *steps = padded(arena, s, sequence_step(x, b, 0), length);
	const real *dy = sequence_step(node->out->grad, b, 0);
	if (mine_check()) {
		real *held = mine_room(arena, (size_t)(s.T * s.F));
		const Learnt h = { mine_room(arena, ws), mine_room(arena, (size_t)s.O) };
		conv1d_backward(held, h.dw, h.db, dy, steps, weight->value.data, s.T, s.F,
		        s.O, s.k);
		check_inputs(node->site, held, dy, weight->value.data, s);
		check_learnt(node->site, h, dy, steps, s);
	}
	real *back = padded(arena, s, NULL, 0);
	Learnt g = { tensor_zeros(arena, SHAPE((int)ws)).data,
		tensor_zeros(arena, SHAPE(s.O)).data };
	conv1d_backward(
	        back, g.dw, g.db, dy, steps, weight->value.data, s.T, s.F, s.O, s.k);
	if (dx.data)
		add_all(sequence_step(dx, b, 0), back + s.before * s.F,
		        (size_t)(length * s.F));
	add_all(weight->grad.data, g.dw, ws);
	add_all(bias->grad.data, g.db, (size_t)s.O);
	arena_free(arena);
}

static void backward(const Node *node)
{
	for (int b = 0; b < node->in[0]->value.shape[0]; b++)
		utterance_backward(node, b);
}

static const Op convolution_op = { .name = "conv1d_forward", .backward = backward };

static void utterance_forward(
        Site site, Tensor y, const Conv1d *conv, Sequence x, int b, int steps)
{
	const Sizes s = sizes_of(conv, x.lengths[b]);
	Arena *arena = arena_new("mine");
	const real *in = padded(arena, s, sequence_step(x.x->value, b, 0), x.lengths[b]);
	const real *w = conv->weight->value.data, *bias = conv->bias->value.data;
	const size_t count = (size_t)steps * (size_t)s.O;
	real *out = mine_room(arena, count);
	conv1d_forward(out, in, w, bias, s.T, s.F, s.O, s.k);
	mine_room_check(site, "07", "your conv1d_forward's y", out, count);
	if (mine_check())
		check_outputs(site, out, in, w, bias, s);
	memcpy(sequence_step(y, b, 0), out, count * sizeof(real));
	sequence_clear_padding(y, b, steps);
	arena_free(arena);
}

Sequence __wrap_conv1d_forward_at(Site site, const Conv1d *conv, Tape *tape, Sequence x)
{
	if (!promised(conv))
		return __real_conv1d_forward_at(site, conv, tape, x);
	conv1d_check(site, conv, tape, "conv1d_forward", x);
	const int B = x.x->value.shape[0], T = x.x->value.shape[1];
	Tensor y = tensor_new_at(site, tape->arena,
	        SHAPE(B, conv1d_length(conv, T), conv->weight->value.shape[0]));
	int *steps = ARENA_ARRAY(tape->arena, int, (size_t)B);
	for (int b = 0; b < B; b++) {
		steps[b] = conv1d_length(conv, x.lengths[b]);
		utterance_forward(site, y, conv, x, b, steps[b]);
	}
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){ *conv, x.lengths, steps };
	Var *out = tape_push(site, tape, &convolution_op, y, saved,
	        INPUTS(x.x, conv->weight, conv->bias));
	return (Sequence){ out, steps };
}

/* --- with relu and the maximum behind it -------------------------------------------------- */

static Sequence positive(Site site, const Conv1d *conv, Tape *tape, Sequence s)
{
	Sequence y = __wrap_conv1d_forward_at(site, conv, tape, s);
	return (Sequence){ op_relu_at(site, tape, y.x), y.lengths };
}

Sequence __wrap_conv1d_max_pool_at(
        Site site, const Conv1d *conv, Tape *tape, Sequence s, int window)
{
	if (!promised(conv))
		return __real_conv1d_max_pool_at(site, conv, tape, s, window);
	return max_pool1d_at(site, tape, positive(site, conv, tape, s), window);
}

Var *__wrap_conv1d_max_at(Site site, const Conv1d *conv, Tape *tape, Sequence s)
{
	if (!promised(conv))
		return __real_conv1d_max_at(site, conv, tape, s);
	return pool_max_at(site, tape, positive(site, conv, tape, s));
}
