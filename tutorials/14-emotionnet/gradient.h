/* gradient.h: the gradient against differences of the student's own fusion_forward, for checks.c. */
#ifndef TUTORIALS_EMOTIONNET_GRADIENT_H
#define TUTORIALS_EMOTIONNET_GRADIENT_H

#include "tutorials/14-emotionnet/problem.h"

static void new_d_out(real d_out[ROOM])
{
	Rng rng = rng_new((uint64_t)(checks_seed() + 7));
	for (int k = 0; k < ROOM; k++)
		d_out[k] = (real)rng_normal(&rng);
}

/* The loss, the sum of d_out times out, of row b where number i of it moves. */
static double moved(
        const Problem *q, const real d_out[], int part, int b, int i, double step)
{
	Problem other = *q;
	real out[ROOM];
	double loss = 0;
	other.x[part][b * q->P[part] + i] += (real)step;
	forward(&other, out, 0);
	for (int k = b * wide(q); k < (b + 1) * wide(q); k++)
		loss += number(d_out[k]) * number(out[k]);
	return loss;
}

/* How fast the loss changes with that number; *bends: on one side otherwise than on the other. */
static double difference(
        const Problem *q, const real d_out[], int part, int b, int i, bool *bends)
{
	const double step = 1.0 / 64, here = moved(q, d_out, part, b, i, 0);
	const double up = moved(q, d_out, part, b, i, step),
	             down = moved(q, d_out, part, b, i, -step);
	const double rough = (up - down) / (2 * step);
	const double fine = (moved(q, d_out, part, b, i, step / 2) -
	                            moved(q, d_out, part, b, i, -step / 2)) /
	                    step;
	*bends = fabs(rough - fine) > 2e-3 * (1 + fabs(fine)) ||
	         fabs(up + down - 2 * here) / step > 0.1 * (1 + fabs(fine));
	return fine;
}

static bool like(double found, double expected)
{
	return fabs(found - expected) <= 5e-3 + 5e-3 * fabs(expected);
}

/* The differences of every number; NAN where the modality is missing, or where out bends. */
typedef struct Truth {
	double d[PARTS][MOST];
	int known, bent;
} Truth;

static Truth truth_of(const Problem *q, const real d_out[])
{
	Truth t = { .known = 0 };
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < q->B * q->P[part]; k++) {
			const int b = k / q->P[part], i = k % q->P[part];
			t.d[part][k] = (double)NAN;
			if (q->has[part][b] < 1)
				continue;
			bool bends;
			const double slope = difference(q, d_out, part, b, i, &bends);
			t.bent += bends;
			t.known += !bends;
			if (!bends)
				t.d[part][k] = slope;
		}
	return t;
}

/* Whether all that is known of one modality is as expected, times `factor`. */
static bool all_like(
        const Problem *q, const Gradient *g, int part, const Truth *other, double factor)
{
	for (int k = 0; k < q->B * q->P[part]; k++)
		if (!isnan(other->d[part][k]) &&
		        !like(number(g->d[part][k]), factor * other->d[part][k]))
			return false;
	return true;
}

/* What would be found of `part` if each row of it were that of the other modality. */
static Truth exchanged(const Problem *q, const Truth *t)
{
	Truth e = *t;
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < q->B * q->P[part]; k++) {
			const int b = k / q->P[part], i = k % q->P[part];
			e.d[part][k] = (double)NAN;
			if (i < q->P[!part] && !isnan(t->d[part][k]))
				e.d[part][k] = t->d[!part][b * q->P[!part] + i];
		}
	return e;
}

static bool right_alone(const Problem *q, const real d_out[], const Truth *t, int part)
{
	for (int b = 0; b < q->B; b++) {
		const Problem one = alone(q, b);
		real d_row[ROOM] = { 0 };
		Gradient g;
		memcpy(d_row, d_out + b * wide(q), (size_t)wide(q) * sizeof(real));
		backward(&one, d_row, &g, 0);
		for (int i = 0; i < q->P[part]; i++) {
			const double expected = t->d[part][b * q->P[part] + i];
			if (!isnan(expected) && !like(number(g.d[part][i]), expected))
				return false;
		}
	}
	return true;
}

