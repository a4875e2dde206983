/* For one utterance and one head, with queries Q (T,d), keys K and values V (U,d):
 *
 *     P = softmax(Q K' / sqrt(d))    (T,U), row t: how much step t takes from each step
 *     Y = (M P) V                    (T,d), M by element: dropout of the weights while training
 *
 * sqrt(d) keeps the products of d random terms at variance 1, where softmax still has a
 * slope. A row of P counts only the steps that may be seen; the others are 0.
 *
 * Gradient, with dY = dloss/dY:
 *
 *     dV = (M P)' dY    dP = M (dY V')    dS = P (dP - m), m_t = sum_u P_tu dP_tu    (softmax)
 *     dQ = dS K / sqrt(d)                 dK = dS' Q / sqrt(d)
 *
 * P is never whole in memory: it is computed for a block of queries at a time, and once
 * more in the backward, which costs one product more and keeps nothing (Dao et al. 2022;
 * there the keys come in blocks too, so that all of it stays on the chip). A causal block
 * leaves out the keys that none of its queries may see: half of the work for a long
 * sequence.
 *
 * The heads are columns of one array, so none is copied: a head is a matrix with longer
 * rows. The linear maps around are layers of their own. Test: the same composed of
 * small operations. */
#include "layers/attention.h"
#include "autograd/ops.h"
#include "layers/dropout.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

/* ---- softmax(Q K' / sqrt(d)) V as an operation ------------------------------------- */

enum { BLOCK = 32 }; /* queries at a time */

/* Where q, k and v begin among the columns of their arrays, which may be one and the
 * same. */
typedef struct Heads {
	int count, width; /* d columns each */
	int q_column, k_column, v_column;
} Heads;

/* Who looks at what, the same forward and backward. */
typedef struct Look {
	Heads heads;
	AttentionMask mask;
	const int *steps, *seen; /* (B) lengths of the queries and of what they look at */
	real rate;               /* of the weights that are dropped */
	Rng rng;       /* which ones: each utterance, head and step has a stream */
	real *scratch; /* (4,BLOCK,U) */
} Look;

/* Queries begin..begin+rows-1 of utterance b and the first `seen` steps that they may
 * see. */
typedef struct Block {
	int b, head, begin, rows, seen;
} Block;

/* The first block has no rows yet; false after the last. */
static bool block_next(Block *block, const Look *look, int B)
{
	block->begin += block->rows;
	if (block->b < B && block->begin == look->steps[block->b]) {
		block->begin = 0;
		if (++block->head == look->heads.count) {
			block->head = 0;
			block->b++;
		}
	}
	if (block->b == B)
		return false;
	int left = look->steps[block->b] - block->begin;
	block->rows = left < BLOCK ? left : BLOCK;
	block->seen = look->mask == ATTENTION_CAUSAL ? block->begin + block->rows
	                                             : look->seen[block->b];
	return true;
}

/* The columns of the block's head in x (B,T,W), some steps of its utterance: (rows,d). */
static Matrix head_view(
        const Look *look, Block block, Tensor x, int begin, int rows, int column)
{
	const real *first = sequence_step(x, block.b, begin) + column +
	                    block.head * look->heads.width;
	return matrix_view(first, rows, look->heads.width, x.shape[2]);
}

static Matrix queries(const Look *look, Block block, Tensor x, int column)
{
	return head_view(look, block, x, block.begin, block.rows, column);
}

static Matrix keys(const Look *look, Block block, Tensor x, int column)
{
	return head_view(look, block, x, 0, block.seen, column);
}

/* The i-th scratch matrix, as wide as what the block sees. */
static Matrix scratch(const Look *look, Block block, int i)
{
	real *data = look->scratch + (size_t)i * (size_t)BLOCK * (size_t)block.seen;
	return matrix_view(data, block.rows, block.seen, block.seen);
}

/* P of a block. What may not be seen has a score of -inf: its exponential is 0. */
static Matrix weights_of(const Look *look, Block block, Tensor q, Tensor kv)
{
	Matrix p = scratch(look, block, 0);
	real scale = (real)(1 / sqrt(look->heads.width));
	matmul(p, queries(look, block, q, look->heads.q_column),
	        matrix_transpose(keys(look, block, kv, look->heads.k_column)),
	        MATMUL_SET);
	for (int t = 0; t < p.rows; t++) {
		real *p_t = matrix_row(p, t);
		bool causal = look->mask == ATTENTION_CAUSAL;
		int visible = causal ? block.begin + t + 1 : p.columns;
		for (int u = 0; u < p.columns; u++)
			p_t[u] *= scale;
		for (int u = visible; u < p.columns; u++)
			p_t[u] = -(real)INFINITY;
	}
	Tensor rows = tensor_view(p.data, SHAPE(p.rows, p.columns));
	tensor_softmax(rows, rows);
	return p;
}

