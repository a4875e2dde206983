/* fusion.c: the strategies that join what is said with how it is said. This is the file
 * to edit.
 *
 * To try an idea of your own: copy this template out of the comment to above the table at
 * the end of the file, make of x what you like, and add its line to the table. `make
 * run`, --help, the comparison and the tests then know it.
 *
 *     // mine: one line that says what it does (the paper, if there is one).
 *     typedef struct Mine {
 *             Linear out;
 *             real dropout;
 *     } Mine;
 *
 *     static void *mine_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
 *     {
 *             Mine *mine = ARENA_NEW(arena, Mine);
 *             int width = sum_of(dims->pooled, dims->count);
 *             mine->out = linear_new(params, "fusion.out", width, dims->classes, rng);
 *             mine->dropout = dims->dropout;
 *             return mine;
 *     }
 *
 *     static Var *mine_logits(const void *state, Tape *tape, const FusionInput *in)
 *     {
 *             const Mine *mine = state;
 *             Var *x = pooled_all(tape, in, mine->dropout);
 *             return linear_forward(&mine->out, tape, x);
 *     }
 *
 *     { .name = "mine", .summary = "a layer over all", .build = mine_build, .logits = mine_logits },
 *
 * B utterances, E of embed, H of seq, P of pooled, C classes, h hidden, d_t and d_a the
 * widths of text and speech: see fusion.h. Each strategy takes any number of
 * modalities, and one alone. */
#include "emotionnet/fusion.h"

#include "autograd/ops.h"
#include "emotionnet/join.h"
#include "layers/align.h"
#include "layers/attention.h"
#include "layers/dropout.h"
#include "layers/experts.h"
#include "layers/layernorm.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/pool.h"

#include <limits.h>
#include <string.h>

#define HELD_OUT ((real)0.2) /* of the utterances, for what joins the answers */

/* ---- what several of them use ------------------------------------------------------ */

static int sum_of(const int sizes[], int count)
{
	int sum = 0;
	for (int m = 0; m < count; m++)
		sum += sizes[m];
	return sum;
}

/* The pooled vector of a modality, some of it dropped in training: (B,P). */
static Var *pooled_of(Tape *tape, const FusionInput *in, int m, real dropout)
{
	return dropout_forward(tape, in->modality[m].pooled, dropout, in->rng);
}

/* [t ; a ; ...], some of it dropped in training: (B,P+P+...). */
static Var *pooled_all(Tape *tape, const FusionInput *in, real dropout)
{
	return dropout_forward(tape, join_pooled(tape, in), dropout, in->rng);
}

/* A row of numbers that are learnt and belong to no layer: all `value` at first. */
static Var *numbers(Params *params, const char *name, int count, real value)
{
	Var *row = params_add(params, NULL, name, SHAPE(count));
	params_init_constant(params, row, value);
	return row;
}

/* A small network that reads what was joined: W2 relu(W1 x + b1) + b2. */
typedef struct Reader {
	Linear hidden, out; /* width -> h -> C */
} Reader;

static Reader reader_new(Params *params, int width, const FusionDims *dims, Rng *rng)
{
	Reader reader;
	reader.hidden = linear_new(params, "fusion.hidden", width, dims->hidden, rng);
	reader.out = linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	return reader;
}

static Var *reader_forward(const Reader *reader, Tape *tape, Var *x)
{
	Var *h = op_relu(tape, linear_forward(&reader->hidden, tape, x)); /* (B,h) */
	return linear_forward(&reader->out, tape, h);
}

/* One that reads what was joined word by word: a BiLSTM, the maximum over time, a
 * layer. */
typedef struct WordReader {
	Lstm encoder;
	Linear out;
	real dropout;
} WordReader;

static WordReader word_reader_new(
        Params *params, int width, const FusionDims *dims, Rng *rng)
{
	WordReader reader = { .dropout = dims->dropout };
	int each_way = dims->hidden / 2;
	reader.encoder =
	        lstm_new(params, "fusion.encoder", width, each_way, LSTM_BOTH, rng);
	reader.out = linear_new(params, "fusion.out", 2 * each_way, dims->classes, rng);
	return reader;
}

