#include "tutorials/milestone/parts.h"
#include "audio/mel/settings.h"
#include "autograd/ops.h"
#include "emotionnet/join.h"
#include "emotionnet/score/calibration.h"
#include "layers/align.h"
#include "layers/attention.h"
#include "layers/conv1d.h"
#include "layers/conv1d_max.h"
#include "layers/dropout.h"
#include "layers/embedding.h"
#include "layers/experts.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "layers/loss_binary.h"
#include "layers/lstm.h"
#include "layers/pool.h"
#include "optim/adam.h"
#include "optim/sgd.h"
#include "tensor/matmul.h"

#include <math.h>

static Tensor normal(Arena *arena, Rng *rng, int ndim, const int shape[])
{
	Tensor x = tensor_new(arena, ndim, shape);
	for (size_t i = 0; i < tensor_count(x); i++)
		x.data[i] = (real)rng_normal(rng);
	return x;
}

/* With a gradient that is not zero at first. */
static Var *variable(Tape *tape, Rng *rng, int ndim, const int shape[])
{
	Var *x = tape_variable(tape, normal(tape->arena, rng, ndim, shape), "x");
	x->grad = normal(tape->arena, rng, ndim, shape);
	return x;
}

/* Gradients that are not zero at first. */
static void hold(const Params *params, Rng *rng)
{
	for (int i = 0; i < params->count; i++) {
		Tensor grad = params->items[i]->grad;
		for (size_t k = 0; k < tensor_count(grad); k++)
			grad.data[k] = (real)rng_normal(rng);
	}
}

/* Backward, each number of y with a weight of its own. */
static void back(Tape *tape, Rng *rng, Var *y)
{
	Tensor weights = normal(tape->arena, rng, y->value.ndim, y->value.shape);
	tape_backward(
	        tape, op_sum(tape, op_mul(tape, y, tape_constant(tape, weights, "w"))));
}

/* ---- 01 to 05 ------------------------------------------------------------------------- */

static Matrix matrix(Tape *tape, Rng *rng, int rows, int columns)
{
	return matrix_of(normal(tape->arena, rng, SHAPE(rows, columns)));
}

static void product(Tape *tape, Rng *rng)
{
	static const int sizes[][3] = { { 2, 4, 3 }, { 5, 3, 7 }, { 1, 6, 2 },
		{ 4, 1, 5 } };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		const int M = sizes[i][0], K = sizes[i][1], N = sizes[i][2];
		Matrix out = matrix(tape, rng, M, N),
		       wide = matrix(tape, rng, M + 2, K + 3);
		Matrix a = matrix(tape, rng, M, K), b = matrix(tape, rng, K, N);
		matmul(out, a, b, MATMUL_SET);
		matmul(out, a, b, MATMUL_ADD);
		matmul(out, matrix_transpose(matrix(tape, rng, K, M)), b, MATMUL_SET);
		matmul(out, a, matrix_transpose(matrix(tape, rng, N, K)), MATMUL_SET);
		matmul(out, matrix_part(wide, 1, M, 2, K), b, MATMUL_SET);
		matmul(out, a, matrix_part(matrix(tape, rng, K + 1, N + 2), 1, K, 1, N),
		        MATMUL_SET);
	}
}

static void gain_and_shift(Tape *tape, Rng *rng)
{
	Var *x = variable(tape, rng, SHAPE(5, 3));
	Var *y = op_mul(tape, x, variable(tape, rng, SHAPE(3)));
	back(tape, rng, op_add(tape, y, variable(tape, rng, SHAPE(3))));
	Var *z = op_mul(tape, variable(tape, rng, SHAPE(4, 2, 3)),
	        variable(tape, rng, SHAPE(4, 1, 3)));
	back(tape, rng, z);
}

static void neuron(Tape *tape, Rng *rng)
{
	Params params = params_new(tape->arena);
	const Linear layer = linear_new(&params, "layer", 3, 4, rng);
	hold(&params, rng);
	for (int rows = 5; rows > 0; rows -= 4) {
		Var *z =
		        linear_forward(&layer, tape, variable(tape, rng, SHAPE(rows, 3)));
		back(tape, rng, z);
		Tensor t = tensor_zeros(tape->arena, SHAPE(rows, 4));
		for (int i = 0; i < rows * 4; i += 2)
			t.data[i] = 1;
		Var *wide = op_scale(tape, z, 300); /* sure, and sometimes wrong */
		tape_backward(tape, loss_binary_cross_entropy(tape, wide, t, NULL));
	}
}

static void steps(Tape *tape, Rng *rng)
{
	enum { N = 7 };
	Params params = params_new(tape->arena);
	Var *w = params_add(&params, NULL, "w", SHAPE(N));
	Adam adam = adam_new(tape->arena, &params, 0.1);
	Sgd sgd = sgd_new(tape->arena, &params, 0.05, 0.9);
	for (int step = 0; step < 4; step++) {
		hold(&params, rng);
		w->grad.data[1] *= (real)1e-8; /* as small as epsilon, */
		w->grad.data[2] = 0;           /* and nothing at all */
		adam_step(&adam);
		sgd_step(&sgd);
	}
}

