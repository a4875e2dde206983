/* wrap: experts_product_at */
/* The product of experts, forward and backward, is the student's, an utterance at a time. A
 * prior that is learnt, and half an expert, are the library's. */
#include "layers/experts.h"
#include "tutorials/11-two-modalities/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>

Var *__real_experts_product_at(Site site, Tape *tape, int count, Var *const logits[],
        Var *const present[], Var *log_prior);
Var *__wrap_experts_product_at(Site site, Tape *tape, int count, Var *const logits[],
        Var *const present[], Var *log_prior);

typedef struct Saved {
	int B, K, C;
	const real *logits; /* (B,K,C) */
	const int *there;   /* (B,K) */
	const real *prior;  /* (C) */
	const real *log_p;  /* (B,C) */
} Saved;

static const real *logits_of(const Saved *s, int b)
{
	return s->logits + (size_t)b * (size_t)s->K * (size_t)s->C;
}

static const int *there_of(const Saved *s, int b)
{
	return s->there + (size_t)b * (size_t)s->K;
}

static const real *log_p_of(const Saved *s, int b)
{
	return s->log_p + (size_t)b * (size_t)s->C;
}

/* --- compared with what is right ---------------------------------------------------- */

/* What is summed for class c of row b, and the size of the terms in it. */
static double sum_of(const Saved *s, int b, int c, double *size)
{
	int n = 0;
	double sum = 0;
	*size = 1;
	for (int k = 0; k < s->K; k++)
		if (there_of(s, b)[k]) {
			double z = (double)logits_of(s, b)[k * s->C + c];
			sum += z;
			*size += fabs(z);
			n++;
		}
	const double log_prior = log((double)s->prior[c]);
	*size += fabs((1 - n) * log_prior);
	return sum + (1 - n) * log_prior;
}

static void check_forward(Site site, const Saved *s, int b)
{
	double most = -(double)INFINITY, all = 0, largest = 0, size;
	for (int c = 0; c < s->C; c++) {
		most = fmax(most, sum_of(s, b, c, &size));
		largest = fmax(largest, size);
	}
	for (int c = 0; c < s->C; c++)
		all += exp(sum_of(s, b, c, &size) - most);
	for (int c = 0; c < s->C; c++)
		mine_require(site, "11", "your experts_forward's log_p", (size_t)c,
		        (double)log_p_of(s, b)[c],
		        sum_of(s, b, c, &size) - most - log(all), largest);
}

/* What d_logits has to be if each held `before`. */
static void check_backward(Site site, const Saved *s, int b, const real *found,
        const real *d_log_p, real before)
{
	double all = 0, size = fabs((double)before);
	for (int c = 0; c < s->C; c++) {
		all += (double)d_log_p[c];
		size += fabs((double)d_log_p[c]);
	}
	for (int k = 0; k < s->K; k++)
		for (int c = 0; c < s->C; c++) {
			double d =
			        (double)d_log_p[c] - exp((double)log_p_of(s, b)[c]) * all;
			mine_require(site, "11", "your experts_backward's d_logits",
			        (size_t)(k * s->C + c), (double)found[k * s->C + c],
			        (double)before + (there_of(s, b)[k] ? d : 0), size);
		}
}

/* Experts that learn by themselves send no gradient through the product, and that of a
 * cross-entropy sums to 0, which hides mistakes. So it is tried on one that does not. */
static void try_backward(Site site, const Saved *s, int b)
{
	Arena *arena = arena_new("mine check");
	real *d_log_p = ARENA_ARRAY(arena, real, (size_t)s->C);
	real *d_logits = ARENA_ARRAY(arena, real, (size_t)(s->K * s->C));
	for (int c = 0; c < s->C; c++)
		d_log_p[c] = (real)(c + 1);
	for (int i = 0; i < s->K * s->C; i++)
		d_logits[i] = 5;
	experts_backward(d_logits, d_log_p, log_p_of(s, b), there_of(s, b), s->K, s->C);
	check_backward(site, s, b, d_logits, d_log_p, 5);
	arena_free(arena);
}

