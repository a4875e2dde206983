/* With standardised vectors x_i (D), labels y_i, N of them:
 *
 *     L = 1/N sum_i -log softmax(W x_i + b)_(y_i) + 1/(2 C N) |W|^2
 *
 * It is convex. Nesterov's method with the step 1/M, where M bounds the curvature: half of
 * the largest eigenvalue of X'X/N (softmax bends by no more), which the power method finds,
 * and 1/(C N). The momentum is that of a strongly convex function. No step size is left to
 * choose, and nothing is drawn. */
#include "emotionnet/score/probe.h"

#include "tensor/elementary.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

#include <math.h>

enum { POWER_STEPS = 30 };

static Tensor standardised(Arena *arena, Probe *probe, Tensor vectors)
{
	int N = vectors.shape[0], D = vectors.shape[1];
	Tensor x = tensor_clone(arena, vectors);
	for (int d = 0; d < D; d++) {
		double sum = 0, square = 0;
		for (int i = 0; i < N; i++)
			sum += (double)tensor_row(x, i).data[d];
		for (int i = 0; i < N; i++) {
			double apart = (double)tensor_row(x, i).data[d] - sum / N;
			square += apart * apart;
		}
		double deviation = sqrt(square / N);
		probe->mean[d] = (real)(sum / N);
		probe->scale[d] = (real)(deviation > 1e-8 ? 1 / deviation : 1);
		for (int i = 0; i < N; i++) {
			real *value = &tensor_row(x, i).data[d];
			*value = (*value - probe->mean[d]) * probe->scale[d];
		}
	}
	return x;
}

/* The largest eigenvalue of X'X/N. */
static double curvature(Arena *scratch, Tensor x)
{
	int N = x.shape[0], D = x.shape[1];
	Tensor v = tensor_full(scratch, 1, SHAPE(1, D));
	Tensor u = tensor_new(scratch, SHAPE(1, N));
	double value = 0;
	for (int step = 0; step < POWER_STEPS; step++) {
		double norm = 0;
		for (int d = 0; d < D; d++)
			norm += (double)v.data[d] * (double)v.data[d];
		norm = sqrt(norm);
		if (!(norm > 0))
			return 0;
		for (int d = 0; d < D; d++)
			v.data[d] = (real)((double)v.data[d] / norm);
		matmul(matrix_of(u), matrix_of(v), matrix_transpose(matrix_of(x)),
		        MATMUL_SET);
		matmul(matrix_of(v), matrix_of(u), matrix_of(x), MATMUL_SET);
		value = norm / N;
	}
	return value;
}

/* p - 1[y] for all rows of logits, in place, divided by N. */
static void blame(Tensor logits, const int labels[])
{
	int N = logits.shape[0], C = logits.shape[1];
	tensor_softmax(logits, logits);
	for (int i = 0; i < N; i++) {
		real *p = tensor_row(logits, i).data;
		p[labels[i]] -= 1;
		for (int c = 0; c < C; c++)
			p[c] /= (real)N;
	}
}

Probe probe_fit(Arena *arena, Tensor vectors, const int labels[], int classes,
        ProbeOptions options)
{
	int N = vectors.shape[0], D = vectors.shape[1], C = classes;
	Probe probe = { .width = D,
		.classes = C,
		.mean = ARENA_ARRAY(arena, real, (size_t)D),
		.scale = ARENA_ARRAY(arena, real, (size_t)D),
		.weights = tensor_zeros(arena, SHAPE(C, D)),
		.biases = tensor_zeros(arena, SHAPE(C)) };
	Arena *scratch = arena_new("probe");
	Tensor x = standardised(scratch, &probe, vectors);
	double hold = 1 / (options.loose * N);
	double most = (curvature(scratch, x) + 1) / 2 + hold;
	double root = sqrt(hold / most);
	real step = (real)(1 / most), momentum = (real)((1 - root) / (1 + root));
	Tensor ahead = tensor_zeros(scratch, SHAPE(C, D));
	Tensor b_ahead = tensor_zeros(scratch, SHAPE(C));
	Tensor gradient = tensor_new(scratch, SHAPE(C, D));
	Tensor logits = tensor_new(scratch, SHAPE(N, C));
	for (int s = 0; s < options.steps; s++) {
		real steepest = 0;
		Matrix start = matrix_view(b_ahead.data, N, C, 0);
		matmul_from(matrix_of(logits), start, matrix_of(x),
		        matrix_transpose(matrix_of(ahead)));
		blame(logits, labels);
		matmul(matrix_of(gradient), matrix_transpose(matrix_of(logits)),
		        matrix_of(x), MATMUL_SET);
		for (size_t i = 0; i < tensor_count(ahead); i++) {
			real slope = gradient.data[i] + (real)hold * ahead.data[i];
			real steep = slope < 0 ? -slope : slope;
			steepest = steep > steepest ? steep : steepest;
			real next = ahead.data[i] - step * slope;
			ahead.data[i] = next + momentum * (next - probe.weights.data[i]);
			probe.weights.data[i] = next;
		}
		for (int c = 0; c < C; c++) {
			real slope = 0;
			for (int i = 0; i < N; i++)
				slope += tensor_row(logits, i).data[c];
			real next = b_ahead.data[c] - step * slope;
			b_ahead.data[c] = next + momentum * (next - probe.biases.data[c]);
			probe.biases.data[c] = next;
		}
		if (options.slope > 0 && (double)steepest <= options.slope)
			break;
	}
	arena_free(scratch);
	return probe;
}

void probe_answer(const Probe *probe, const real vector[], float probabilities[])
{
	double most = -1e300, sum = 0;
	for (int c = 0; c < probe->classes; c++) {
		const real *w = tensor_row(probe->weights, c).data;
		double z = (double)probe->biases.data[c];
		for (int d = 0; d < probe->width; d++)
			z += (double)w[d] *
			     (double)((vector[d] - probe->mean[d]) * probe->scale[d]);
		probabilities[c] = (float)z;
		most = z > most ? z : most;
	}
	for (int c = 0; c < probe->classes; c++) {
		probabilities[c] = (float)double_exp((double)probabilities[c] - most);
		sum += (double)probabilities[c];
	}
	for (int c = 0; c < probe->classes; c++)
		probabilities[c] = (float)((double)probabilities[c] / sum);
}
