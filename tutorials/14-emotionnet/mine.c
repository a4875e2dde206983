/* wrap: join_pooled */
/* How middle fusion and the gate join what two encoders give is the student's, forward and
 * backward. Nobody knows which numbers are right, so what must hold is looked at: rows that lack a
 * modality, a row alone, and a few derivatives. One modality, or three, are the library's. */
#include "emotionnet/join.h"
#include "tutorials/14-emotionnet/exercise.h"
#include "tutorials/lesson/mine.h"

#include <math.h>
#include <string.h>

Var *__real_join_pooled(Tape *tape, const FusionInput *in);
Var *__wrap_join_pooled(Tape *tape, const FusionInput *in);

enum { TEXT, SPEECH, PARTS };

typedef struct Saved {
	int B, P[PARTS];
	const real *x[PARTS], *has[PARTS];
} Saved;

static int wide(const Saved *s)
{
	return s->P[TEXT] + s->P[SPEECH];
}

static void forward(const Saved *s, real *out)
{
	fusion_forward(out, s->x[TEXT], s->x[SPEECH], s->has[TEXT], s->has[SPEECH], s->B,
	        s->P[TEXT], s->P[SPEECH]);
}

/* Row b alone, its numbers in the arena. */
static Saved alone(Arena *arena, const Saved *s, int b)
{
	Saved one = *s;
	one.B = 1;
	for (int part = 0; part < PARTS; part++) {
		const size_t P = (size_t)s->P[part];
		real *x = ARENA_ARRAY(arena, real, P);
		memcpy(x, s->x[part] + (size_t)b * P, P * sizeof(real));
		one.x[part] = x;
		one.has[part] = s->has[part] + b;
	}
	return one;
}

/* --- what must hold ------------------------------------------------------------------ */

static void same(
        Site site, const char *what, int wide, const real *found, const real *expected)
{
	for (int k = 0; k < wide; k++)
		mine_require(site, "14", what, (size_t)k, (double)found[k],
		        (double)expected[k], fabs((double)expected[k]));
}

/* Other numbers of a modality that is there change something. */
static void check_reach(Site site, const Saved *s, const real *out, int b, int part)
{
	Arena *arena = arena_new("mine");
	Saved one = alone(arena, s, b);
	real *again = ARENA_ARRAY(arena, real, (size_t)wide(s));
	bool changed = one.has[part][0] < 1;
	for (int attempt = 1; attempt <= 3 && !changed; attempt++) {
		real *x = ARENA_ARRAY(arena, real, (size_t)s->P[part]);
		for (int i = 0; i < s->P[part]; i++)
			x[i] = one.x[part][i] + (real)(i % 2 ? attempt : -2 * attempt);
		Saved other = one;
		other.x[part] = x;
		forward(&other, again);
		for (int k = 0; k < wide(s); k++)
			changed |= again[k] < out[b * wide(s) + k] ||
			           again[k] > out[b * wide(s) + k];
	}
	arena_free(arena);
	if (!changed)
		error_stop(site, "MINE=1",
		        "the %s does not reach your fusion_forward's out. make exercise "
		        "CH=14 says why.",
		        part == TEXT ? "text" : "speech");
}

/* Row b alone has the answer that it has in the batch; and were a modality missing, its numbers
 * would not count. */
static void check_row(Site site, const Saved *s, const real *out, int b)
{
	Arena *arena = arena_new("mine");
	const Saved one = alone(arena, s, b);
	static const real missing = 0;
	real *again = ARENA_ARRAY(arena, real, (size_t)wide(s));
	real *other = ARENA_ARRAY(arena, real, (size_t)wide(s));
	forward(&one, again);
	same(site, "a row of your fusion_forward's out, in a batch,", wide(s),
	        out + b * wide(s), again);
	for (int part = 0; part < PARTS; part++) {
		Saved without = one;
		real *x = ARENA_ARRAY(arena, real, (size_t)s->P[part]);
		for (int i = 0; i < s->P[part]; i++)
			x[i] = (real)(i % 3 - 1);
		without.has[part] = &missing;
		forward(&without, again);
		without.x[part] = x;
		forward(&without, other);
		same(site,
		        part == TEXT ? "your fusion_forward's out, without text,"
		                     : "your fusion_forward's out, without speech,",
		        wide(s), again, other);
	}
	arena_free(arena);
}