/* --- the operation ------------------------------------------------------------------ */

static void backward(const Node *node)
{
	const Saved *s = node->saved;
	Arena *arena = arena_new("mine");
	real *d_logits = ARENA_ARRAY(arena, real, (size_t)(s->K * s->C));
	for (int b = 0; b < s->B; b++) {
		const real *d_log_p = node->out->grad.data + (size_t)b * (size_t)s->C;
		for (int i = 0; i < s->K * s->C; i++)
			d_logits[i] = 0;
		experts_backward(
		        d_logits, d_log_p, log_p_of(s, b), there_of(s, b), s->K, s->C);
		if (mine_check())
			check_backward(node->site, s, b, d_logits, d_log_p, 0);
		for (int k = 0; k < s->K; k++) {
			real *d = node->in[k]->grad.data;
			for (int c = 0; d && c < s->C; c++)
				d[b * s->C + c] += d_logits[k * s->C + c];
		}
	}
	arena_free(arena);
}

static const Op op = { .name = "experts_product", .backward = backward };

/* Whether the student's function was promised this. */
static bool promised(
        int count, Var *const logits[], Var *const present[], const Var *log_prior)
{
	if (count < 1 || !log_prior || var_wants(log_prior) ||
	        log_prior->value.ndim != 1 || log_prior->value.shape[0] < 1)
		return false;
	for (int k = 0; k < count; k++) {
		const Tensor z = logits[k]->value, there = present[k]->value;
		if (z.ndim != 2 || z.shape[0] != logits[0]->value.shape[0] ||
		        z.shape[1] != log_prior->value.shape[0] || there.ndim != 2 ||
		        there.shape[0] != z.shape[0] || there.shape[1] != 1 ||
		        var_wants(present[k]))
			return false;
		for (int b = 0; b < z.shape[0]; b++)
			if (there.data[b] < 1 && there.data[b] > 0)
				return false;
	}
	return true;
}

/* The rows of all experts of an utterance, one after the other. */
static void gather(
        const Saved *s, real *rows, int *there, Var *const logits[], Var *const present[])
{
	for (int b = 0; b < s->B; b++)
		for (int k = 0; k < s->K; k++) {
			*there++ = present[k]->value.data[b] > 0;
			for (int c = 0; c < s->C; c++)
				*rows++ = logits[k]->value.data[b * s->C + c];
		}
}

Var *__wrap_experts_product_at(Site site, Tape *tape, int count, Var *const logits[],
        Var *const present[], Var *log_prior)
{
	if (!promised(count, logits, present, log_prior))
		return __real_experts_product_at(
		        site, tape, count, logits, present, log_prior);
	Saved *s = ARENA_NEW(tape->arena, Saved);
	const int B = logits[0]->value.shape[0], C = log_prior->value.shape[0];
	real *rows = ARENA_ARRAY(tape->arena, real, (size_t)(B * count * C));
	int *there = ARENA_ARRAY(tape->arena, int, (size_t)(B * count));
	real *prior = ARENA_ARRAY(tape->arena, real, (size_t)C);
	for (int c = 0; c < C; c++)
		prior[c] = (real)exp((double)log_prior->value.data[c]);
	Tensor log_p = tensor_new_at(site, tape->arena, SHAPE(B, C));
	*s = (Saved){ B, count, C, rows, there, prior, log_p.data };
	gather(s, rows, there, logits, present);
	for (int b = 0; b < B; b++) {
		experts_forward(log_p.data + (size_t)b * (size_t)C, logits_of(s, b),
		        there_of(s, b), prior, count, C);
		if (mine_check()) {
			check_forward(site, s, b);
			try_backward(site, s, b);
		}
	}
	return tape_push(site, tape, &op, log_p, s, count, logits);
}
