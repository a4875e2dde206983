/* Mean squared error: l = 1/W sum (x - y)^2, dx = 2/W (x - y).
 *
 * Mean absolute error: l = 1/W sum |x - y|, dx = 1/W sign (x - y), 0 where they are equal.
 *
 * Concordance of x and y, each of n numbers with means m, population variances v,
 * covariance s:
 *
 *     C = 2 s / k,    k = v_x + v_y + (m_x - m_y)^2
 *
 * It is the correlation, made smaller where the two differ in mean or in scale. Gradient:
 * with a = x - m_x and b = y - m_y,
 *
 *     ds/dx_i = b_i/n     dk/dx_i = 2/n (a_i + m_x - m_y)     dC = 2 ds/k - C dk/k, so
 *     dC/dx_i = 2/(n k) (b_i - C (a_i + m_x - m_y)) = 2/(n k) (b_i - C (x_i - m_y)) */
#include "layers/loss_regression.h"

static void same_shape(
        Site site, const Tape *tape, const char *operation, const Var *x, Tensor targets)
{
	var_require(site, tape, operation, "x", x);
	if (!tensor_same_shape(x->value, targets))
		tape_stop(site, tape, operation, "%s and targets %s: the shapes differ",
		        var_text("x", x).text, tensor_shape_text(targets).text);
	if (tensor_count(targets) == 0)
		tape_stop(site, tape, operation, "%s: no elements, and so no mean",
		        var_text("x", x).text);
}

/* ---- mean squared and mean absolute error ------------------------------------------ */

typedef struct Apart {
	Tensor targets;
	real total;
} Apart;

static void squared_backward(const Node *node)
{
	const Apart *saved = node->saved;
	const real *x = node->in[0]->value.data, *y = saved->targets.data;
	real scale = 2 * node->out->grad.data[0] / saved->total;
	for (size_t i = 0; i < tensor_count(saved->targets); i++)
		node->in[0]->grad.data[i] += scale * (x[i] - y[i]);
}

static const Op squared_op = { .name = "loss_mean_squared",
	.backward = squared_backward };

/* l = 1/W sum of `apart` of each element. */
static Var *mean_apart(Site site, Tape *tape, const Op *op, Var *x, Tensor targets,
        real total_weight, real apart(real difference))
{
	same_shape(site, tape, op->name, x, targets);
	size_t count = tensor_count(targets);
	Apart *saved = ARENA_NEW(tape->arena, Apart);
	saved->targets = targets;
	saved->total = total_weight > 0 ? total_weight : (real)count;
	real sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += apart(x->value.data[i] - targets.data[i]);
	Tensor loss = tensor_full_at(site, tape->arena, sum / saved->total, SCALAR);
	return tape_push(site, tape, op, loss, saved, INPUTS(x));
}

static real squared(real x)
{
	return x * x;
}

static real absolute(real x)
{
	return x < 0 ? -x : x;
}

Var *loss_mean_squared_at(
        Site site, Tape *tape, Var *x, Tensor targets, real total_weight)
{
	return mean_apart(site, tape, &squared_op, x, targets, total_weight, squared);
}

static void absolute_backward(const Node *node)
{
	const Apart *saved = node->saved;
	const real *x = node->in[0]->value.data, *y = saved->targets.data;
	real scale = node->out->grad.data[0] / saved->total;
	for (size_t i = 0; i < tensor_count(saved->targets); i++)
		node->in[0]->grad.data[i] +=
		        scale * (real)((x[i] > y[i]) - (x[i] < y[i]));
}

static const Op absolute_op = { .name = "loss_mean_absolute",
	.backward = absolute_backward };

Var *loss_mean_absolute_at(
        Site site, Tape *tape, Var *x, Tensor targets, real total_weight)
{
	return mean_apart(site, tape, &absolute_op, x, targets, total_weight, absolute);
}

/* ---- concordance ------------------------------------------------------------------- */

typedef struct Concordance {
	real mean_y, k, ccc; /* m_y, k, C */
} Concordance;

/* Of one column of x and y, whose numbers lie `step` apart. */
static Concordance concordance(const real *x, const real *y, int n, int step)
{
	real mean_x = 0, mean_y = 0, squares = 0, products = 0;
	for (int i = 0; i < n; i++) {
		mean_x += x[(size_t)i * (size_t)step];
		mean_y += y[(size_t)i * (size_t)step];
	}
	mean_x /= (real)n;
	mean_y /= (real)n;
	for (int i = 0; i < n; i++) {
		real a = x[(size_t)i * (size_t)step] - mean_x;
		real b = y[(size_t)i * (size_t)step] - mean_y;
		squares += a * a + b * b;
		products += a * b;
	}
	real apart = mean_x - mean_y, k = squares / (real)n + apart * apart;
	return (Concordance){ mean_y, k, k > 0 ? 2 * products / ((real)n * k) : 0 };
}

typedef struct Columns {
	Tensor targets;
	Concordance *column; /* (D) */
	int n, count;        /* B, D */
} Columns;

static void concordance_backward(const Node *node)
{
	const Columns *saved = node->saved;
	real scale = -node->out->grad.data[0] / (real)saved->count;
	for (int i = 0; i < saved->n; i++)
		for (int d = 0; d < saved->count; d++) {
			const Concordance *c = &saved->column[d];
			size_t at = (size_t)i * (size_t)saved->count + (size_t)d;
			real x = node->in[0]->value.data[at], y = saved->targets.data[at];
			real slope = y - c->mean_y - c->ccc * (x - c->mean_y);
			if (c->k > 0)
				node->in[0]->grad.data[at] +=
				        scale * 2 / ((real)saved->n * c->k) * slope;
		}
}

static const Op concordance_op = { .name = "loss_concordance",
	.backward = concordance_backward };

Var *loss_concordance_at(Site site, Tape *tape, Var *x, Tensor targets)
{
	same_shape(site, tape, "loss_concordance", x, targets);
	if (targets.ndim < 1 || targets.ndim > 2 || targets.shape[0] < 2)
		tape_stop(site, tape, "loss_concordance",
		        "%s: expected (batch) or (batch, values), of at least 2 utterances",
		        var_text("x", x).text);
	Columns *saved = ARENA_NEW(tape->arena, Columns);
	saved->targets = targets;
	saved->n = targets.shape[0];
	saved->count = targets.ndim == 2 ? targets.shape[1] : 1;
	saved->column = ARENA_ARRAY(tape->arena, Concordance, (size_t)saved->count);
	real sum = 0;
	for (int d = 0; d < saved->count; d++) {
		saved->column[d] = concordance(
		        x->value.data + d, targets.data + d, saved->n, saved->count);
		sum += 1 - saved->column[d].ccc;
	}
	Tensor loss = tensor_full_at(site, tape->arena, sum / (real)saved->count, SCALAR);
	return tape_push(site, tape, &concordance_op, loss, saved, INPUTS(x));
}