/* joined[m] (B,T,...) of each modality, of which the words have `lengths`. */
static Var *word_reader_forward(const WordReader *reader, Tape *tape,
        const FusionInput *in, Var *const joined[], const int *lengths)
{
	Sequence x = { op_concat(tape, 2, in->count, joined), lengths };
	Var *whole = pool_max(tape, lstm_forward(&reader->encoder, tape, x)); /* (B,h) */
	whole = dropout_forward(tape, whole, reader->dropout, in->rng);
	return linear_forward(&reader->out, tape, whole);
}

static Var *constant(Tape *tape, real value)
{
	return tape_constant(tape, tensor_full(tape->arena, value, SCALAR), NULL);
}

/* x^power of numbers above 0, as exp(power log x). */
static Var *power_of(Tape *tape, Var *x, real power)
{
	return op_exp(tape, op_scale(tape, op_log(tape, x), power));
}

bool fusion_notes(const FusionInput *in)
{
	return in->view && in->view->inside && in->view->notes < MAX_NOTES;
}

void fusion_note_look(const FusionInput *in, const char *name, int of, int at, Var *value)
{
	if (fusion_notes(in))
		in->view->note[in->view->notes++] = (FusionNote){ name, of, at, value };
}

void fusion_note(const FusionInput *in, const char *name, int of, Var *value)
{
	fusion_note_look(in, name, of, -1, value);
}

/* ---- early ----------------------------------------------------------------------------
 * x_j = [e_j ; mean of the other modalities' frames under word j], one encoder over the
 * words j. The modalities meet before anything is learnt about either alone; only here
 * does the model see which sound belongs to which word. */
static void *early_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	WordReader *early = ARENA_NEW(arena, WordReader);
	*early = word_reader_new(params, sum_of(dims->embed, dims->count), dims, rng);
	return early;
}

static Var *early_logits(const void *state, Tape *tape, const FusionInput *in)
{
	Sequence words = in->modality[0].embed;
	Var *joined[MAX_MODALITIES] = { words.x };
	for (int m = 1; m < in->count; m++) {
		const Modality *other = &in->modality[m];
		Sequence under = align_mean(tape, other->embed, other->spans, words);
		joined[m] = under.x; /* (B,T,E) */
	}
	return word_reader_forward(state, tape, in, joined, words.lengths);
}

/* ---- middle ---------------------------------------------------------------------------
 * W2 relu(W1 [t ; a] + b1) + b2: each modality is encoded alone, a small network reads
 * both. A missing one is a vector of zeros. Nothing is multiplied here, but the kink
 * of relu is enough for an exclusive or. (d_t + d_a) h + h parameters before the last
 * layer. */
typedef struct Middle {
	Reader reader;
	real dropout;
} Middle;

static void *middle_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Middle *middle = ARENA_NEW(arena, Middle);
	middle->reader = reader_new(params, sum_of(dims->pooled, dims->count), dims, rng);
	middle->dropout = dims->dropout;
	return middle;
}

static Var *middle_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Middle *middle = state;
	Var *both = pooled_all(tape, in, middle->dropout);
	return reader_forward(&middle->reader, tape, both);
}

/* ---- late -----------------------------------------------------------------------------
 * Each modality learns to answer by itself, l_m = W_m x_m + b_m with p_m = softmax(l_m),
 * and only the answers are joined: all four ways below. How, the loss of the fused answer
 * can teach them; it cannot reach the modalities themselves, to which their answers
 * are constants. */
typedef struct Late {
	Linear head[MAX_MODALITIES];
	real dropout;
	Var *weights;   /* weighted: (M) */
	Var *log_prior; /* product: (C), a buffer */
	Linear stack;   /* stacking: (C,MC) */
} Late;

#define LATE_TINY ((real)1e-9)

static void *late_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Late *late = ARENA_NEW(arena, Late);
	for (int m = 0; m < dims->count; m++) {
		const char *name = arena_format(arena, "fusion.%s", dims->name[m]);
		late->head[m] =
		        linear_new(params, name, dims->pooled[m], dims->classes, rng);
	}
	late->dropout = dims->dropout;
	return late;
}

/* Keeps the answer of modality m for its own loss, and hands it on, when training as a
 * constant: (B,C). */
static Var *late_answer(const Late *late, Tape *tape, const FusionInput *in, int m)
{
	Var *x = pooled_of(tape, in, m, late->dropout);
	Var *own = linear_forward(&late->head[m], tape, x);
	if (in->view)
		in->view->own[m] = own;
	return in->rng ? tape_constant(tape, own->value, "answer") : own;
}

