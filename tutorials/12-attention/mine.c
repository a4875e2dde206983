/* wrap: attention_forward_at attention_across_at pool_attention_at */
/* softmax(Q K' / sqrt(d)) V of each utterance and head is the student's, forward and
 * backward. The linear maps around it stay the library's, and so do causal attention and
 * dropout of the weights, which the student's function does not know. */
#include "autograd/ops.h"
#include "layers/attention.h"
#include "layers/pool_attention.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

#undef attention_forward /* the student's function has this name */
#include "tutorials/12-attention/exercise.h"

Sequence __real_attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng);
Sequence __wrap_attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng);
Sequence __real_attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights);
Sequence __wrap_attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights);
Var *__real_pool_attention_at(
        Site site, const PoolAttention *pool, Tape *tape, Sequence s, Var **weights);
Var *__wrap_pool_attention_at(
        Site site, const PoolAttention *pool, Tape *tape, Sequence s, Var **weights);

/* --- one head of one utterance ------------------------------------------------------------ */

typedef struct Saved {
	int heads;
	const int *steps, *seen; /* (B) lengths of the queries and of the keys */
	real *weights;           /* (B,heads,T_q,T_k) */
} Saved;

/* Rows of its own for the student: the columns of one head. */
typedef struct Head {
	int T_q, T_k, length, D;
	real *q, *k, *v, *weights;
} Head;

/* Where row 0 of the head begins in x (B,T,W); a batch of one holds for all. */
static real *columns_of(Tensor x, int b, int h, int D)
{
	return sequence_step(x, x.shape[0] == 1 ? 0 : b, 0) + h * D;
}

static real *gathered(Arena *arena, Tensor x, int b, int h, int rows, int D)
{
	real *to = ARENA_ARRAY(arena, real, (size_t)(rows * D));
	const real *from = columns_of(x, b, h, D);
	for (int t = 0; t < rows; t++)
		memcpy(to + t * D, from + t * x.shape[2], (size_t)D * sizeof(real));
	return to;
}

static void add_back(Tensor x, int b, int h, int rows, int D, const real *from)
{
	real *to = columns_of(x, b, h, D);
	for (int t = 0; t < rows; t++)
		for (int j = 0; j < D; j++)
			to[t * x.shape[2] + j] += from[t * D + j];
}

static Head head_of(Arena *arena, const Saved *saved, Var *const in[3], int b, int h)
{
	const Tensor q = in[0]->value, k = in[1]->value, v = in[2]->value;
	Head head = { saved->steps[q.shape[0] == 1 ? 0 : b], k.shape[1], saved->seen[b],
		q.shape[2] / saved->heads, NULL, NULL, NULL, NULL };
	head.q = gathered(arena, q, b, h, head.T_q, head.D);
	head.k = gathered(arena, k, b, h, head.T_k, head.D);
	head.v = gathered(arena, v, b, h, head.T_k, head.D);
	head.weights = saved->weights +
	               (size_t)(b * saved->heads + h) * (size_t)(q.shape[1] * head.T_k);
	return head;
}

/* --- compared with the definition ---------------------------------------------------------- */

/* A number that should be a sum; `size` is the sum of the sizes of its terms. */
typedef struct Sum {
	double sum, size;
} Sum;

static Sum dot(const real *a, const real *b, int D)
{
	Sum of = { 0, 0 };
	for (int j = 0; j < D; j++) {
		of.sum += (double)a[j] * (double)b[j];
		of.size += fabs((double)a[j] * (double)b[j]);
	}
	return of;
}

static void require(Site site, const char *what, int at, real found, Sum expected)
{
	mine_require(
	        site, "12", what, (size_t)at, (double)found, expected.sum, expected.size);
}

