/* A_i = x_i * integral from 0 to 1 of dF(a x)/dx_i da, the baseline being zero. With a = u^3, by the midpoint rule in u:
 *
 *     A_i ~ x_i / K * sum over k of 3 u_k^2 dF/dx_i at u_k^3 x,   u_k = (k + 1/2) / K
 *
 * The cube puts most points near the baseline, where what is divided by its own length (bilinear fusion, layer
 * normalisation) turns fastest. The sum of all A_i is F(x) - F(0) exactly for the integral. What the rule leaves of
 * that is the error, known without another step; K is doubled until it is small. The networks are piecewise smooth
 * (ReLU, maxima): a rule of higher order gains nothing at the kinks. Gradients of K points are those of K utterances
 * side by side, summed.
 *
 * Departures from the paper: F is the log-odds, not the probability; the points are not evenly spaced. */
#include "emotionnet/integrated_gradients.h"

#include "autograd/ops.h"

#include <math.h>

typedef struct Path {
	Explainer *explainer;
	const Question *question;
	int count;
	Tensor x[MAX_MODALITIES]; /* (T,E) the utterance */
	Tensor gradient
	        [MAX_MODALITIES]; /* (T,E) summed over the steps so far, weighted */
} Path;

/* Version b of each modality, times a. */
static void scale_version(const Path *path, const Versions *versions, int b, real a)
{
	for (int m = 0; m < path->count; m++) {
		Tensor x = tensor_row(versions->embedded.of[m].x->value, b);
		for (size_t i = 0; i < tensor_count(x); i++)
			x.data[i] = a * path->x[m].data[i];
	}
}

/* The gradients of steps begin..begin+count-1 of `steps`. */
static void take_steps(Path *path, int begin, int count, int steps)
{
	Tape *tape = &path->explainer->tape;
	Versions *versions =
	        explainer_versions(path->explainer, path->question, count, NULL);
	real u[EXPLAINER_BATCH];
	for (int b = 0; b < count; b++) {
		u[b] = ((real)(begin + b) + (real)0.5) / (real)steps;
		scale_version(path, versions, b, u[b] * u[b] * u[b]);
	}
	Var *scores = explainer_scores(path->explainer, path->question, versions);
	tape_backward(tape, op_sum(tape, scores));
	for (int m = 0; m < path->count; m++)
		for (int b = 0; b < count; b++) {
			Tensor g = tensor_row(versions->embedded.of[m].x->grad, b);
			for (size_t i = 0; i < tensor_count(g); i++)
				path->gradient[m].data[i] +=
				        3 * u[b] * u[b] / (real)steps * g.data[i];
		}
}

/* Scores of both ends, and the utterance itself. */
static void look_at_ends(Path *path, Arena *arena, Attribution *attribution)
{
	Versions *versions = explainer_versions(path->explainer, path->question, 2, NULL);
	path->count = attribution->count = versions->embedded.count;
	for (int m = 0; m < path->count; m++) {
		Tensor x = versions->embedded.of[m].x->value;
		path->x[m] = tensor_clone(arena, tensor_row(x, 0));
		path->gradient[m] = tensor_like(arena, path->x[m]);
		attribution->of[m] = tensor_like(arena, path->x[m]);
	}
	scale_version(path, versions, 1, 0);
	Tensor scores =
	        explainer_scores(path->explainer, path->question, versions)->value;
	attribution->score = (double)scores.data[0];
	attribution->baseline = (double)scores.data[1];
}

static void follow(Path *path, Attribution *attribution)
{
	int steps = attribution->steps;
	for (int m = 0; m < path->count; m++)
		tensor_fill(path->gradient[m], 0);
	for (int begin = 0; begin < steps; begin += EXPLAINER_BATCH)
		take_steps(path, begin,
		        steps - begin < EXPLAINER_BATCH ? steps - begin : EXPLAINER_BATCH,
		        steps);
	attribution->sum = 0;
	for (int m = 0; m < path->count; m++) {
		Tensor a = attribution->of[m];
		for (size_t i = 0; i < tensor_count(a); i++) {
			a.data[i] = path->x[m].data[i] * path->gradient[m].data[i];
			attribution->sum += (double)a.data[i];
		}
	}
}

Attribution integrated_gradients(
        Explainer *explainer, Arena *arena, const Question *question)
{
	Path path = { .explainer = explainer, .question = question };
	Attribution attribution = { .steps = PATH_LEAST };
	look_at_ends(&path, arena, &attribution);
	double change = attribution.score - attribution.baseline;
	double tolerance = fmax(COMPLETENESS * fabs(change), COMPLETENESS_LEAST);
	for (;;) {
		follow(&path, &attribution);
		attribution.complete = fabs(attribution.sum - change) <= tolerance;
		if (attribution.complete || attribution.steps >= PATH_MOST)
			return attribution;
		attribution.steps *= 2;
	}
}

double attribution_piece(const Attribution *attribution, const Piece *piece)
{
	Tensor a = attribution->of[piece->place];
	double sum = 0;
	for (int t = piece->begin; t < piece->end; t++)
		for (int e = piece->low; e < piece->high; e++)
			sum += (double)tensor_row(a, t).data[e];
	return sum;
}