/* M of a block: its streams do not know how long other utterances are. */
static Matrix kept_of(const Look *look, Block block)
{
	Matrix m = scratch(look, block, 1);
	Rng utterance = rng_split(&look->rng, (uint64_t)block.b);
	Rng head = rng_split(&utterance, (uint64_t)block.head);
	for (int t = 0; t < m.rows; t++) {
		Rng own = rng_split(&head, (uint64_t)(block.begin + t));
		dropout_mask(matrix_row(m, t), (size_t)m.columns, look->rate, &own);
	}
	return m;
}

/* M P; P itself where nothing is dropped. */
static Matrix weights_left(const Look *look, Block block, Matrix p, Matrix m)
{
	if (!(look->rate > 0))
		return p;
	Matrix left = scratch(look, block, 2);
	for (int i = 0; i < p.rows * p.columns; i++)
		left.data[i] = m.data[i] * p.data[i];
	return left;
}

/* dS / sqrt(d), from dY V' in its place. */
static void softmax_backward(const Look *look, Matrix ds, Matrix p, Matrix m)
{
	real scale = (real)(1 / sqrt(look->heads.width));
	if (look->rate > 0)
		for (int i = 0; i < ds.rows * ds.columns; i++)
			ds.data[i] *= m.data[i];
	for (int t = 0; t < ds.rows; t++) {
		real *ds_t = matrix_row(ds, t);
		const real *p_t = matrix_row(p, t);
		real mean = real_dot(p_t, ds_t, (size_t)ds.columns);
		for (int u = 0; u < ds.columns; u++)
			ds_t[u] = p_t[u] * (ds_t[u] - mean) * scale;
	}
}

static void block_backward(const Node *node, const Look *look, Block block)
{
	const Heads *h = &look->heads;
	const Var *q = node->in[0], *kv = node->in[1];
	Matrix p = weights_of(look, block, q->value, kv->value);
	Matrix m = look->rate > 0 ? kept_of(look, block) : p;
	Matrix left = weights_left(look, block, p, m), ds = scratch(look, block, 3);
	Matrix dy = queries(look, block, node->out->grad, 0);
	matmul(ds, dy, matrix_transpose(keys(look, block, kv->value, h->v_column)),
	        MATMUL_SET);
	softmax_backward(look, ds, p, m);
	if (q->grad.data)
		matmul(queries(look, block, q->grad, h->q_column), ds,
		        keys(look, block, kv->value, h->k_column), MATMUL_ADD);
	if (!kv->grad.data)
		return;
	matmul(keys(look, block, kv->grad, h->k_column), matrix_transpose(ds),
	        queries(look, block, q->value, h->q_column), MATMUL_ADD);
	matmul(keys(look, block, kv->grad, h->v_column), matrix_transpose(left), dy,
	        MATMUL_ADD);
}

static void scratch_new(Arena *arena, Look *look, Tensor kv)
{
	size_t size = 4 * (size_t)BLOCK * (size_t)kv.shape[1];
	look->scratch = ARENA_ARRAY(arena, real, size);
}

static void look_backward(const Node *node)
{
	Look look = *(const Look *)node->saved;
	ArenaMark mark = arena_mark(node->tape->arena);
	scratch_new(node->tape->arena, &look, node->in[1]->value);
	Block block = { .b = 0 };
	while (block_next(&block, &look, node->out->value.shape[0]))
		block_backward(node, &look, block);
	arena_rewind(node->tape->arena, mark);
}

static const Op look_op = { .name = "attention_forward", .backward = look_backward };

/* The block's part of the mean of all heads, added. */
static void add_to_mean(const Look *look, Block block, Matrix p, Tensor mean)
{
	for (int t = 0; t < p.rows; t++) {
		real *mean_t = sequence_step(mean, block.b, block.begin + t);
		for (int u = 0; u < p.columns; u++)
			mean_t[u] += matrix_row(p, t)[u] / (real)look->heads.count;
	}
}

/* q (B,T,..) looks at kv (B,U,..) -> (B,T,D), zero after each length. `mean` (B,T,U)
 * gets the weights unless it has no data. */
static Sequence look_at(
        Site site, Tape *tape, Sequence q, Sequence kv, Look look, Tensor mean)
{
	Tensor x = q.x->value;
	int B = x.shape[0], T = x.shape[1], D = look.heads.count * look.heads.width;
	look.steps = q.lengths;
	look.seen = kv.lengths;
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, T, D));
	ArenaMark mark = arena_mark(tape->arena);
	scratch_new(tape->arena, &look, kv.x->value);
	Block block = { .b = 0 };
	while (block_next(&block, &look, B)) {
		Matrix p = weights_of(&look, block, x, kv.x->value);
		Matrix m = look.rate > 0 ? kept_of(&look, block) : p;
		if (mean.data)
			add_to_mean(&look, block, p, mean);
		matmul(queries(&look, block, y, 0), weights_left(&look, block, p, m),
		        keys(&look, block, kv.x->value, look.heads.v_column), MATMUL_SET);
	}
	arena_rewind(tape->arena, mark);
	for (int b = 0; b < B; b++)
		sequence_clear_padding(y, b, q.lengths[b]);
	const Look *saved = arena_copy(tape->arena, &look, sizeof look);
	Var *out = tape_push(site, tape, &look_op, y, saved, INPUTS(q.x, kv.x));
	return (Sequence){ out, q.lengths };
}

