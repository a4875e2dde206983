/* wrap: linear_forward_at loss_binary_cross_entropy_at */
/* Each linear layer, forward and backward, is the student's; and the loss of two classes,
 * where no weights are asked for. */
#include "autograd/ops.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/loss_binary.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

#undef linear_forward /* the student's function has this name */
#include "tutorials/03-first-network/exercise.h"

Var *__real_linear_forward_at(Site site, const Linear *linear, Tape *tape, Var *x);
Var *__wrap_linear_forward_at(Site site, const Linear *linear, Tape *tape, Var *x);
Var *__real_loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits,
        Tensor targets, const BinaryCrossEntropy *settings);
Var *__wrap_loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits,
        Tensor targets, const BinaryCrossEntropy *settings);

/* --- the layer ---------------------------------------------------------------------- */

typedef struct Sizes {
	int rows, inputs, outputs;
} Sizes;

static Sizes sizes_of(const Var *x, const Var *weight)
{
	Sizes s = { .inputs = weight->value.shape[1], .outputs = weight->value.shape[0] };
	s.rows = (int)(tensor_count(x->value) / (size_t)s.inputs);
	return s;
}

static void check_outputs(
        Site site, const real *y, const real *x, const real *w, const real *b, Sizes s)
{
	for (int m = 0; m < s.rows; m++)
		for (int o = 0; o < s.outputs; o++) {
			double sum = (double)b[o], size = fabs(sum);
			for (int i = 0; i < s.inputs; i++) {
				double term = (double)x[(size_t)m * (size_t)s.inputs +
				                        (size_t)i] *
				              (double)w[o * s.inputs + i];
				sum += term;
				size += fabs(term);
			}
			size_t at = (size_t)m * (size_t)s.outputs + (size_t)o;
			mine_require(site, "03", "your linear_forward's y", at,
			        (double)y[at], sum, size);
		}
}

/* Each gradient is a product of two matrices, of which rows and columns are strides apart:
 * grad[r * columns + c] = before + sum over k of a[r * ar + k * ak] b[c * bc + k * bk]. */
typedef struct Product {
	const char *what;
	int rows, columns, terms;
	const real *a, *b;
	int ar, ak, bc, bk;
} Product;

static void check_product(Site site, Product p, const real *grad, const real *before)
{
	for (int r = 0; r < p.rows; r++)
		for (int c = 0; c < p.columns; c++) {
			size_t at = (size_t)r * (size_t)p.columns + (size_t)c;
			double sum = (double)before[at], size = fabs(sum);
			for (int k = 0; k < p.terms; k++) {
				double term = (double)p.a[r * p.ar + k * p.ak] *
				              (double)p.b[c * p.bc + k * p.bk];
				sum += term;
				size += fabs(term);
			}
			mine_require(site, "03", p.what, at, (double)grad[at], sum, size);
		}
}

static const real *copy_of(Arena *arena, const real *numbers, size_t count)
{
	return tensor_from(arena, numbers, count, SHAPE((int)count)).data;
}

/* The gradient of an input, or memory for one that nobody wants. */
static real *grad_of(Arena *arena, const Var *var, size_t count)
{
	if (var && var->grad.data)
		return var->grad.data;
	return tensor_zeros(arena, SHAPE((int)count)).data;
}

static void layer_backward(const Node *node)
{
	const Var *x = node->in[0], *weight = node->in[1], *bias = node->in[2];
	const Sizes s = sizes_of(x, weight);
	const size_t xs = tensor_count(x->value), ws = tensor_count(weight->value),
	             bs = (size_t)s.outputs;
	Arena *arena = arena_new("mine");
	real *dx = grad_of(arena, x, xs), *dw = grad_of(arena, weight, ws);
	real *db = grad_of(arena, bias, bs);
	const real *dy = node->out->grad.data, *w = weight->value.data;
	const bool check = mine_check();
	const real *dx0 = NULL, *dw0 = NULL, *db0 = NULL;
	if (check) {
		dx0 = copy_of(arena, dx, xs);
		dw0 = copy_of(arena, dw, ws);
		db0 = copy_of(arena, db, bs);
	}
	linear_backward(dx, dw, db, dy, x->value.data, w, s.rows, s.inputs, s.outputs);
	if (check) {
		static const real one = 1;
		const int I = s.inputs, O = s.outputs;
		check_product(node->site,
		        (Product){ "your linear_backward's dx", s.rows, I, O, dy, w, O, 1,
		                1, I },
		        dx, dx0);
		check_product(node->site,
		        (Product){ "your linear_backward's dw", O, I, s.rows, dy,
		                x->value.data, 1, O, 1, I },
		        dw, dw0);
		check_product(node->site,
		        (Product){ "your linear_backward's db", O, 1, s.rows, dy, &one, 1,
		                O, 0, 0 },
		        db, db0);
	}
	arena_free(arena);
}