static void surprise(Tape *tape, Rng *rng)
{
	enum { B = 6, C = 4 };
	static const int labels[B] = { 1, 3, 0, 2, 2, 1 }; /* 0 in row 2 */
	static const real weights[C] = { 1, 3, (real)0.5, 2 };
	static const real moved[] = { 0, 0, 300, -300, 80 };
	const CrossEntropy weighted = { .class_weights = weights };
	for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++) {
		Var *z = variable(tape, rng, SHAPE(B, C));
		for (int k = 0; k < B * C; k++) /* the last time each row by itself */
			z->value.data[k] += moved[i] * (i == 4 ? (real)(k / C - 2) : 1);
		if (i == 4) /* the first logit far below, and a label's */
			for (int b = 1; b < 3; b++)
				z->value.data[b * C] -= 200;
		tape_backward(
		        tape, loss_cross_entropy(tape, z, labels, i ? &weighted : NULL));
	}
}

/* ---- 06 to 10 ------------------------------------------------------------------------- */

enum { B = 3, T = 6, F = 4 };
static const int lengths[B] = { 6, 1, 4 };

static Sequence sequence(Tape *tape, Rng *rng)
{
	Sequence s = { variable(tape, rng, SHAPE(B, T, F)), lengths };
	for (int b = 0; b < B; b++) {
		sequence_clear_padding(s.x->value, b, lengths[b]);
		sequence_clear_padding(s.x->grad, b, lengths[b]);
	}
	return s;
}

static void word_vectors(Tape *tape, Rng *rng)
{
	static const int ids[B * T] = { 2, 5, 2, 1, 4, 2, 3, 0, 0, 0, 0, 0, 5, 5, 0, 4 };
	Params params = params_new(tape->arena);
	const Embedding table = embedding_new(&params, "words", 6, F, 0, rng);
	hold(&params, rng);
	for (int i = 0; i < 2; i++)
		back(tape, rng, embedding_forward(&table, tape, ids, B, T, lengths).x);
}

static void convolution(Tape *tape, Rng *rng)
{
	Params params = params_new(tape->arena);
	const Conv1d conv = conv1d_new(
	        &params, "conv", F, 5, (Conv1dOptions){ .kernel = 3, .padding = 1 }, rng);
	const Conv1d two = conv1d_new(
	        &params, "two", F, 2, (Conv1dOptions){ .kernel = 2, .padding = 1 }, rng);
	back(tape, rng, conv1d_forward(&conv, tape, sequence(tape, rng)).x);
	back(tape, rng, conv1d_forward(&two, tape, sequence(tape, rng)).x);
	back(tape, rng, conv1d_max_pool(&conv, tape, sequence(tape, rng), 2).x);
	back(tape, rng, conv1d_max(&conv, tape, sequence(tape, rng)));
}

static void hearing(Tape *tape, Rng *rng)
{
	enum { SAMPLES = 3000 };
	MelSettings settings;
	Tensor features, samples = normal(tape->arena, rng, SHAPE(SAMPLES));
	mel_preset(&settings, "torchaudio");
	for (int i = 0; i < SAMPLES; i++) /* a tone and a little noise */
		samples.data[i] =
		        (real)(0.5 * sin(0.3 * i)) + (real)0.1 * samples.data[i];
	const Clip clip = { .samples = samples.data, .count = SAMPLES, .rate = 16000 };
	settings.stft.fft = 512;
	settings.bands.count = 20;
	mel_run(mel_plan(tape->arena, &settings, clip.rate), &features, tape->arena,
	        &clip);
	tensor_fill(samples, 0); /* silence: only the floor is left */
	mel_run(mel_plan(tape->arena, &settings, clip.rate), &features, tape->arena,
	        &clip);
}

static void pooling_and_dropout(Tape *tape, Rng *rng)
{
	back(tape, rng, pool_max(tape, sequence(tape, rng)));
	Sequence low = sequence(tape, rng); /* padding, which is 0, must not win */
	for (int b = 0; b < B; b++)
		for (int i = 0; i < lengths[b] * F; i++)
			sequence_step(low.x->value, b, 0)[i] -= 9;
	back(tape, rng, pool_max(tape, low));
	back(tape, rng, max_pool1d(tape, sequence(tape, rng), 2).x);
	back(tape, rng,
	        dropout_forward(tape, variable(tape, rng, SHAPE(5, 8)), (real)0.3, rng));
}

static void memory(Tape *tape, Rng *rng)
{
	Params params = params_new(tape->arena);
	const Lstm lstm = lstm_new(&params, "lstm", F, 3, LSTM_BOTH, rng);
	for (int i = 0; i < 2; i++)
		back(tape, rng, lstm_forward(&lstm, tape, sequence(tape, rng)).x);
}

