/* fusion.c: the strategies that join what is said with how it is said. This is the file to edit.
 *
 * To try an idea of your own: copy this template out of the comment, fill it, and add its line to the table at
 * the end of the file. `make run`, --help, the comparison and the tests then know it.
 *
 *     // my_fusion: one line that says what it does (the paper, if there is one).
 *     typedef struct MyFusion {
 *             Linear out;
 *     } MyFusion;
 *
 *     static void *my_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
 *     {
 *             MyFusion *my = ARENA_NEW(arena, MyFusion);
 *             my->out = linear_new(params, "fusion.out", dims->pooled[0], dims->classes, rng);
 *             return my;
 *     }
 *
 *     static Var *my_logits(const void *state, Tape *tape, const FusionInput *in)
 *     {
 *             const MyFusion *my = state;
 *             return linear_forward(&my->out, tape, in->modality[0].pooled);
 *     }
 *
 * Shapes: B utterances, E of embed, H of seq, P of pooled, C classes; see fusion.h. */
#include "emotionnet/fusion.h"

#include "autograd/ops.h"
#include "layers/align.h"
#include "layers/dropout.h"
#include "layers/linear.h"
#include "layers/lstm.h"
#include "layers/pool.h"

#include <string.h>

/* ---- early ---------------------------------------------------------------------------------------
 * x_j = [e_j ; mean of the other modalities' frames under word j], one encoder over the words j.
 * The modalities meet before anything is learnt about either alone; only here does the model see
 * which sound belongs to which word. */
typedef struct Early {
	Lstm encoder;
	Linear out;
	real dropout;
} Early;

static void *early_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	int width = 0;
	for (int m = 0; m < dims->count; m++)
		width += dims->embed[m];
	Early *early = ARENA_NEW(arena, Early);
	early->encoder = lstm_new(
	        params, "fusion.encoder", width, dims->hidden / 2, LSTM_BOTH, rng);
	early->out = linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	early->dropout = dims->dropout;
	return early;
}

static Var *early_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Early *early = state;
	Sequence words = in->modality[0].embed;
	Var *joined[MAX_MODALITIES] = { words.x };
	for (int m = 1; m < in->count; m++) {
		const Modality *other = &in->modality[m];
		Sequence under = align_mean(tape, other->embed, other->spans, words);
		joined[m] = under.x; /* (B,T,E) */
	}
	Sequence x = { op_concat(tape, 2, in->count, joined), words.lengths };
	Sequence y = lstm_forward(&early->encoder, tape, x);
	Var *whole = dropout_forward(
	        tape, pool_max(tape, y), early->dropout, in->rng); /* (B,H) */
	return linear_forward(&early->out, tape, whole);
}

/* ---- middle --------------------------------------------------------------------------------------
 * W2 relu(W1 [t ; a] + b1) + b2: each modality is encoded alone, a small network reads both. A missing one
 * is a vector of zeros. */
typedef struct Middle {
	Linear hidden, out;
	real dropout;
} Middle;

static void *middle_build(Arena *arena, Params *params, const FusionDims *dims, Rng *rng)
{
	int width = 0;
	for (int m = 0; m < dims->count; m++)
		width += dims->pooled[m];
	Middle *middle = ARENA_NEW(arena, Middle);
	middle->hidden = linear_new(params, "fusion.hidden", width, dims->hidden, rng);
	middle->out = linear_new(params, "fusion.out", dims->hidden, dims->classes, rng);
	middle->dropout = dims->dropout;
	return middle;
}

static Var *middle_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Middle *middle = state;
	Var *pooled[MAX_MODALITIES];
	for (int m = 0; m < in->count; m++)
		pooled[m] = in->modality[m].pooled;
	Var *both = op_concat(tape, 1, in->count, pooled); /* (B,P+P) */
	both = dropout_forward(tape, both, middle->dropout, in->rng);
	Var *hidden = op_relu(
	        tape, linear_forward(&middle->hidden, tape, both)); /* (B,hidden) */
	return linear_forward(&middle->out, tape, hidden);
}

/* ---- late ----------------------------------------------------------------------------------------
 * p = mean over the modalities that are there of softmax(W_m x_m + b_m): each decides alone and their
 * probabilities are averaged. Returned as log p, whose softmax is p again. */
typedef struct Late {
	Linear head[MAX_MODALITIES];
	real dropout;
} Late;

/* Keeps the logarithm finite where every modality is certain of another class. */
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

static Var *late_logits(const void *state, Tape *tape, const FusionInput *in)
{
	const Late *late = state;
	Var *sum = NULL, *there = NULL; /* (B,C), (B,1) */
	for (int m = 0; m < in->count; m++) {
		const Modality *one = &in->modality[m];
		Var *x = dropout_forward(tape, one->pooled, late->dropout, in->rng);
		Var *p = op_softmax(tape, linear_forward(&late->head[m], tape, x));
		p = op_mul(tape, p, one->present);
		sum = sum ? op_add(tape, sum, p) : p;
		there = there ? op_add(tape, there, one->present) : one->present;
	}
	Var *tiny =
	        tape_constant(tape, tensor_full(tape->arena, LATE_TINY, SCALAR), "tiny");
	/* With nothing there, 0/tiny: every class is as likely as the others. */
	Var *mean = op_div(tape, sum, op_add(tape, there, tiny));
	return op_log(tape, op_add(tape, mean, tiny));
}

/* ---- the table -----------------------------------------------------------------------------------
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
	{ 0 },
};

const Fusion *fusion_find(const char *name)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		if (!strcmp(fusion->name, name))
			return fusion;
	return NULL;
}
