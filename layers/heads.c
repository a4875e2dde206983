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
 * The heads are columns of one array: a head is a matrix with longer rows, not a copy.
 * Test: the same composed of small operations (test_attention.c). */
#include "layers/heads.h"
#include "layers/dropout.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

#include <math.h>

enum { BLOCK = 32 }; /* queries at a time */

/* One utterance. */
typedef struct Look {
	Heads heads;       /* rng: the utterance's own */
	Matrix q, k, v, y; /* (T,..), (U,..), (U,..), (T,D) */
	Matrix mean;       /* (T,U), or no data */
	real *scratch;     /* four matrices as P */
	const struct Look
	        *grad; /* the gradients, each in its value's place, or no data */
} Look;

/* Queries begin..begin+rows-1 and the first `seen` steps that they may see. */
typedef struct Block {
	int head, begin, rows, seen;
} Block;

static void each_block(
        Arena *arena, Look look, void (*work)(const Look *look, Block block))
{
	ArenaMark mark = arena_mark(arena);
	int T = look.q.rows, U = look.k.rows, most = T < BLOCK ? T : BLOCK;
	look.scratch = arena_alloc(arena, 4 * (size_t)most * (size_t)U * sizeof(real));
	for (int head = 0; head < look.heads.count; head++)
		for (int begin = 0; begin < T; begin += BLOCK) {
			int rows = T - begin < BLOCK ? T - begin : BLOCK;
			bool causal = look.heads.mask == ATTENTION_CAUSAL;
			int seen = causal ? U - (T - begin - rows) : U;
			work(&look, (Block){ head, begin, rows, seen });
		}
	arena_rewind(arena, mark);
}

/* The columns of the block's head in x, which begin at `column`: (rows,d). */
static Matrix queries(const Look *look, Block block, Matrix x, int column)
{
	int d = look->heads.width;
	return matrix_part(x, block.begin, block.rows, column + block.head * d, d);
}

static Matrix keys(const Look *look, Block block, Matrix x, int column)
{
	int d = look->heads.width, head = block.head / look->heads.sharing;
	return matrix_part(x, 0, block.seen, column + head * d, d);
}

/* The i-th scratch matrix, as wide as what the block sees. */
static Matrix scratch(const Look *look, Block block, int i)
{
	size_t size = (size_t)block.rows * (size_t)block.seen;
	return matrix_view(
	        look->scratch + (size_t)i * size, block.rows, block.seen, block.seen);
}

/* P of a block. What may not be seen has a score of -inf: its exponential is 0. */
static Matrix weights_of(const Look *look, Block block)
{
	const Heads *h = &look->heads;
	Matrix p = scratch(look, block, 0);
	real scale = (real)(1 / sqrt(h->width));
	matmul(p, queries(look, block, look->q, h->q),
	        matrix_transpose(keys(look, block, look->k, h->k)), MATMUL_SET);
	for (int t = 0; t < p.rows; t++) {
		real *p_t = matrix_row(p, t);
		bool causal = h->mask == ATTENTION_CAUSAL;
		int visible = causal ? p.columns - p.rows + t + 1 : p.columns;
		for (int u = 0; u < p.columns; u++)
			p_t[u] *= scale;
		for (int u = visible; u < p.columns; u++)
			p_t[u] = -(real)INFINITY;
	}
	Tensor rows = tensor_view(p.data, SHAPE(p.rows, p.columns));
	tensor_softmax(rows, rows);
	return p;
}

/* M of a block, without data where nothing is dropped. Its streams do not know how long
 * other utterances are. */
static Matrix kept_of(const Look *look, Block block)
{
	if (!(look->heads.rate > 0))
		return (Matrix){ .data = NULL };
	Matrix m = scratch(look, block, 1);
	Rng head = rng_split(&look->heads.rng, (uint64_t)block.head);
	for (int t = 0; t < m.rows; t++) {
		Rng own = rng_split(&head, (uint64_t)(block.begin + t));
		dropout_mask(matrix_row(m, t), (size_t)m.columns, look->heads.rate, &own);
	}
	return m;
}