static void check_weights(Site site, const Head *x, int t)
{
	double most = -INFINITY, total = 0;
	const double scale = 1 / sqrt(x->D);
	for (int u = 0; u < x->length; u++)
		most = fmax(
		        most, dot(x->q + t * x->D, x->k + u * x->D, x->D).sum * scale);
	for (int u = 0; u < x->length; u++)
		total += exp(
		        dot(x->q + t * x->D, x->k + u * x->D, x->D).sum * scale - most);
	for (int u = 0; u < x->T_k; u++) {
		const Sum score = dot(x->q + t * x->D, x->k + u * x->D, x->D);
		const double w =
		        u < x->length ? exp(score.sum * scale - most) / total : 0;
		/* an error of a score is one of the weight, w times as large */
		require(site, "your attention_forward's weights", t * x->T_k + u,
		        x->weights[t * x->T_k + u], (Sum){ w, w * (1 + score.size) });
	}
}

static void check_forward(Site site, const Head *x, const real *out)
{
	for (int t = 0; t < x->T_q; t++) {
		check_weights(site, x, t);
		for (int j = 0; j < x->D; j++) {
			Sum y = { 0, 0 };
			for (int u = 0; u < x->length; u++) {
				const double term = (double)x->weights[t * x->T_k + u] *
				                    (double)x->v[u * x->D + j];
				y.sum += term;
				y.size += fabs(term);
			}
			require(site, "your attention_forward's out", t * x->D + j,
			        out[t * x->D + j], y);
		}
	}
}

/* The gradient of score (t,u), divided by sqrt(D). */
static Sum dscore(const Head *x, const real *dout, int t, int u)
{
	const double w = (double)x->weights[t * x->T_k + u] / sqrt(x->D);
	Sum d = dot(dout + t * x->D, x->v + u * x->D, x->D);
	for (int i = 0; i < x->length; i++) {
		const Sum other = dot(dout + t * x->D, x->v + i * x->D, x->D);
		const double weight = (double)x->weights[t * x->T_k + i];
		d.sum -= weight * other.sum;
		d.size += weight * other.size;
	}
	return (Sum){ w * d.sum, w * d.size };
}

static void add_times(Sum *to, Sum factor, real x)
{
	to->sum += factor.sum * (double)x;
	to->size += factor.size * fabs((double)x);
}

/* The gradients; in check_backward each held MINE_HELD. */
typedef struct Back {
	real *dq, *dk, *dv;
} Back;

static void check_backward(
        Site site, Arena *arena, const Head *x, const real *dout, Back g)
{
	const int D = x->D;
	Sum *ds = ARENA_ARRAY(arena, Sum, (size_t)(x->T_q * x->T_k));
	for (int t = 0; t < x->T_q; t++)
		for (int u = 0; u < x->length; u++)
			ds[t * x->T_k + u] = dscore(x, dout, t, u);
	for (int t = 0; t < x->T_q; t++)
		for (int j = 0; j < D; j++) {
			Sum dq = { MINE_HELD, MINE_HELD };
			for (int u = 0; u < x->length; u++)
				add_times(&dq, ds[t * x->T_k + u], x->k[u * D + j]);
			require(site, "your attention_backward's dq", t * D + j,
			        g.dq[t * D + j], dq);
		}
	for (int u = 0; u < x->T_k; u++)
		for (int j = 0; j < D; j++) {
			Sum dk = { MINE_HELD, MINE_HELD }, dv = dk;
			for (int t = 0; u < x->length && t < x->T_q; t++) {
				const double w = (double)x->weights[t * x->T_k + u];
				add_times(&dk, ds[t * x->T_k + u], x->q[t * D + j]);
				add_times(&dv, (Sum){ w, w }, dout[t * D + j]);
			}
			require(site, "your attention_backward's dk", u * D + j,
			        g.dk[u * D + j], dk);
			require(site, "your attention_backward's dv", u * D + j,
			        g.dv[u * D + j], dv);
		}
}

/* --- the operation ------------------------------------------------------------------------- */