/* Mean. log of 1/M sum_m p_m over the modalities that are there; its softmax is the
 * mean again. */
static Var *late_logits(const void *state, Tape *tape, const FusionInput *in)
{
	Var *sum = NULL, *there = NULL; /* (B,C), (B,1) */
	for (int m = 0; m < in->count; m++) {
		Var *present = in->modality[m].present;
		Var *p = op_softmax(tape, late_answer(state, tape, in, m));
		p = op_mul(tape, p, present);
		sum = sum ? op_add(tape, sum, p) : p;
		there = there ? op_add(tape, there, present) : present;
	}
	/* A little is added: the logarithm stays finite where all are certain of other
	 * classes, and with nothing there, every class is as likely as the others. */
	Var *tiny = constant(tape, LATE_TINY);
	Var *mean = op_div(tape, sum, op_add(tape, there, tiny));
	return op_log(tape, op_add(tape, mean, tiny));
}

/* Weighted. sum_m softmax(w)_m l_m, over those that are there; M parameters. */
static void *weighted_build(
        Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Late *late = late_build(arena, params, dims, rng);
	late->weights = numbers(params, "fusion.combine.weights", dims->count, 0);
	return late;
}

static Var *weighted_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Late *late = state;
	Var *sum = NULL, *total = NULL, *each[MAX_MODALITIES];
	for (int m = 0; m < in->count; m++) {
		Var *w = op_exp(tape, op_slice(tape, late->weights, 0, m, m + 1));
		w = op_mul(tape, w, in->modality[m].present); /* (B,1) */
		each[m] = w;
		Var *l = op_mul(tape, w, late_answer(late, tape, in, m));
		sum = sum ? op_add(tape, sum, l) : l;
		total = total ? op_add(tape, total, w) : w;
	}
	total = op_add(tape, total, constant(tape, LATE_TINY));
	for (int m = 0; m < in->count && fusion_notes(in); m++)
		fusion_note(in, "weight", m, op_div(tape, each[m], total));
	return op_div(tape, sum, total);
}

/* Product. Bayes' rule, were the modalities independent once the class is known: the
 * product of all p_m, divided by the prior M - 1 times (layers/experts.c). The prior is
 * counted in the training split and kept as a buffer; nothing is learnt. */
static void *product_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Late *late = late_build(arena, params, dims, rng);
	late->log_prior =
	        params_add_buffer(params, NULL, FUSION_LOG_PRIOR, SHAPE(dims->classes));
	return late;
}

static Var *product_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Late *late = state;
	Var *logits[MAX_MODALITIES], *present[MAX_MODALITIES];
	for (int m = 0; m < in->count; m++) {
		logits[m] = late_answer(late, tape, in, m);
		present[m] = in->modality[m].present;
	}
	return experts_product(tape, in->count, logits, present, late->log_prior);
}

/* Stacking (Wolpert 1992). l_t + l_a + W [l_t ; l_a] + b, fitted on answers to utterances
 * that the modalities did not learn from: on those they learnt from they are too sure. W
 * and b begin at 0, so the whole as the sum, which changes where it begins, not what
 * it can become. 2 C^2 + C parameters. */
static void *stacking_build(
        Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Late *late = late_build(arena, params, dims, rng);
	int C = dims->classes;
	late->stack.weight =
	        params_add(params, "fusion.combine", "weight", SHAPE(C, dims->count * C));
	late->stack.bias = numbers(params, "fusion.combine.bias", C, 0);
	return late;
}

static Var *stacking_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Late *late = state;
	Var *l[MAX_MODALITIES], *sum = NULL;
	for (int m = 0; m < in->count; m++) {
		l[m] = late_answer(late, tape, in, m);
		l[m] = op_mul(tape, l[m], in->modality[m].present);
		sum = sum ? op_add(tape, sum, l[m]) : l[m];
	}
	Var *all = op_concat(tape, 1, in->count, l); /* (B,MC) */
	return op_add(tape, sum, linear_forward(&late->stack, tape, all));
}