/* The loss, the sum of d_out times out, of row b where number i of it moves. */
static double moved(
        const Saved *s, const real *d_out, int part, int b, int i, double step)
{
	Arena *arena = arena_new("mine");
	Saved one = alone(arena, s, b);
	real *x = ARENA_ARRAY(arena, real, (size_t)s->P[part]);
	real *out = ARENA_ARRAY(arena, real, (size_t)wide(s));
	memcpy(x, one.x[part], (size_t)s->P[part] * sizeof(real));
	x[i] += (real)step;
	one.x[part] = x;
	forward(&one, out);
	double loss = 0;
	for (int k = 0; k < wide(s); k++)
		loss += (double)d_out[b * wide(s) + k] * (double)out[k];
	arena_free(arena);
	return loss;
}

/* Number i of row b. Where out bends, as relu does at 0, its two sides differ, and none counts. */
static void check_derivative(Site site, const Saved *s, const real *d_out, int part,
        int b, int i, double found)
{
	static const char *const what[PARTS] = { "your fusion_backward's d_text",
		"your fusion_backward's d_speech" };
	const double step = 1.0 / 64;
	const size_t at = (size_t)(b * s->P[part] + i);
	if (s->has[part][b] < 1) {
		mine_require(site, "14", what[part], at, found, 0, 0);
		return;
	}
	double size = 0;
	for (int k = 0; k < wide(s); k++)
		size += fabs((double)d_out[b * wide(s) + k]);
	const double here = moved(s, d_out, part, b, i, 0);
	const double above = (moved(s, d_out, part, b, i, step) - here) / step;
	const double below = (here - moved(s, d_out, part, b, i, -step)) / step;
	if (fabs(above - below) <= 2e-3 * size)
		mine_require(site, "14", what[part], at, found, (above + below) / 2,
		        100 * size);
}

/* --- the operation ------------------------------------------------------------------- */

static void backward(const Node *node)
{
	const Saved *s = node->saved;
	const real *d_out = node->out->grad.data;
	Arena *arena = arena_new("mine");
	real *d[PARTS], *held[PARTS];
	for (int part = 0; part < PARTS; part++) {
		d[part] = ARENA_ARRAY(arena, real, (size_t)(s->B * s->P[part]));
		held[part] = mine_room(arena, (size_t)(s->B * s->P[part]));
	}
	fusion_backward(d[TEXT], d[SPEECH], d_out, s->x[TEXT], s->x[SPEECH], s->has[TEXT],
	        s->has[SPEECH], s->B, s->P[TEXT], s->P[SPEECH]);
	const bool check = mine_check();
	if (check)
		fusion_backward(held[TEXT], held[SPEECH], d_out, s->x[TEXT], s->x[SPEECH],
		        s->has[TEXT], s->has[SPEECH], s->B, s->P[TEXT], s->P[SPEECH]);
	for (int part = 0; part < PARTS; part++) {
		for (int b = 0; b < s->B && check; b++)
			check_derivative(node->site, s, d_out, part, b, b % s->P[part],
			        (double)held[part][b * s->P[part] + b % s->P[part]] -
			                MINE_HELD);
		real *gradient = node->in[part]->grad.data;
		for (int k = 0; gradient && k < s->B * s->P[part]; k++)
			gradient[k] += d[part][k];
	}
	arena_free(arena);
}

static const Op op = { .name = "join_pooled", .backward = backward };

Var *__wrap_join_pooled(Tape *tape, const FusionInput *in)
{
	if (in->count != PARTS)
		return __real_join_pooled(tape, in);
	Saved *s = ARENA_NEW(tape->arena, Saved);
	Var *pooled[PARTS];
	s->B = in->batch;
	for (int part = 0; part < PARTS; part++) {
		pooled[part] = in->modality[part].pooled;
		s->P[part] = pooled[part]->value.shape[1];
		s->x[part] = pooled[part]->value.data;
		s->has[part] = in->modality[part].present->value.data;
	}
	Tensor out = tensor_new(tape->arena, SHAPE(s->B, wide(s)));
	forward(s, out.data);
	for (int b = 0; b < s->B && mine_check(); b++) {
		check_row(HERE, s, out.data, b);
		check_reach(HERE, s, out.data, b, b % PARTS);
	}
	return tape_push(HERE, tape, &op, out, s, PARTS, pooled);
}