static void head_backward(const Node *node, int b, int h)
{
	Arena *arena = arena_new("mine");
	const Head x = head_of(arena, node->saved, node->in, b, h);
	const Tensor dy = node->out->grad;
	const real *dout = gathered(arena, dy, b, h, x.T_q, x.D);
	const size_t of_q = (size_t)(x.T_q * x.D), of_k = (size_t)(x.T_k * x.D);
	if (mine_check()) {
		Back held = { mine_room(arena, of_q), mine_room(arena, of_k),
			mine_room(arena, of_k) };
		attention_backward(held.dq, held.dk, held.dv, dout, x.weights, x.q, x.k,
		        x.v, x.T_q, x.T_k, x.length, x.D);
		check_backward(node->site, arena, &x, dout, held);
	}
	Back g = { tensor_zeros(arena, SHAPE(x.T_q, x.D)).data,
		tensor_zeros(arena, SHAPE(x.T_k, x.D)).data,
		tensor_zeros(arena, SHAPE(x.T_k, x.D)).data };
	attention_backward(g.dq, g.dk, g.dv, dout, x.weights, x.q, x.k, x.v, x.T_q, x.T_k,
	        x.length, x.D);
	const real *const parts[] = { g.dq, g.dk, g.dv };
	for (int i = 0; i < 3; i++)
		if (node->in[i]->grad.data)
			add_back(node->in[i]->grad, b, h, i ? x.T_k : x.T_q, x.D,
			        parts[i]);
	arena_free(arena);
}

static void backward(const Node *node)
{
	const Saved *saved = node->saved;
	for (int b = 0; b < node->out->value.shape[0]; b++)
		for (int h = 0; h < saved->heads; h++)
			head_backward(node, b, h);
}

static const Op attention_op = { .name = "attention_forward", .backward = backward };

/* No key counts: nothing is taken. The library never asks for that. */
static void try_nothing(Site site, const Head *x)
{
	Arena *arena = arena_new("mine check");
	real *out = mine_room(arena, (size_t)x->D);
	real *weights = mine_room(arena, (size_t)x->T_k);
	attention_forward(out, weights, x->q, x->k, x->v, 1, x->T_k, 0, x->D);
	for (int u = 0; u < x->T_k; u++)
		require(site, "your attention_forward's weights for length 0", u,
		        weights[u], (Sum){ 0, 0 });
	arena_free(arena);
}

static void head_forward(
        Site site, Tensor y, const Saved *saved, Var *const in[3], int b, int h)
{
	Arena *arena = arena_new("mine");
	const Head x = head_of(arena, saved, in, b, h);
	/* 7: what is not set is seen, as in the weights */
	real *out = tensor_full(arena, 7, SHAPE(x.T_q, x.D)).data;
	attention_forward(out, x.weights, x.q, x.k, x.v, x.T_q, x.T_k, x.length, x.D);
	if (mine_check()) {
		check_forward(site, &x, out);
		try_nothing(site, &x);
	}
	add_back(y, b, h, x.T_q, x.D, out);
	arena_free(arena);
}

/* To look at: (B,T,U), the mean of the heads. */
static Var *mean_of_heads(Tape *tape, const Saved *saved, int B, int T, int U)
{
	Tensor mean = tensor_zeros(tape->arena, SHAPE(B, T, U));
	for (int b = 0; b < B; b++)
		for (int h = 0; h < saved->heads; h++)
			for (int i = 0; i < saved->steps[b] * U; i++)
				mean.data[b * T * U + i] +=
				        saved->weights[(b * saved->heads + h) * T * U +
				                       i] /
				        (real)saved->heads;
	return tape_constant(tape, mean, "attention.weights");
}