/* ---- gated ----------------------------------------------------------------------------
 * The gated multimodal unit (Arevalo et al. 2017): for each feature of each utterance a
 * gate, which sees both modalities, says from which of the two it is taken.
 *
 *     z = sigmoid(W_z [t ; a])    h = z * tanh(W_t t) + (1 - z) * tanh(W_a a)
 *
 * With more than two, each has its own gate and h is the sum, as in the paper. No
 * biases. 2 (d_t + d_a) h. */
typedef struct Gated {
	Linear gate[MAX_MODALITIES], feature[MAX_MODALITIES], out;
	real dropout;
} Gated;

static void *gated_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Gated *gated = ARENA_NEW(arena, Gated);
	int width = sum_of(dims->pooled, dims->count);
	for (int m = 0; m < dims->count; m++) {
		gated->feature[m] = linear_plain_new(params,
		        arena_format(arena, "fusion.feature.%s", dims->name[m]),
		        dims->pooled[m], dims->hidden, rng);
		if (m == 0 || dims->count > 2)
			gated->gate[m] = linear_plain_new(params,
			        arena_format(arena, "fusion.gate.%s", dims->name[m]),
			        width, dims->hidden, rng);
	}
	gated->out = linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	gated->dropout = dims->dropout;
	return gated;
}

static Var *gated_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Gated *gated = state;
	Var *all = pooled_all(tape, in, gated->dropout), *h = NULL, *z = NULL;
	for (int m = 0; m < in->count; m++) {
		if (gated->gate[m].weight)
			z = op_sigmoid(tape, linear_forward(&gated->gate[m], tape, all));
		else
			z = op_sub(tape, constant(tape, 1), z);
		fusion_note(in, "gate", m, z); /* (B,h), one a modality */
		Var *x = pooled_of(tape, in, m, gated->dropout);
		Var *feature = op_tanh(tape, linear_forward(&gated->feature[m], tape, x));
		Var *open = op_mul(tape, z, feature);
		h = h ? op_add(tape, h, open) : open;
	}
	return linear_forward(&gated->out, tape, h);
}

/* ---- tensor ---------------------------------------------------------------------------
 * Tensor fusion (Zadeh et al. 2017): every product of a feature of one modality and a
 * feature of the other; the 1 before each keeps the features themselves.
 *
 *     h = relu(W vec([1 ; t] x [1 ; a]) + b)
 *
 * (d_t + 1)(d_a + 1) h + h parameters: it grows with the product of the widths. */
typedef struct TensorFusion {
	Reader reader;
	real dropout;
} TensorFusion;

static void *tensor_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	TensorFusion *t = ARENA_NEW(arena, TensorFusion);
	double width = 1; /* too many for a tensor: tensor.c says so */
	for (int m = 0; m < dims->count; m++)
		width *= dims->pooled[m] + 1;
	t->reader = reader_new(params, width < INT_MAX ? (int)width : INT_MAX, dims, rng);
	t->dropout = dims->dropout;
	return t;
}

static Var *tensor_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const TensorFusion *t = state;
	int B = in->batch;
	Var *one = tape_constant(tape, tensor_full(tape->arena, 1, SHAPE(B, 1)), "1");
	Var *outer = one; /* (B, 1), then times P+1 with each modality */
	for (int m = 0; m < in->count; m++) {
		Var *x = pooled_of(tape, in, m, t->dropout);
		x = op_concat(tape, 1, INPUTS(one, x)); /* [1 ; x] */
		int so_far = outer->value.shape[1], width = x->value.shape[1];
		Var *left = op_reshape(tape, outer, SHAPE(B, so_far, 1));
		Var *right = op_reshape(tape, x, SHAPE(B, 1, width));
		outer = op_reshape(
		        tape, op_mul(tape, left, right), SHAPE(B, so_far * width));
	}
	return reader_forward(&t->reader, tape, outer);
}

/* ---- low-rank -------------------------------------------------------------------------
 * Low-rank fusion (Liu et al. 2018): the tensor W of tensor fusion as a sum of r
 * products, so that the outer product is never made.
 *
 *     h = sum_r w_r (U_r [1 ; t]) * (V_r [1 ; a]) + b
 *
 * U_r [1 ; t] is a linear map with a bias. r (d_t + d_a + 2) h + r + h parameters. */
typedef struct LowRank {
	Linear factor[MAX_MODALITIES]; /* P -> r h */
	Var *weights, *bias;           /* (1,r) w, (h) b */
	Linear out;
	int hidden;
	real dropout;
} LowRank;