/* M P; P itself where nothing is dropped. */
static Matrix weights_left(const Look *look, Block block, Matrix p, Matrix m)
{
	if (!m.data)
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
	if (m.data)
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

static void forward(const Look *look, Block block)
{
	Matrix p = weights_of(look, block), mean = look->mean;
	for (int t = 0; mean.data && t < p.rows; t++)
		for (int u = 0; u < p.columns; u++)
			matrix_row(mean, block.begin + t)[u] +=
			        matrix_row(p, t)[u] / (real)look->heads.count;
	matmul(queries(look, block, look->y, 0),
	        weights_left(look, block, p, kept_of(look, block)),
	        keys(look, block, look->v, look->heads.v), MATMUL_SET);
}

static void backward(const Look *look, Block block)
{
	const Heads *h = &look->heads;
	const Look *grad = look->grad;
	Matrix p = weights_of(look, block), m = kept_of(look, block);
	Matrix left = weights_left(look, block, p, m), ds = scratch(look, block, 3);
	Matrix dy = queries(look, block, grad->y, 0);
	matmul(ds, dy, matrix_transpose(keys(look, block, look->v, h->v)), MATMUL_SET);
	softmax_backward(look, ds, p, m);
	if (grad->q.data)
		matmul(queries(look, block, grad->q, h->q), ds,
		        keys(look, block, look->k, h->k), MATMUL_ADD);
	if (grad->k.data) /* heads that share add to the same, in their order */
		matmul(keys(look, block, grad->k, h->k), matrix_transpose(ds),
		        queries(look, block, look->q, h->q), MATMUL_ADD);
	if (grad->v.data)
		matmul(keys(look, block, grad->v, h->v), matrix_transpose(left), dy,
		        MATMUL_ADD);
}

void heads_apply(
        Arena *scratch, Matrix y, Matrix q, Matrix k, Matrix v, const Heads *heads)
{
	Look look = { .heads = *heads, .q = q, .k = k, .v = v, .y = y };
	each_block(scratch, look, forward);
}

/* Utterance b of (B,T,..), which may have no data. */
static Matrix steps_of(Tensor x, int b, int steps)
{
	real *first = x.data ? sequence_step(x, b, 0) : NULL;
	return matrix_view(first, steps, x.shape[2], x.shape[2]);
}

static void heads_backward(const Node *node)
{
	for (int b = 0; b < node->out->value.shape[0]; b++) {
		Look look = ((const Look *)node->saved)[b], grad;
		grad.q = steps_of(node->in[0]->grad, b, look.q.rows);
		grad.k = steps_of(node->in[1]->grad, b, look.k.rows);
		grad.v = steps_of(node->in[2]->grad, b, look.k.rows);
		grad.y = steps_of(node->out->grad, b, look.q.rows);
		look.grad = &grad;
		each_block(node->tape->arena, look, backward);
	}
}

static const Op heads_op = { .name = "attention_forward", .backward = heads_backward };

Sequence heads_forward_at(Site site, Tape *tape, Sequence q, Sequence k, Var *v,
        const Heads *heads, Tensor mean)
{
	int B = q.x->value.shape[0], T = q.x->value.shape[1];
	int D = heads->count * heads->width;
	Tensor y = tensor_new_at(site, tape->arena, SHAPE(B, T, D));
	Look *looks = ARENA_ARRAY(tape->arena, Look, (size_t)B);
	for (int b = 0; b < B; b++) {
		looks[b].heads = *heads;
		looks[b].heads.rng = rng_split(&heads->rng, (uint64_t)b);
		looks[b].q = steps_of(q.x->value, b, q.lengths[b]);
		looks[b].k = steps_of(k.x->value, b, k.lengths[b]);
		looks[b].v = steps_of(v->value, b, k.lengths[b]);
		looks[b].y = steps_of(y, b, q.lengths[b]);
		looks[b].mean = steps_of(mean, b, q.lengths[b]);
		each_block(tape->arena, looks[b], forward);
		sequence_clear_padding(y, b, q.lengths[b]);
	}
	Var *out = tape_push(site, tape, &heads_op, y, looks, INPUTS(q.x, k.x, v));
	return (Sequence){ out, q.lengths };
}