/* ---- the layer --------------------------------------------------------------------- */

Attention attention_new_at(
        Site site, Params *params, const char *name, int width, int heads, Rng *rng)
{
	if (width < 1 || heads < 1 || width % heads != 0 || width > 1 << 24)
		error_stop(site, "attention_new",
		        "\"%s\": %d heads of a width of %d: expected heads that divide it, and at most %d",
		        name, heads, width, 1 << 24);
	Attention attention = { .width = width, .heads = heads };
	attention.in_proj_weight = params_add_at(
	        site, params, name, "in_proj_weight", SHAPE(3 * width, width));
	attention.in_proj_bias =
	        params_add_at(site, params, name, "in_proj_bias", SHAPE(3 * width));
	/* Xavier's bound for D inputs and 3D outputs (Glorot & Bengio 2010) */
	params_init_uniform(params, attention.in_proj_weight,
	        (real)sqrt(6.0 / (width + 3.0 * width)), rng);
	attention.out_proj = linear_new_at(
	        site, params, params_name(params, name, "out_proj"), width, width, rng);
	if (params_begin(params))
		tensor_fill(attention.out_proj.bias->value, 0);
	return attention;
}

static void validate(Site site, const Attention *attention, const Tape *tape,
        const char *operation, const char *role, Sequence s)
{
	sequence_check(site, tape, operation, s);
	if (s.x->value.shape[2] != attention->width)
		tape_stop(site, tape, operation,
		        "%s with %s: the steps have %d features, the layer expects %d",
		        var_text(role, s.x).text,
		        var_text("in_proj_weight", attention->in_proj_weight).text,
		        s.x->value.shape[2], attention->width);
}

/* Which weights are dropped in this call, if any. */
static Look look_new(Site site, const Attention *attention, const Tape *tape,
        const char *operation, Rng *rng)
{
	real rate = attention->dropout;
	if (!(rate >= 0 && rate < 1))
		tape_stop(site, tape, operation,
		        "dropout %g: expected 0 <= rate < 1, the part that is dropped",
		        (double)rate);
	Look look = { .rate = rng ? rate : 0 };
	if (look.rate > 0)
		look.rng = dropout_stream(rng);
	return look;
}

/* The map back; its bias fills the padding, which is cleared. */
static Sequence finish(Site site, const Attention *attention, Tape *tape, Sequence y)
{
	y.x = linear_forward_at(site, &attention->out_proj, tape, y.x);
	return sequence_mask_at(site, tape, y);
}

Sequence attention_forward_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, AttentionMask mask, Rng *rng)
{
	validate(site, attention, tape, "attention_forward", "x", x);
	int D = attention->width;
	Look look = look_new(site, attention, tape, "attention_forward", rng);
	look.heads = (Heads){ attention->heads, D / attention->heads, 0, D, 2 * D };
	look.mask = mask;
	Linear in_proj = { attention->in_proj_weight, attention->in_proj_bias };
	Sequence qkv = { linear_forward_at(site, &in_proj, tape, x.x), x.lengths };
	Tensor none = { .data = NULL };
	return finish(site, attention, tape, look_at(site, tape, qkv, qkv, look, none));
}

/* The rows begin..end-1 of the map into queries, keys and values. */
static Sequence project(
        Site site, const Attention *attention, Tape *tape, Sequence s, int begin, int end)
{
	Linear part = {
		op_slice_at(site, tape, attention->in_proj_weight, 0, begin, end),
		op_slice_at(site, tape, attention->in_proj_bias, 0, begin, end),
	};
	return (Sequence){ linear_forward_at(site, &part, tape, s.x), s.lengths };
}

Sequence attention_across_at(Site site, const Attention *attention, Tape *tape,
        Sequence x, Sequence memory, Rng *rng, Var **weights)
{
	validate(site, attention, tape, "attention_across", "x", x);
	validate(site, attention, tape, "attention_across", "memory", memory);
	int B = x.x->value.shape[0], D = attention->width;
	if (B != memory.x->value.shape[0])
		tape_stop(site, tape, "attention_across",
		        "%s looks at %s: batches of %d and %d", var_text("x", x.x).text,
		        var_text("memory", memory.x).text, B, memory.x->value.shape[0]);
	Look look = look_new(site, attention, tape, "attention_across", rng);
	look.heads = (Heads){ attention->heads, D / attention->heads, 0, 0, D };
	look.mask = ATTENTION_ALL;
	Sequence q = project(site, attention, tape, x, 0, D);
	Sequence kv = project(site, attention, tape, memory, D, 3 * D);
	Tensor mean = { .data = NULL };
	if (weights) {
		int T = x.x->value.shape[1], U = memory.x->value.shape[1];
		mean = tensor_zeros_at(site, tape->arena, SHAPE(B, T, U));
		*weights = tape_constant(tape, mean, "attention.weights");
	}
	return finish(site, attention, tape, look_at(site, tape, q, kv, look, mean));
}