enum { LOW_RANK = 4 };

static void *lowrank_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	LowRank *low = ARENA_NEW(arena, LowRank);
	for (int m = 0; m < dims->count; m++)
		low->factor[m] = linear_new(params,
		        arena_format(arena, "fusion.factor.%s", dims->name[m]),
		        dims->pooled[m], LOW_RANK * dims->hidden, rng);
	low->weights = params_add(params, "fusion", "weights", SHAPE(LOW_RANK, 1));
	params_init_constant(params, low->weights, 1);
	low->bias = numbers(params, "fusion.bias", dims->hidden, 0);
	low->out = linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	low->hidden = dims->hidden;
	low->dropout = dims->dropout;
	return low;
}

static Var *lowrank_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const LowRank *low = state;
	Var *product = NULL; /* (B,rh) */
	for (int m = 0; m < in->count; m++) {
		Var *x = pooled_of(tape, in, m, low->dropout);
		Var *factor = linear_forward(&low->factor[m], tape, x);
		product = product ? op_mul(tape, product, factor) : factor;
	}
	product = op_reshape(tape, product, SHAPE(in->batch, LOW_RANK, low->hidden));
	Var *sum = op_sum_axis(tape, op_mul(tape, product, low->weights), 1); /* (B,h) */
	Var *h = op_add(tape, sum, low->bias);
	return linear_forward(&low->out, tape, h);
}

/* ---- bilinear -------------------------------------------------------------------------
 * Every output a bilinear form t' W_k a would be d_t d_a h parameters. Multimodal
 * factorised bilinear pooling (MFB, Yu et al. 2017) gives each W_k the rank k:
 *
 *     z = sum over groups of k of (U t * V a)    y = sign(z) sqrt|z|    h = y / |y|
 *
 * Unlike low-rank fusion there is no 1: no feature passes unless it is multiplied. k h
 * (d_t + d_a). */
typedef struct Bilinear {
	Linear factor[MAX_MODALITIES]; /* P -> h k */
	Linear out;
	int hidden;
	real dropout;
} Bilinear;

enum { BILINEAR_RANK = 5 };

static void *bilinear_build(
        Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Bilinear *bilinear = ARENA_NEW(arena, Bilinear);
	for (int m = 0; m < dims->count; m++)
		bilinear->factor[m] = linear_plain_new(params,
		        arena_format(arena, "fusion.factor.%s", dims->name[m]),
		        dims->pooled[m], BILINEAR_RANK * dims->hidden, rng);
	bilinear->out =
	        linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	bilinear->hidden = dims->hidden;
	bilinear->dropout = dims->dropout;
	return bilinear;
}

/* z / sqrt(|z| + tiny), as steep as that allows at 0, where the root itself is
 * infinitely steep. */
static Var *signed_root(Tape *tape, Var *z)
{
	Var *size = op_add(tape, op_relu(tape, z), op_relu(tape, op_scale(tape, z, -1)));
	size = op_add(tape, size, constant(tape, (real)1e-3));
	return op_mul(tape, z, power_of(tape, size, (real)-0.5));
}

/* Each row divided by its length: (B,F). */
static Var *unit_rows(Tape *tape, Var *x)
{
	Var *square = op_sum_axis(tape, op_mul(tape, x, x), 1);
	square = op_add(tape, square, constant(tape, (real)1e-6));
	Var *scale = power_of(tape, square, (real)-0.5);
	return op_mul(tape, x, op_reshape(tape, scale, SHAPE(x->value.shape[0], 1)));
}

static Var *bilinear_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Bilinear *bilinear = state;
	Var *product = NULL; /* (B,hk) */
	for (int m = 0; m < in->count; m++) {
		const Modality *one = &in->modality[m];
		Var *factor = linear_forward(&bilinear->factor[m], tape, one->pooled);
		/* One that is missing, and so 0, multiplies by 1. */
		Var *missing = op_sub(tape, constant(tape, 1), one->present);
		factor = op_add(tape, factor, missing);
		product = product ? op_mul(tape, product, factor) : factor;
	}
	product = dropout_forward(tape, product, bilinear->dropout, in->rng);
	product = op_reshape(
	        tape, product, SHAPE(in->batch, bilinear->hidden, BILINEAR_RANK));
	Var *z = op_sum_axis(tape, product, 2);
	Var *h = unit_rows(tape, signed_root(tape, z)); /* (B,h) */
	return linear_forward(&bilinear->out, tape, h);
}