/* q (B,T,W), or (1,T,W) for all utterances; k and v (B,U,W) -> (B,T,W). */
static Var *attend(
        Site site, Tape *tape, Sequence q, Sequence k, Var *v, int heads, Var **weights)
{
	const int B = k.x->value.shape[0], T = q.x->value.shape[1];
	const int U = k.x->value.shape[1];
	Tensor y = tensor_zeros_at(site, tape->arena, SHAPE(B, T, q.x->value.shape[2]));
	Saved *saved = ARENA_NEW(tape->arena, Saved);
	*saved = (Saved){ heads, q.lengths, k.lengths,
		tensor_full(tape->arena, 7, SHAPE(B, heads, T, U)).data };
	for (int i = 0; i < B * heads * T * U; i++)
		saved->weights[i] += (real)(i % 3); /* what is begun with is seen, too */
	Var *const in[] = { q.x, k.x, v };
	for (int b = 0; b < B; b++)
		for (int h = 0; h < heads; h++)
			head_forward(site, y, saved, in, b, h);
	if (weights)
		*weights = mean_of_heads(tape, saved, B, T, U);
	return tape_push(site, tape, &attention_op, y, saved, INPUTS(q.x, k.x, v));
}

/* --- the layers ---------------------------------------------------------------------------- */

/* Whether the steps are what the layer expects; if not, the library says it better. */
static bool fits(const Tape *tape, Sequence s, int width)
{
	if (!tape || !s.x || !s.lengths || s.x->value.ndim != 3 ||
	        s.x->value.shape[2] != width)
		return false;
	for (int b = 0; b < s.x->value.shape[0]; b++)
		if (s.lengths[b] < 1 || s.lengths[b] > s.x->value.shape[1])
			return false;
	return true;
}

/* The map into queries (0), keys (1) or values (2). */
static Var *projected(Site site, const Attention *a, Tape *tape, Sequence s, int which)
{
	const int from = which * a->width, to = from + a->width;
	Linear part = { op_slice_at(site, tape, a->in_proj_weight, 0, from, to),
		op_slice_at(site, tape, a->in_proj_bias, 0, from, to) };
	return linear_forward_at(site, &part, tape, s.x);
}

static Sequence across(Site site, const Attention *a, Tape *tape, Sequence x,
        Sequence memory, Var **weights)
{
	Sequence q = { projected(site, a, tape, x, 0), x.lengths };
	Sequence k = { projected(site, a, tape, memory, 1), memory.lengths };
	Var *v = projected(site, a, tape, memory, 2);
	Sequence y = { attend(site, tape, q, k, v, a->heads, weights), x.lengths };
	y.x = linear_forward_at(site, &a->out_proj, tape, y.x);
	return sequence_mask_at(site, tape, y);
}

/* Zero dropout, or none that is drawn. */
static bool nothing_dropped(const Attention *a, const Rng *rng)
{
	return !rng || (a->dropout >= 0 && !(a->dropout > 0));
}

Sequence __wrap_attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng)
{
	if (mask != ATTENTION_ALL || !nothing_dropped(attention, rng) ||
	        !fits(tape, x, attention->width))
		return __real_attention_forward_at(site, attention, tape, x, mask, rng);
	return across(site, attention, tape, x, x, NULL);
}

Sequence __wrap_attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights)
{
	if (!nothing_dropped(attention, rng) || !fits(tape, x, attention->width) ||
	        !fits(tape, memory, attention->width) ||
	        x.x->value.shape[0] != memory.x->value.shape[0])
		return __real_attention_across_at(
		        site, attention, tape, x, memory, rng, weights);
	return across(site, attention, tape, x, memory, weights);
}

/* The query is the learnt vector; times sqrt(F), for the student's function divides by it
 * and the library's pooling does not. */
Var *__wrap_pool_attention_at(
        Site site, const PoolAttention *pool, Tape *tape, Sequence s, Var **weights)
{
	static const int one = 1;
	const int F = pool->score.weight->value.shape[1];
	if (weights || !fits(tape, s, F))
		return __real_pool_attention_at(site, pool, tape, s, weights);
	Var *query = op_scale_at(site, tape, pool->score.weight, (real)sqrt(F));
	query = op_reshape_at(site, tape, query, SHAPE(1, 1, F));
	Var *y = attend(site, tape, (Sequence){ query, &one }, s, s.x, 1, NULL);
	return op_reshape_at(site, tape, y, SHAPE(s.x->value.shape[0], F));
}
