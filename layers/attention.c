/* For one utterance and one head, with queries Q (T,d), keys K and values V (U,d):
 *
 *     P = softmax(Q K' / sqrt(d))    (T,U), row t: how much step t takes from each step
 *     Y = P V                        (T,d)
 *
 * sqrt(d) keeps the products of d random terms at variance 1, where softmax still has a slope. A row of P
 * counts only the steps that may be seen; the others are 0.
 *
 * Gradient, with dY = dloss/dY:
 *
 *     dV = P' dY    dP = dY V'    dS = P (dP - m), m_t = sum_u P_tu dP_tu    (softmax; by element)
 *     dQ = dS K / sqrt(d)         dK = dS' Q / sqrt(d)
 *
 * The heads are columns of one array, so none is copied: a head is a matrix with longer rows. The
 * linear maps around are layers of their own. Test: the same composed of small operations. */
#include "layers/attention.h"
#include "autograd/ops.h"
#include "layers/init.h"
#include "tensor/matmul.h"
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

/* ---- softmax(Q K' / sqrt(d)) V as an operation ------------------------------------------------ */

/* Where q, k and v begin among the columns of their arrays, which may be one and the same. */
typedef struct Heads {
	int count, width; /* d columns each */
	int q_column, k_column, v_column;
} Heads;

typedef struct Saved {
	Heads heads;
	AttentionMask mask;
	Arena *arena;
	const int *steps, *seen; /* (B) lengths of the queries and of what they look at */
	real *weights; /* (B,heads,T,U) P, of which each utterance uses its (steps,seen) */
	int T, U;
} Saved;

/* The columns of one head in utterance b of x (B,T,W): (rows,d). */
static Matrix head_view(
        Tensor x, int b, int rows, int column, const Heads *heads, int head)
{
	const real *first = sequence_step(x, b, 0) + column + head * heads->width;
	return matrix_view(first, rows, heads->width, x.shape[2]);
}

static Matrix weights_view(const Saved *saved, int b, int head)
{
	size_t which = (size_t)b * (size_t)saved->heads.count + (size_t)head;
	size_t size = (size_t)saved->T * (size_t)saved->U;
	return matrix_view(
	        saved->weights + which * size, saved->steps[b], saved->seen[b], saved->U);
}

static real *row_of(Matrix a, int i)
{
	return a.data + (size_t)i * (size_t)a.row_stride;
}

/* How many steps row t of P may see. */
static int visible(const Saved *saved, Matrix p, int t)
{
	return saved->mask == ATTENTION_CAUSAL ? t + 1 : p.columns;
}

static void softmax_rows(Site site, const Saved *saved, Matrix p, real scale)
{
	for (int t = 0; t < p.rows; t++) {
		int count = visible(saved, p, t);
		Tensor row = (tensor_view)(site, row_of(p, t), SHAPE(count));
		for (int u = 0; u < count; u++)
			row.data[u] *= scale;
		(tensor_softmax)(site, row, row);
		memset(row.data + count, 0, (size_t)(p.columns - count) * sizeof(real));
	}
}

static void heads_backward(const Node *node)
{
	const Saved *saved = node->saved;
	const Heads *h = &saved->heads;
	Site site = node->site;
	Var *q = node->in[0], *kv = node->in[1];
	Tensor dy = node->out->grad;
	real scale = (real)(1 / sqrt(h->width));
	ArenaMark mark = arena_mark(saved->arena);
	size_t size = (size_t)saved->T * (size_t)saved->U;
	real *ds_data = arena_alloc(saved->arena, size * sizeof(real));
	for (int i = 0; i < dy.shape[0] * h->count; i++) {
		int b = i / h->count, head = i % h->count;
		int T = saved->steps[b], U = saved->seen[b];
		Matrix p = weights_view(saved, b, head);
		Matrix ds = matrix_view(ds_data, T, U, U);
		Matrix dy_b = head_view(dy, b, T, 0, h, head);
		Matrix v = head_view(kv->value, b, U, h->v_column, h, head);
		(matmul)(site, ds, dy_b, matrix_transpose(v), MATMUL_SET);
		for (int t = 0; t < T; t++) {
			real *ds_t = row_of(ds, t);
			const real *p_t = row_of(p, t);
			real mean = real_dot(p_t, ds_t, (size_t)visible(saved, p, t));
			for (int u = 0; u < U; u++)
				ds_t[u] = p_t[u] * (ds_t[u] - mean) * scale;
		}
		if (kv->grad.data) {
			(matmul)(site, head_view(kv->grad, b, U, h->v_column, h, head),
			        matrix_transpose(p), dy_b, MATMUL_ADD);
			(matmul)(site, head_view(kv->grad, b, U, h->k_column, h, head),
			        matrix_transpose(ds),
			        head_view(q->value, b, T, h->q_column, h, head),
			        MATMUL_ADD);
		}
		if (q->grad.data)
			(matmul)(site, head_view(q->grad, b, T, h->q_column, h, head), ds,
			        head_view(kv->value, b, U, h->k_column, h, head),
			        MATMUL_ADD);
	}
	arena_rewind(saved->arena, mark);
}

static const Op heads_op = { "attention_forward", heads_backward };