/* ---- FiLM -----------------------------------------------------------------------------
 * Feature-wise linear modulation (Perez et al. 2018): the first modality, words, says how
 * each channel c of the others' encoded steps is scaled and shifted.
 *
 *     c' = relu(gamma(t) * c + beta(t))    then mean and maximum over time, and a small network
 *
 * beta and gamma - 1 are linear in t, so that gamma begins around 1. The words themselves
 * are heard only through what they do to the sound. 2 C_a (d_t + 1) parameters a
 * conditioned modality, before the network. */
typedef struct Film {
	Linear gamma_beta[MAX_MODALITIES]; /* P of the first -> 2 H; of the first: none */
	Reader reader;
	real dropout;
} Film;

static void *film_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Film *film = ARENA_NEW(arena, Film);
	int width = 0;
	for (int m = 1; m < dims->count; m++) {
		film->gamma_beta[m] = linear_new(params,
		        arena_format(arena, "fusion.film.%s", dims->name[m]),
		        dims->pooled[0], 2 * dims->seq[m], rng);
		width += 2 * dims->seq[m];
	}
	if (dims->count == 1) /* nothing to condition */
		width = dims->pooled[0];
	film->reader = reader_new(params, width, dims, rng);
	film->dropout = dims->dropout;
	return film;
}

/* -> (B,2H) */
static Var *film_modulate(
        const Linear *map, Tape *tape, const FusionInput *in, int m, real dropout)
{
	Sequence c = in->modality[m].seq; /* (B,T,H) */
	int B = in->batch, H = c.x->value.shape[2];
	Var *both = linear_forward(map, tape, pooled_of(tape, in, 0, dropout));
	both = op_reshape(tape, both, SHAPE(B, 1, 2 * H));
	Var *gamma = op_slice(tape, both, 2, 0, H),
	    *beta = op_slice(tape, both, 2, H, 2 * H);
	gamma = op_add(tape, gamma, constant(tape, 1));
	fusion_note(in, "gamma", m, gamma);
	fusion_note(in, "beta", m, beta);
	Var *y = op_add(tape, op_mul(tape, c.x, gamma), beta);
	Sequence changed = sequence_mask(tape, (Sequence){ op_relu(tape, y), c.lengths });
	return op_concat(
	        tape, 1, INPUTS(pool_mean(tape, changed), pool_max(tape, changed)));
}

static Var *film_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Film *film = state;
	Var *parts[MAX_MODALITIES] = { in->modality[0].pooled };
	for (int m = 1; m < in->count; m++)
		parts[m - 1] =
		        film_modulate(&film->gamma_beta[m], tape, in, m, film->dropout);
	int count = in->count > 1 ? in->count - 1 : 1;
	Var *x = dropout_forward(
	        tape, op_concat(tape, 1, count, parts), film->dropout, in->rng);
	return reader_forward(&film->reader, tape, x);
}

/* ---- cross-attention ------------------------------------------------------------------
 * The multimodal transformer (MulT, Tsai et al. 2019): the steps of each modality look at
 * the steps of every other one, no alignment is given. For each direction, target x and
 * source y, both brought to width d = h,
 *
 *     x' = x + attention(norm(x), norm(y))    Q = target; K, V = source
 *     x'' = x' + W_2 relu(W_1 norm(x') + b_1) + b_2            4 d wide within
 *
 * then the maximum over time; all directions side by side are read by one layer. One
 * layer a direction, not four; no self-attention after it. 12 d^2 + 13 d parameters a
 * direction. */
typedef struct Cross {
	Attention attention;
	LayerNorm before, between;
	Linear wide, narrow;
} Cross;

typedef struct CrossAttention {
	Linear bring[MAX_MODALITIES];
	Cross cross[MAX_MODALITIES]
	           [MAX_MODALITIES]; /* target, source; itself where alone */
	Linear out;
	real dropout;
} CrossAttention;