static bool follows_d_out(
        const Problem *q, const real d_out[], const Gradient *g, int part)
{
	real twice[ROOM];
	Gradient other;
	for (int k = 0; k < ROOM; k++)
		twice[k] = 2 * d_out[k];
	backward(q, twice, &other, 0);
	for (int k = 0; k < q->B * q->P[part]; k++)
		if (!like(number(other.d[part][k]), number(g->d[part][k])))
			return true;
	return false;
}

static const char *mistake_of(
        const Problem *q, const real d_out[], const Gradient *g, const Truth *t, int part)
{
	const Truth swapped = exchanged(q, t), none = { .known = 0 };
	if (all_like(q, g, part, &none, 1))
		return "nothing is added to the gradient";
	if (all_like(q, g, part, t, -1))
		return "the sign";
	if (all_like(q, g, part, &swapped, 1))
		return "the gradients of text and speech are exchanged. Look which numbers "
		       "of a row of d_out belong to which of them";
	if (!follows_d_out(q, d_out, g, part))
		return "d_out is not used. By the chain rule each derivative is multiplied "
		       "by what came back to that number of out";
	if (right_alone(q, d_out, t, part))
		return "right for an utterance alone, and wrong in a batch: rows are mixed";
	return "this is not the derivative of what fusion_forward computes. Write down out "
	       "for one text number and one speech number, and take its derivative";
}

static void judge_gradient(const Problem *q)
{
	real d_out[ROOM];
	Gradient g;
	new_d_out(d_out);
	const Truth t = truth_of(q, d_out);
	if (t.bent > t.known)
		MISTAKE("out jumps or bends so often that it has no derivative to speak of",
		        "of %d numbers %d have no derivative", t.known + t.bent, t.bent);
	backward(q, d_out, &g, 0);
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < q->B * q->P[part]; k++) {
			const double expected = t.d[part][k],
			             found = number(g.d[part][k]);
			if (isnan(expected) || like(found, expected))
				continue;
			MISTAKE(mistake_of(q, d_out, &g, &t, part),
			        "%d rows. d_%s of row %d, number %d is %.5g. Moving that "
			        "number a little changes the loss %.5g times as much",
			        q->B, names[part], k / q->P[part], k % q->P[part], found,
			        expected);
		}
}

static void judge_added(const Problem *q)
{
	real d_out[ROOM];
	Gradient from_zero, from_five;
	new_d_out(d_out);
	backward(q, d_out, &from_zero, 0);
	backward(q, d_out, &from_five, 5);
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < q->B * q->P[part]; k++) {
			const double zero = number(from_zero.d[part][k]),
			             five = number(from_five.d[part][k]);
			if (like(five, zero + 5))
				continue;
			MISTAKE(like(five, zero)
			                ? "= in place of +=. What was there is lost"
			                : "what was there is changed before it is added to",
			        "d_%s of row %d, number %d held 5 and is %.5g now, "
			        "expected %.5g",
			        names[part], k / q->P[part], k % q->P[part], five,
			        zero + 5);
		}
}

static void judge_missing_gradient(const Problem *q)
{
	real d_out[ROOM];
	Gradient g;
	new_d_out(d_out);
	backward(q, d_out, &g, 0);
	for (int part = 0; part < PARTS; part++)
		for (int k = 0; k < q->B * q->P[part]; k++)
			if (q->has[part][k / q->P[part]] < 1 &&
			        fabs(number(g.d[part][k])) > 0)
				MISTAKE("a missing modality gets a gradient. Its numbers do "
				        "not count, so nothing changes with them",
				        "row %d has no %s, and its d_%s, number %d, is %.5g, "
				        "expected 0",
				        k / q->P[part], names[part], names[part],
				        k % q->P[part], number(g.d[part][k]));
}

#endif