/* q (B,T,..) looks at kv (B,U,..) -> (B,T,D), zero after each length. */
static Sequence look(
        Site site, Tape *tape, Sequence q, Sequence kv, Heads heads, AttentionMask mask)
{
	Tensor x = q.x->value;
	int B = x.shape[0], T = x.shape[1], U = kv.x->value.shape[1];
	Tensor y =
	        (tensor_new)(site, tape->arena, SHAPE(B, T, heads.count * heads.width));
	ArenaMark mark = arena_mark(tape->arena);
	Saved *saved = arena_alloc(tape->arena, sizeof *saved);
	*saved = (Saved){ .heads = heads,
		.mask = mask,
		.arena = tape->arena,
		.steps = q.lengths,
		.seen = kv.lengths,
		.T = T,
		.U = U };
	Tensor weights = (tensor_new)(site, tape->arena, SHAPE(B, heads.count, T, U));
	saved->weights = weights.data;
	for (int i = 0; i < B * heads.count; i++) {
		int b = i / heads.count, head = i % heads.count;
		Matrix p = weights_view(saved, b, head);
		Matrix k = head_view(
		        kv.x->value, b, p.columns, heads.k_column, &heads, head);
		Matrix v = head_view(
		        kv.x->value, b, p.columns, heads.v_column, &heads, head);
		(matmul)(site, p, head_view(x, b, p.rows, heads.q_column, &heads, head),
		        matrix_transpose(k), MATMUL_SET);
		softmax_rows(site, saved, p, (real)(1 / sqrt(heads.width)));
		(matmul)(
		        site, head_view(y, b, p.rows, 0, &heads, head), p, v, MATMUL_SET);
	}
	for (int b = 0; b < B; b++)
		sequence_clear_padding(y, b, q.lengths[b]);
	if (!tape_wants(tape, 2, (Var *[]){ q.x, kv.x })) {
		arena_rewind(tape->arena, mark);
		saved = NULL;
	}
	Var *out = tape_push(site, tape, &heads_op, y, saved, INPUTS(q.x, kv.x));
	return (Sequence){ out, q.lengths };
}

/* ---- the layer -------------------------------------------------------------------------------- */

Attention(attention_new)(
        Site site, Params *params, const char *name, int width, int heads, Rng *rng)
{
	if (width < 1 || heads < 1 || width % heads != 0 || width > 1 << 24)
		error_stop(site, "attention_new",
		        "\"%s\": %d heads of a width of %d: expected heads that divide "
		        "it, and at most %d",
		        name, heads, width, 1 << 24);
	Attention attention = { .width = width, .heads = heads };
	attention.in_proj_weight = (params_add)(site, params, name, "in_proj_weight",
	        SHAPE(3 * width, width));
	attention.in_proj_bias =
	        (params_add)(site, params, name, "in_proj_bias", SHAPE(3 * width));
	(init_xavier_uniform)(site, params, attention.in_proj_weight, rng);
	attention.out_proj = (linear_new)(site, params,
	        params_name(params, name, "out_proj"), width, width, rng);
	if (!params->original)
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

/* The map back; its bias fills the padding, which is cleared. */
static Sequence finish(Site site, const Attention *attention, Tape *tape, Sequence y)
{
	y.x = (linear_forward)(site, &attention->out_proj, tape, y.x);
	return (sequence_mask)(site, tape, y);
}

Sequence(attention_forward)(
        Site site, const Attention *attention, Tape *tape, Sequence x, AttentionMask mask)
{
	validate(site, attention, tape, "attention_forward", "x", x);
	int D = attention->width;
	Linear in_proj = { attention->in_proj_weight, attention->in_proj_bias };
	Sequence qkv = { (linear_forward)(site, &in_proj, tape, x.x), x.lengths };
	Heads heads = { attention->heads, D / attention->heads, 0, D, 2 * D };
	return finish(site, attention, tape, look(site, tape, qkv, qkv, heads, mask));
}

/* The rows begin..end-1 of the map into queries, keys and values. */
static Sequence project(
        Site site, const Attention *attention, Tape *tape, Sequence s, int begin, int end)
{
	Linear part = {
		(op_slice)(site, tape, attention->in_proj_weight, 0, begin, end),
		(op_slice)(site, tape, attention->in_proj_bias, 0, begin, end),
	};
	return (Sequence){ (linear_forward)(site, &part, tape, s.x), s.lengths };
}

Sequence(attention_across)(
        Site site, const Attention *attention, Tape *tape, Sequence x, Sequence memory)
{
	validate(site, attention, tape, "attention_across", "x", x);
	validate(site, attention, tape, "attention_across", "memory", memory);
	if (x.x->value.shape[0] != memory.x->value.shape[0])
		tape_stop(site, tape, "attention_across",
		        "%s looks at %s: batches of %d and %d", var_text("x", x.x).text,
		        var_text("memory", memory.x).text, x.x->value.shape[0],
		        memory.x->value.shape[0]);
	int D = attention->width;
	Sequence q = project(site, attention, tape, x, 0, D);
	Sequence kv = project(site, attention, tape, memory, D, 3 * D);
	Heads heads = { attention->heads, D / attention->heads, 0, 0, D };
	return finish(
	        site, attention, tape, look(site, tape, q, kv, heads, ATTENTION_ALL));
}