static Cross cross_new(Params *params, const char *name, int d, Rng *rng)
{
	int heads = d % 4 == 0 ? 4 : 1;
	Cross cross = { .attention = attention_new(params,
		                params_name(params, name, "attention"), d, heads, rng) };
	cross.before = layernorm_new(params, params_name(params, name, "before"), d);
	cross.between = layernorm_new(params, params_name(params, name, "between"), d);
	cross.wide = linear_new(params, params_name(params, name, "wide"), d, 4 * d, rng);
	cross.narrow =
	        linear_new(params, params_name(params, name, "narrow"), 4 * d, d, rng);
	return cross;
}

/* Modality m, brought to x, looks at modality n, brought to y. */
static Sequence cross_forward(const Cross *c, Tape *tape, const FusionInput *in, int m,
        int n, const Sequence seq[])
{
	Sequence x = seq[m], y = seq[n];
	Sequence target = { layernorm_forward(&c->before, tape, x.x), x.lengths };
	Sequence source = { layernorm_forward(&c->before, tape, y.x), y.lengths };
	Var *weights, **wanted = fusion_notes(in) ? &weights : NULL;
	Sequence taken =
	        attention_across(&c->attention, tape, target, source, NULL, wanted);
	if (wanted)
		fusion_note_look(in, "attention", m, n, weights);
	Var *sum = op_add(tape, x.x, taken.x);
	Var *h = layernorm_forward(&c->between, tape, sum);
	h = op_relu(tape, linear_forward(&c->wide, tape, h));
	sum = op_add(tape, sum, linear_forward(&c->narrow, tape, h));
	return sequence_mask(tape, (Sequence){ sum, x.lengths });
}

/* Whether modality m looks at modality n: at every other one, or at itself where it is
 * alone. */
static bool looks(int m, int n, int count)
{
	return m != n || count == 1;
}

static void *cross_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	CrossAttention *all = ARENA_NEW(arena, CrossAttention);
	int directions = 0;
	for (int m = 0; m < dims->count; m++)
		all->bring[m] = linear_new(params,
		        arena_format(arena, "fusion.bring.%s", dims->name[m]),
		        dims->seq[m], dims->hidden, rng);
	for (int m = 0; m < dims->count; m++)
		for (int n = 0; n < dims->count; n++)
			if (looks(m, n, dims->count)) {
				all->cross[m][n] = cross_new(params,
				        arena_format(arena, "fusion.%s_to_%s",
				                dims->name[n], dims->name[m]),
				        dims->hidden, rng);
				directions++;
			}
	all->out = linear_new(
	        params, "fusion.out", directions * dims->hidden, dims->classes, rng);
	all->dropout = dims->dropout;
	return all;
}

static Var *cross_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const CrossAttention *all = state;
	Sequence seq[MAX_MODALITIES];
	for (int m = 0; m < in->count; m++) {
		seq[m] = in->modality[m].seq;
		seq[m].x = linear_forward(&all->bring[m], tape, seq[m].x);
		seq[m] = sequence_mask(tape, seq[m]);
	}
	Var *parts[MAX_MODALITIES * MAX_MODALITIES];
	int count = 0;
	for (int m = 0; m < in->count; m++)
		for (int n = 0; n < in->count; n++)
			if (looks(m, n, in->count))
				parts[count++] =
				        pool_max(tape, cross_forward(&all->cross[m][n],
				                               tape, in, m, n, seq));
	Var *x = op_concat(tape, 1, count, parts); /* (B, directions x h) */
	x = dropout_forward(tape, x, all->dropout, in->rng);
	return linear_forward(&all->out, tape, x);
}

/* ---- alignment ------------------------------------------------------------------------
 * Learnt alignment (Xu et al. 2019): each word j takes the sound that attention finds for
 * it, and one BiLSTM reads both.
 *
 *     s_ji = tanh(u'a_i + v't_j + b)    alpha_j = softmax over i of s_j    a~_j = sum_i alpha_ji a_i
 *     BiLSTM over [t_j ; a~_j], maximum over time
 *
 * Unlike early fusion it is not told when a word is spoken, and this score cannot find
 * out: tanh rises, so whatever the word, the frames stand in the same order, that of
 * u'a_i, and the words can only differ in how sharply they look at the same ones (by a
 * factor of e^2 at most). Which of two words is stressed it cannot tell. d_a + d_t + 1
 * parameters and the BiLSTM's. */
