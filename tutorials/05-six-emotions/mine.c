/* wrap: loss_cross_entropy_at */
/* The loss of every classifier: the student's, times what the library divides by
 * differently, where a batch is cut into shards. Smoothing, and weights of single rows,
 * are the library's. */
#include "layers/loss.h"
#include "tutorials/05-six-emotions/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

Var *__real_loss_cross_entropy_at(Site site, Tape *tape, Var *logits, const int labels[],
        const CrossEntropy *settings);
Var *__wrap_loss_cross_entropy_at(Site site, Tape *tape, Var *logits, const int labels[],
        const CrossEntropy *settings);

typedef struct Saved {
	Tensor p; /* (N,C) */
	const int *labels;
	const real *weights;
	real factor; /* the weight of this batch, by the weight to divide by */
} Saved;

/* --- compared with what is right ---------------------------------------------------- */

static bool near(real found, double expected)
{
	return fabs((double)found - expected) <= 1e-5 + 1e-4 * fabs(expected);
}

static double weight_of(const real weights[], int label)
{
	return weights ? (double)weights[label] : 1;
}

/* Of all N labels together. */
static double weight_of_all(const real weights[], const int labels[], int N)
{
	double sum = 0;
	for (int i = 0; i < N; i++)
		sum += weight_of(weights, labels[i]);
	return sum;
}

/* The probability of class c in a row of logits; -log of it in `loss`. */
static double probability(const real z[], int c, int classes, double *loss)
{
	double most = (double)z[0], sum = 0;
	for (int k = 1; k < classes; k++)
		most = fmax(most, (double)z[k]);
	for (int k = 0; k < classes; k++)
		sum += exp((double)z[k] - most);
	*loss = log(sum) - ((double)z[c] - most);
	return exp((double)z[c] - most) / sum;
}

static void check_forward(
        Site site, const Saved *saved, const real *logits, real found, double total)
{
	const int N = saved->p.shape[0], C = saved->p.shape[1];
	double sum = 0, loss;
	for (int i = 0; i < N; i++) {
		for (int c = 0; c < C; c++) {
			double p = probability(logits + i * C, c, C, &loss);
			if (!near(saved->p.data[i * C + c], p))
				error_stop(site, "MINE=1",
				        "your probability (%d,%d) is %.6g, expected "
				        "%.6g. make exercise CH=05 says why.",
				        i, c, (double)saved->p.data[i * C + c], p);
		}
		probability(logits + i * C, saved->labels[i], C, &loss);
		sum += weight_of(saved->weights, saved->labels[i]) * loss;
	}
	if (!near(found, sum / total))
		error_stop(site, "MINE=1",
		        "your loss of %d rows is %.6g, expected %.6g. make exercise "
		        "CH=05 says why.",
		        N, (double)found, sum / total);
}

/* `found` held MINE_HELD before. */
static void check_backward(Site site, const Saved *saved, const real *found)
{
	const int N = saved->p.shape[0], C = saved->p.shape[1];
	const double total = weight_of_all(saved->weights, saved->labels, N);
	for (int i = 0; i < N; i++)
		for (int c = 0; c < C; c++) {
			double d_z = (double)saved->p.data[i * C + c] -
			             (c == saved->labels[i]);
			double weight = weight_of(saved->weights, saved->labels[i]);
			double expected = d_z / total * weight + MINE_HELD;
			if (!near(found[i * C + c], expected))
				error_stop(site, "MINE=1",
				        "your gradient of logit (%d,%d) is %.6g, "
				        "expected %.6g. make exercise CH=05 says why.",
				        i, c, (double)found[i * C + c], expected);
		}
}

/* --- the operation ------------------------------------------------------------------ */

static void backward(const Node *node)
{
	const Saved *saved = node->saved;
	const int N = saved->p.shape[0], C = saved->p.shape[1];
	Arena *arena = arena_new("mine");
	if (mine_check()) {
		real *held = mine_room(arena, (size_t)(N * C));
		softmax_cross_entropy_backward(
		        held, saved->p.data, saved->labels, saved->weights, N, C);
		check_backward(node->site, saved, held);
	}
	real *d_logits = ARENA_ARRAY(arena, real, (size_t)(N * C));
	softmax_cross_entropy_backward(
	        d_logits, saved->p.data, saved->labels, saved->weights, N, C);
	for (int k = 0; k < N * C; k++)
		node->in[0]->grad.data[k] +=
		        node->out->grad.data[0] * saved->factor * d_logits[k];
	arena_free(arena);
}

static const Op op = { .name = "loss_cross_entropy", .backward = backward };

/* Whether the student's function was promised this. */
static bool promised(const Var *logits, const int labels[], const CrossEntropy *settings)
{
	if (!logits || logits->value.ndim != 2 || logits->value.shape[0] < 1 ||
	        logits->value.shape[1] < 1)
		return false;
	for (int i = 0; i < logits->value.shape[0]; i++)
		if (labels[i] < 0 || labels[i] >= logits->value.shape[1])
			return false;
	return !settings || (!settings->row_weights && !(settings->smoothing > 0) &&
	                            weight_of_all(settings->class_weights, labels,
	                                    logits->value.shape[0]) > 0);
}

Var *__wrap_loss_cross_entropy_at(Site site, Tape *tape, Var *logits, const int labels[],
        const CrossEntropy *settings)
{
	if (!promised(logits, labels, settings))
		return __real_loss_cross_entropy_at(site, tape, logits, labels, settings);
	const int N = logits->value.shape[0], C = logits->value.shape[1];
	const real *weights = settings ? settings->class_weights : NULL;
	const real total = (real)weight_of_all(weights, labels, N);
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){ tensor_new(tape->arena, SHAPE(N, C)), labels, weights, 1 };
	if (settings && settings->total_weight > 0)
		saved->factor = total / settings->total_weight;
	real loss = MINE_HELD;
	softmax_cross_entropy_forward(
	        &loss, saved->p.data, logits->value.data, labels, weights, N, C);
	if (mine_check())
		check_forward(site, saved, logits->value.data, loss, (double)total);
	Tensor y = tensor_full(tape->arena, loss * saved->factor, SCALAR);
	return tape_push(site, tape, &op, y, saved, INPUTS(logits));
}
