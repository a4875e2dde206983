/* With u_i = a_i/|a_i|, v_j = b_j/|b_j| and the temperature t:
 *
 *     s_ij = u_i . v_j / t      P = softmax of each row of s      Q = softmax of each column
 *     loss = -1/(2B) sum_i (log P_ii + log Q_ii)
 *
 * Gradient. Each half is a cross-entropy with label i, so ds = 1/(2B) (P + Q - 2 I), and
 *
 *     du = ds v / t      dv = ds' u / t      da_i = (du_i - u_i (u_i . du_i)) / |a_i|
 *
 * the last because only what turns a_i changes u_i, not what lengthens it. A row that is
 * shorter than 1e-12 is divided by that instead, as in PyTorch's F.normalize. */
#include "layers/loss_contrastive.h"
#include "tensor/elementary.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

static const real shortest = (real)1e-12;

typedef struct Side {
	Tensor unit;  /* (B,D) the rows, of length 1 */
	real *length; /* (B) what they were divided by */
	Tensor log_p; /* (B,B) log P; of the other side: log Q, transposed */
	Tensor du;    /* (B,D) scratch of the backward */
} Side;

typedef struct Saved {
	Side a, b;
	Tensor ds; /* (B,B) scratch of the backward */
	real temperature;
} Saved;

/* dx of one side, added, from du. */
static void normalise_backward(Tensor dx, const Side *side)
{
	size_t D = (size_t)dx.shape[1];
	for (int i = 0; i < dx.shape[0]; i++) {
		const real *u = side->unit.data + (size_t)i * D;
		const real *du = side->du.data + (size_t)i * D;
		real *dx_i = dx.data + (size_t)i * D;
		real along = side->length[i] > shortest ? real_dot(u, du, D) : 0;
		for (size_t d = 0; d < D; d++)
			dx_i[d] += (du[d] - u[d] * along) / side->length[i];
	}
}

static void info_nce_backward(const Node *node)
{
	const Saved *saved = node->saved;
	const Side *a = &saved->a, *b = &saved->b;
	int B = saved->ds.shape[0];
	real scale = node->out->grad.data[0] / (2 * (real)B * saved->temperature);
	for (int i = 0; i < B; i++)
		for (int j = 0; j < B; j++) {
			size_t ij = (size_t)i * (size_t)B + (size_t)j;
			size_t ji = (size_t)j * (size_t)B + (size_t)i;
			real p = real_exp(a->log_p.data[ij]);
			real q = real_exp(b->log_p.data[ji]);
			saved->ds.data[ij] = scale * (p + q - (i == j ? 2 : 0));
		}
	Matrix ds = matrix_of(saved->ds);
	if (node->in[0]->grad.data) {
		matmul(matrix_of(a->du), ds, matrix_of(b->unit), MATMUL_SET);
		normalise_backward(node->in[0]->grad, a);
	}
	if (node->in[1]->grad.data) {
		matmul(matrix_of(b->du), matrix_transpose(ds), matrix_of(a->unit),
		        MATMUL_SET);
		normalise_backward(node->in[1]->grad, b);
	}
}

static const Op info_nce_op = { .name = "loss_info_nce", .backward = info_nce_backward };

static Side normalise(Arena *arena, Tensor x)
{
	int B = x.shape[0], D = x.shape[1];
	Side side = {
		.unit = tensor_new(arena, SHAPE(B, D)),
		.length = arena_alloc(arena, (size_t)B * sizeof(real)),
		.log_p = tensor_new(arena, SHAPE(B, B)),
		.du = tensor_new(arena, SHAPE(B, D)),
	};
	for (int i = 0; i < B; i++) {
		const real *x_i = x.data + (size_t)i * (size_t)D;
		real *u = side.unit.data + (size_t)i * (size_t)D;
		real length = real_sqrt(real_dot(x_i, x_i, (size_t)D));
		side.length[i] = length > shortest ? length : shortest;
		for (int d = 0; d < D; d++)
			u[d] = x_i[d] / side.length[i];
	}
	return side;
}

/* log softmax of the rows of u v' / t; returns the sum of its diagonal. */
static real compare(const Side *from, const Side *to, real temperature)
{
	Tensor s = from->log_p;
	matmul(matrix_of(s), matrix_of(from->unit), matrix_transpose(matrix_of(to->unit)),
	        MATMUL_SET);
	for (size_t i = 0; i < tensor_count(s); i++)
		s.data[i] /= temperature;
	tensor_log_softmax(s, s);
	real sum = 0;
	for (int i = 0; i < s.shape[0]; i++)
		sum += s.data[(size_t)i * (size_t)s.shape[0] + (size_t)i];
	return sum;
}

Var *loss_info_nce_at(Site site, Tape *tape, Var *a, Var *b, real temperature)
{
	const char *operation = "loss_info_nce";
	var_require(site, tape, operation, "a", a);
	var_require(site, tape, operation, "b", b);
	if (a->value.ndim != 2 || !tensor_same_shape(a->value, b->value) ||
	        a->value.shape[0] < 1)
		tape_stop(site, tape, operation,
		        "%s and %s: expected (batch, width) twice", var_text("a", a).text,
		        var_text("b", b).text);
	if (!(temperature > 0))
		tape_stop(site, tape, operation, "temperature %g: expected more than 0",
		        (double)temperature);
	int B = a->value.shape[0];
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){
		.a = normalise(tape->arena, a->value),
		.b = normalise(tape->arena, b->value),
		.ds = tensor_new_at(site, tape->arena, SHAPE(B, B)),
		.temperature = temperature,
	};
	real sum = compare(&saved->a, &saved->b, temperature);
	sum += compare(&saved->b, &saved->a, temperature);
	Tensor loss = tensor_full_at(site, tape->arena, -sum / (2 * (real)B), SCALAR);
	return tape_push(site, tape, &info_nce_op, loss, saved, INPUTS(a, b));
}