static const Op layer_op = { .name = "linear_forward", .backward = layer_backward };

Var *__wrap_linear_forward_at(Site site, const Linear *linear, Tape *tape, Var *x)
{
	const Tensor weight = linear->weight->value;
	const int last = x->value.ndim - 1;
	if (last < 0 || x->value.shape[last] != weight.shape[1])
		return __real_linear_forward_at(site, linear, tape, x); /* says so */
	const Sizes s = sizes_of(x, linear->weight);
	Tensor y = x->value;
	y.shape[last] = s.outputs;
	y = tensor_new_at(site, tape->arena, y.ndim, y.shape);
	const real *b = linear->bias ? linear->bias->value.data
	                             : tensor_zeros(tape->arena, SHAPE(s.outputs)).data;
	linear_forward(
	        y.data, x->value.data, weight.data, b, s.rows, s.inputs, s.outputs);
	if (mine_check())
		check_outputs(site, y.data, x->value.data, weight.data, b, s);
	return tape_push(
	        site, tape, &layer_op, y, NULL, INPUTS(x, linear->weight, linear->bias));
}

/* --- the loss ----------------------------------------------------------------------- */

typedef struct Saved {
	Tensor targets;
} Saved;

static void loss_backward(const Node *node)
{
	const Saved *saved = node->saved;
	const Var *z = node->in[0];
	const size_t count = tensor_count(saved->targets);
	Arena *arena = arena_new("mine");
	real *held = mine_room(arena, count);
	logistic_backward(held, z->value.data, saved->targets.data, (int)count);
	mine_room_check(node->site, "03", "your logistic_backward's dz", held, count);
	for (size_t m = 0; m < count; m++) {
		double p = 1 / (1 + exp(-(double)z->value.data[m]));
		mine_require(node->site, "03", "your logistic_backward's dz", m,
		        (double)held[m],
		        (p - (double)saved->targets.data[m]) / (double)count + MINE_HELD,
		        1 / (double)count);
	}
	real *dz = tensor_zeros(arena, SHAPE((int)count)).data;
	logistic_backward(dz, z->value.data, saved->targets.data, (int)count);
	for (size_t m = 0; m < count; m++)
		z->grad.data[m] += node->out->grad.data[0] * dz[m];
	arena_free(arena);
}

static const Op loss_op = { .name = "loss_binary_cross_entropy",
	.backward = loss_backward };

/* Targets between 0 and 1, several columns or weights were not promised. */
static bool promised(Var *logits, Tensor targets, const BinaryCrossEntropy *settings)
{
	bool plain = !settings && tensor_count(targets) > 0 &&
	             tensor_same_shape(logits->value, targets);
	for (size_t m = 0; plain && m < tensor_count(targets); m++)
		plain = targets.data[m] == 0 || targets.data[m] == 1;
	return plain;
}

Var *__wrap_loss_binary_cross_entropy_at(Site site, Tape *tape, Var *logits,
        Tensor targets, const BinaryCrossEntropy *settings)
{
	if (!promised(logits, targets, settings))
		return __real_loss_binary_cross_entropy_at(
		        site, tape, logits, targets, settings);
	const size_t count = tensor_count(targets);
	const real *z = logits->value.data;
	real loss = logistic_forward(z, targets.data, (int)count);
	double sum = 0;
	for (size_t m = 0; m < count; m++) {
		double s = targets.data[m] > 0 ? (double)-z[m] : (double)z[m];
		sum += (fmax(s, 0) + log1p(exp(-fabs(s)))) / (double)count;
	}
	mine_require(
	        site, "03", "your logistic_forward's loss", 0, (double)loss, sum, sum);
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	saved->targets = targets;
	Tensor result = tensor_full_at(site, tape->arena, loss, SCALAR);
	return tape_push(site, tape, &loss_op, result, saved, INPUTS(logits));
}
