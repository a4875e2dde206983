/* Cross-entropy of the softmax. With p_bc = exp(x_bc) / sum_k exp(x_bk), y_b the label,
 * w_c the class weights, v_b those of the rows, e the smoothing (Szegedy et al. 2016),
 * and W = sum_b v_b w_{y_b}:
 *
 *     loss = 1/W sum_b v_b [ (1-e) w_{y_b} (-log p_b{y_b}) + e/C sum_c w_c (-log p_bc) ]
 *
 * Gradient. log p_bc = x_bc - log sum_k exp(x_bk), so d(-log p_bc)/dx_bk = p_bk - [k =
 * c], and
 *
 *     dx_bk = v_b/W [ (1-e) w_{y_b} (p_bk - [k = y_b]) + e/C (p_bk sum_c w_c - w_k) ]
 *
 * Softmax and logarithm are one (tensor_log_softmax), so that a probability that rounds
 * to 0 still has its logarithm. */
#include "layers/loss.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

typedef struct Saved {
	Tensor log_p; /* (B,C) */
	const int *labels;
	const real *weights; /* (C), or NULL */
	const real *rows;    /* (B), or NULL */
	real smoothing, total;
} Saved;

static real weight_of(const real weights[], int c)
{
	return weights ? weights[c] : 1;
}

static real sum_of_weights(const real weights[], int C)
{
	real sum = 0;
	for (int c = 0; c < C; c++)
		sum += weight_of(weights, c);
	return sum;
}

static void cross_entropy_backward(const Node *node)
{
	const Saved *saved = node->saved;
	Tensor dx = node->in[0]->grad;
	int B = dx.shape[0], C = dx.shape[1];
	real upstream = node->out->grad.data[0] / saved->total;
	real sum = sum_of_weights(saved->weights, C);
	for (int b = 0; b < B; b++) {
		const real *log_p = saved->log_p.data + (size_t)b * (size_t)C;
		real *dx_b = dx.data + (size_t)b * (size_t)C;
		int y = saved->labels[b];
		real scale = upstream * weight_of(saved->rows, b);
		real spread = scale * saved->smoothing / (real)C;
		real hit = scale * (1 - saved->smoothing) * weight_of(saved->weights, y);
		for (int k = 0; k < C; k++)
			dx_b[k] += real_exp(log_p[k]) * (hit + spread * sum);
		dx_b[y] -= hit;
		if (saved->smoothing > 0)
			for (int k = 0; k < C; k++)
				dx_b[k] -= spread * weight_of(saved->weights, k);
	}
}

static const Op cross_entropy_op = { .name = "loss_cross_entropy",
	.backward = cross_entropy_backward };

/* The loss of one utterance, not yet divided by the total weight. */
static real surprise(const Saved *saved, int b)
{
	int C = saved->log_p.shape[1], y = saved->labels[b];
	const real *log_p = saved->log_p.data + (size_t)b * (size_t)C;
	real hit = (1 - saved->smoothing) * weight_of(saved->weights, y) * -log_p[y];
	if (!(saved->smoothing > 0))
		return hit;
	real all = 0;
	for (int k = 0; k < C; k++)
		all -= weight_of(saved->weights, k) * log_p[k];
	return hit + saved->smoothing / (real)C * all;
}

static void validate(Site site, const Tape *tape, const Var *logits, const int labels[],
        const CrossEntropy *settings)
{
	const char *operation = "loss_cross_entropy";
	var_require(site, tape, operation, "logits", logits);
	if (logits->value.ndim != 2 || logits->value.shape[1] < 1)
		tape_stop(site, tape, operation, "%s: expected (batch, classes)",
		        var_text("logits", logits).text);
	int B = logits->value.shape[0], C = logits->value.shape[1];
	for (int b = 0; b < B; b++)
		if (labels[b] < 0 || labels[b] >= C)
			tape_stop(site, tape, operation,
			        "%s: labels[%d] is %d, expected 0 to %d",
			        var_text("logits", logits).text, b, labels[b], C - 1);
	if (!(settings->smoothing >= 0 && settings->smoothing <= 1))
		tape_stop(site, tape, operation, "smoothing %g: expected 0 to 1",
		        (double)settings->smoothing);
}

Var *loss_cross_entropy_at(Site site, Tape *tape, Var *logits, const int labels[],
        const CrossEntropy *settings)
{
	CrossEntropy plain = { 0 };
	if (!settings)
		settings = &plain;
	validate(site, tape, logits, labels, settings);
	int B = logits->value.shape[0], C = logits->value.shape[1];
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){
		.log_p = tensor_new_at(site, tape->arena, SHAPE(B, C)),
		.labels = labels,
		.weights = settings->class_weights,
		.rows = settings->row_weights,
		.smoothing = settings->smoothing,
		.total = settings->total_weight,
	};
	for (int b = 0; b < B && !(settings->total_weight > 0); b++)
		saved->total +=
		        weight_of(saved->rows, b) * weight_of(saved->weights, labels[b]);
	if (!(saved->total > 0))
		tape_stop(site, tape, "loss_cross_entropy",
		        "%s: the weights of the %d labels sum to %g, and a mean needs more than 0",
		        var_text("logits", logits).text, B, (double)saved->total);
	tensor_log_softmax_at(site, saved->log_p, logits->value);
	real sum = 0;
	for (int b = 0; b < B; b++)
		sum += weight_of(saved->rows, b) * surprise(saved, b);
	Tensor loss = tensor_full_at(site, tape->arena, sum / saved->total, SCALAR);
	return tape_push(site, tape, &cross_entropy_op, loss, saved, INPUTS(logits));
}