/* ---- 11 to 15 ------------------------------------------------------------------------- */

static void two_experts(Tape *tape, Rng *rng)
{
	enum { ROWS = 5, C = 3 };
	Tensor here = tensor_full(tape->arena, 1, SHAPE(ROWS, 1));
	Tensor partly = tensor_full(tape->arena, 1, SHAPE(ROWS, 1));
	Tensor prior = tensor_new(tape->arena, SHAPE(C));
	partly.data[2] = partly.data[4] = here.data[4] = 0; /* row 4: nobody */
	for (int c = 0; c < C; c++)
		prior.data[c] = (real)log((c + 1) / 6.0);
	Var *logits[] = { variable(tape, rng, SHAPE(ROWS, C)),
		variable(tape, rng, SHAPE(ROWS, C)) };
	for (int m = 0; m < 2; m++) /* a product too small for a float */
		logits[m]->value.data[0] -= 70;
	Var *present[] = { tape_constant(tape, here, "here"),
		tape_constant(tape, partly, "partly") };
	for (int i = 0; i < 2; i++) {
		back(tape, rng,
		        experts_product(tape, 2, logits, present,
		                tape_constant(tape, prior, "prior")));
		for (int k = 0; k < ROWS * C; k++) /* all far below 0 */
			logits[i]->value.data[k] -= 200;
	}
}

static void looking(Tape *tape, Rng *rng)
{
	Params params = params_new(tape->arena);
	const Attention attention = attention_new(&params, "look", F, 2, rng);
	Sequence x = sequence(tape, rng), memory = sequence(tape, rng);
	back(tape, rng, attention_across(&attention, tape, x, memory, NULL, NULL).x);
	for (size_t i = 0; i < tensor_count(attention.in_proj_weight->value); i++)
		attention.in_proj_weight->value.data[i] *= 40; /* large scores */
	back(tape, rng, attention_forward(&attention, tape, x, ATTENTION_ALL, NULL).x);
}

static void aligning(Tape *tape, Rng *rng)
{
	enum { U = 3 };
	static const int words[B] = { 3, 2, 1 };
	/* of the places behind the words, too, which must not be looked at */
	static const int spans[B * U * 2] = { 0, 2, 2, 3, 3, 6, 0, 1, 0, 0, 0, 1, 1, 4, 0,
		2, 2, 3 };
	Sequence onto = { variable(tape, rng, SHAPE(B, U, F)), words };
	back(tape, rng, align_mean(tape, sequence(tape, rng), spans, onto).x);
}

static void joining(Tape *tape, Rng *rng)
{
	enum { ROWS = 4 };
	FusionInput in = { .batch = ROWS, .count = 2 };
	for (int m = 0; m < 2; m++) {
		Tensor present = tensor_full(tape->arena, 1, SHAPE(ROWS, 1));
		present.data[1 + m] = 0;
		in.modality[m].pooled = variable(tape, rng, SHAPE(ROWS, 3 + 2 * m));
		in.modality[m].present = tape_constant(tape, present, "present");
	}
	back(tape, rng, join_pooled(tape, &in));
}

static void temperature_of(Tape *tape, Rng *rng, double too_sure)
{
	enum { ROWS = 40, C = 4 };
	float p[ROWS * C], q[C];
	int labels[ROWS];
	Tensor z = normal(tape->arena, rng, SHAPE(ROWS, C));
	for (int i = 0; i < ROWS; i++) {
		double sum = 0;
		labels[i] = i % C;
		z.data[i * C + (i % 3 ? labels[i] : 0)] += 1;
		for (int c = 0; c < C; c++)
			sum += exp(too_sure * (double)z.data[i * C + c]);
		for (int c = 0; c < C; c++)
			p[i * C + c] =
			        (float)(exp(too_sure * (double)z.data[i * C + c]) / sum);
	}
	const double t = calibration_temperature(p, labels, ROWS, C);
	calibration_soften(q, p, C, t);
	calibration_soften(q, p, C, 0.5);
}

static void how_sure(Tape *tape, Rng *rng)
{
	temperature_of(tape, rng, 3);
	temperature_of(tape, rng, 0.8);
	temperature_of(tape, rng, 5);
}

const Part milestone_parts[] = {
	{ "01", "the matrix product", product },
	{ "02", "x times gain plus shift", gain_and_shift },
	{ "03", "the layer, the logistic loss", neuron },
	{ "04", "SGD with momentum, Adam", steps },
	{ "05", "softmax with cross-entropy", surprise },
	{ "06", "word vectors", word_vectors },
	{ "07", "convolution", convolution },
	{ "08", "the spectrum, mel bands", hearing },
	{ "09", "pooling, dropout", pooling_and_dropout },
	{ "10", "the LSTM", memory },
	{ "11", "the product of experts", two_experts },
	{ "12", "attention", looking },
	{ "13", "frames under a word", aligning },
	{ "14", "joining two modalities", joining },
	{ "15", "temperature scaling", how_sure },
	{ 0 },
};