typedef struct Alignment {
	Linear of_sound[MAX_MODALITIES], of_word[MAX_MODALITIES]; /* H -> 1: u; v, b */
	WordReader reader;
} Alignment;

static void *alignment_build(
        Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	Alignment *a = ARENA_NEW(arena, Alignment);
	for (int m = 1; m < dims->count; m++) {
		const char *name = arena_format(arena, "fusion.align.%s", dims->name[m]);
		a->of_sound[m] = linear_plain_new(
		        params, params_name(params, name, "sound"), dims->seq[m], 1, rng);
		a->of_word[m] = linear_new(
		        params, params_name(params, name, "word"), dims->seq[0], 1, rng);
	}
	a->reader = word_reader_new(params, sum_of(dims->seq, dims->count), dims, rng);
	return a;
}

static Var *alignment_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Alignment *a = state;
	Sequence words = in->modality[0].seq;
	int B = in->batch, T = words.x->value.shape[1];
	Var *joined[MAX_MODALITIES] = { words.x }, *weights;
	for (int m = 1; m < in->count; m++) {
		Sequence sound = in->modality[m].seq;
		int U = sound.x->value.shape[1];
		Var *u = linear_forward(&a->of_sound[m], tape, sound.x);
		Var *v = linear_forward(&a->of_word[m], tape, words.x);
		u = op_reshape(tape, u, SHAPE(B, 1, U));
		v = op_reshape(tape, v, SHAPE(B, T, 1));
		Var *scores = op_tanh(tape, op_add(tape, u, v)); /* (B,T,U) */
		joined[m] = align_soft(tape, sound, scores, words, &weights).x;
		fusion_note_look(in, "attention", 0, m, weights);
	}
	return word_reader_forward(&a->reader, tape, in, joined, words.lengths);
}

/* ---- the table ------------------------------------------------------------------------
 * Everything reads it: the command line, the comparison and the tests. */
const Fusion fusion_table[] = {
	{ .name = "early",
	        .summary = "words and the sound under them, joined before one encoder",
	        .embed_only = true,
	        .build = early_build,
	        .logits = early_logits },
	{ .name = "middle",
	        .summary = "each modality encoded alone, a small network reads both",
	        .build = middle_build,
	        .logits = middle_logits },
	{ .name = "late",
	        .summary =
	                "each modality decides alone, their probabilities are averaged",
	        .copes_alone = true,
	        .build = late_build,
	        .logits = late_logits },
	{ .name = "weighted",
	        .summary = "late, with a learnt weight for each modality's answer",
	        .copes_alone = true,
	        .held_out = HELD_OUT,
	        .build = weighted_build,
	        .logits = weighted_logits },
	{ .name = "product",
	        .summary = "late, as a product of experts: Bayes if they are independent",
	        .copes_alone = true,
	        .build = product_build,
	        .logits = product_logits },
	{ .name = "stacking",
	        .summary = "late, a layer over all answers, fitted on held-out ones",
	        .held_out = HELD_OUT,
	        .build = stacking_build,
	        .logits = stacking_logits },
	{ .name = "gated",
	        .summary = "a gate for each feature says which modality it comes from",
	        .build = gated_build,
	        .logits = gated_logits },
	{ .name = "tensor",
	        .summary = "all products of a feature of each modality (TFN)",
	        .build = tensor_build,
	        .logits = tensor_logits },
	{ .name = "low-rank",
	        .summary = "the same with few factors instead of all products (LMF)",
	        .build = lowrank_build,
	        .logits = lowrank_logits },
	{ .name = "bilinear",
	        .summary = "sums of products, rooted and normalised (MFB)",
	        .build = bilinear_build,
	        .logits = bilinear_logits },
	{ .name = "film",
	        .summary = "the words scale and shift what is heard (FiLM)",
	        .build = film_build,
	        .logits = film_logits },
	{ .name = "cross",
	        .summary = "the steps of each modality look at the other's (MulT)",
	        .build = cross_build,
	        .logits = cross_logits },
	{ .name = "alignment",
	        .summary =
	                "attention finds the sound for each word, one encoder reads both",
	        .build = alignment_build,
	        .logits = alignment_logits },
	{ 0 },
};

const Fusion *fusion_find(const char *name)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		if (!strcmp(fusion->name, name))
			return fusion;
	return NULL;
}
