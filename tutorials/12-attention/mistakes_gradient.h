/* mistakes_gradient.h: the same for the gradients. w (T_q,T_k) are the right weights. */
#ifndef TUTORIALS_ATTENTION_MISTAKES_GRADIENT_H
#define TUTORIALS_ATTENTION_MISTAKES_GRADIENT_H

#include "tutorials/12-attention/mistakes.h"

static double weight_of(const Problem *p, const double w[], int t, int u, int way)
{
	return w[way == TURNED ? u * p->T_q + t : t * p->T_k + u];
}

static double dweight_of(const Problem *p, int t, int u, int way)
{
	double sum = 0;
	for (int j = 0; j < p->D; j++)
		sum = number(p->dout, t * p->D + j) *
		              number(way == K_FOR_V ? p->k : p->v, u * p->D + j) +
		      (way == DOT_SET ? 0 : sum);
	return sum;
}

/* What is subtracted in softmax's gradient. */
static double sum_of(const Problem *p, const double w[], int t, int u, int way)
{
	double sum = 0;
	const bool carried = way == SUM_CARRIED;
	if (way == NO_SUM || way == DIAGONAL)
		return 0;
	if (way == SUM_QUERIES) {
		for (int s = 0; s < p->T_q; s++)
			sum += w[s * p->T_k + u] * dweight_of(p, s, u, way);
		return sum;
	}
	for (int s = carried ? 0 : t; s <= t; s++)
		for (int i = 0; i < p->length - (way == ONE_SHORT); i++)
			sum += (way == SUM_PLAIN || way == SUM_MEAN
			                       ? 1
			                       : weight_of(p, w, s, i, way)) *
			       dweight_of(p, s, i, way);
	return way == SUM_MEAN ? sum / p->length : way == SUM_PLUS ? -sum : sum;
}

static double dscore_of(const Problem *p, const double w[], int t, int u, int way)
{
	const double weight = weight_of(p, w, t, u, way);
	const double dweight = dweight_of(p, t, u, way);
	if (way == NO_SOFTMAX)
		return dweight;
	if (way == DIAGONAL)
		return weight * (1 - weight) * dweight;
	return (way == NO_WEIGHT ? 1 : weight) * (dweight - sum_of(p, w, t, u, way));
}

static double term_of(
        const Problem *p, int part, const double w[], int t, int u, int j, int way)
{
	const int at_t = t * p->D + j, at_u = u * p->D + j;
	const double sign = way == SIGN ? -1 : 1;
	if (part == DV) {
		const double weight = weight_of(p, w, t, u, way);
		const double dout = number(p->dout, way == DOUT_ROW ? at_u : at_t);
		const double scale = way == SCALED ? 1 / sqrt(p->D) : 1;
		return sign * scale *
		       (way == WITH_SCORE         ? dscore_of(p, w, t, u, way)
		               : way == NO_WEIGHT ? 1
		                                  : weight) *
		       (way == FROM_V ? number(p->v, at_u) : dout);
	}
	const double q = number(p->q, way == DOUT_ROW ? at_u : at_t);
	const double k = number(p->k, way == DOUT_ROW ? at_t : at_u);
	double with = part == DQ ? k : q;
	if (way == FROM_Q)
		with = q;
	if (way == FROM_K)
		with = k;
	if (way == FROM_V)
		with = number(p->v, at_u);
	const double d = way == WITH_SCORE ? weight_of(p, w, t, u, way)
	                                   : dscore_of(p, w, t, u, way);
	return sign * factor_of(p, way) * d * with;
}

static void make_gradient(const Problem *p, int part, int way, double grad[ROOM])
{
	double w[ROOM];
	make_weights(p, RIGHT, w);
	bool written[ROOM] = { false };
	for (int i = 0; i < ROOM; i++)
		grad[i] = (double)p->before[part][i];
	for (int t = 0; t < queries_of(p, way); t++)
		for (int u = 0; u < p->length - (way == ONE_SHORT); u++)
			for (int j = 0; j < p->D - (way == LAST_NUMBER); j++) {
				const bool row_t = (part == DQ) != (way == OTHER_ROW);
				const int width = way == ROWS_KEYS ? p->T_k : p->D;
				const int at = (row_t ? t : u) * width + j;
				if (way == ASSIGNED || (way == SET && !written[at]))
					grad[at] = 0;
				written[at] = true;
				grad[at] += term_of(p, part, w, t, u, j, way);
			}
	for (int i = 0; way == SET && i < count_of(p, part); i++)
		grad[i] = written[i] ? grad[i] : 0;
}

/* clang-format off */
#define OF_SCORES \
	{ NO_SCALE, "the scale is forgotten. The score was divided by sqrt(D), and so is its gradient" }, \
	{ SCALE_D, "divided by D, or twice by sqrt(D). As in the forward pass it is the root of D, once" }, \
	{ SCALE_UP, "multiplied by sqrt(D). As in the forward pass it is divided" }, \
	{ SCALE_KEYS, "divided by the root of T_k. It has to be the root of D" }, \
	{ NO_SUM, "softmax's gradient lacks its sum: dscore is the weight times (dweight - m)" }, \
	{ DIAGONAL, "only weight * (1 - weight): that is how a weight moves with its own score. The other weights move, too: dscore is the weight times (dweight - m)" }, \
	{ SUM_PLAIN, "m is the sum of dweight without the weights. Each dweight(u) counts weights(t,u) times" }, \
	{ SUM_MEAN, "m is the plain mean of dweight. Each dweight(u) counts weights(t,u) times" }, \
	{ SUM_QUERIES, "m is summed over the queries. For each query it goes over the keys" }, \
	{ SUM_CARRIED, "m goes on from the query before. It begins anew for each query" }, \
	{ SUM_PLUS, "m is added. It has to be subtracted: dweight - m" }, \
	{ NO_WEIGHT, "dscore lacks its weight: it is the weight times (dweight - m)" }, \
	{ NO_SOFTMAX, "the softmax is passed over: dweight is used as dscore" }, \
	{ WITH_SCORE, "the weight is used as dscore. dscore is the weight times (dweight - m)" }, \
	{ K_FOR_V, "dweight is made of the keys. It is dout times the values, v" }, \
	{ DOT_SET, "only the last product of dweight is left: = where += has to be" }

#define OF_ALL(name) \
	{ TURNED, "weights is read as (T_k,T_q). It is (T_q,T_k): query t begins at t * T_k" }, \
	{ ONE_SHORT, "the last word is left out: the loop over keys ends one too early" }, \
	{ LAST_QUERY, "the last query is left out: t goes from 0 to T_q-1" }, \
	{ ONE_QUERY, "only query 0 is reached: is a return inside of the loop, or the loop over t missing" }, \
	{ ROWS_KEYS, "a row of " name " has D numbers, not T_k" }, \
	{ LAST_NUMBER, "the last number of each row is left out: j goes from 0 to D-1" }, \
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" }, \
	{ UNTOUCHED, "nothing is added to " name ". Is it computed yet" }

static const Mistake dq_mistakes[] = {
	{ ASSIGNED, "= where += has to be: each key replaces what the key before gave to this query" },
	{ SET, "dq is set. It has to be added to: what was there is lost" },
	{ FROM_Q, "the factor is q. A score is q times k, so q gets dscore times k" },
	{ FROM_V, "the factor is v. A score is q times k, so q gets dscore times k" },
	{ OTHER_ROW, "dq has the index of the key: row t of dq belongs to query t" },
	{ DOUT_ROW, "k has the index of the query: dscore (t,u) meets key u" },
	OF_SCORES, OF_ALL("dq"),
};
static const Mistake dk_mistakes[] = {
	{ ASSIGNED, "= where += has to be: each query replaces what the query before gave to this key" },
	{ SET, "dk is set. It has to be added to: what was there is lost" },
	{ FROM_K, "the factor is k. A score is q times k, so k gets dscore times q" },
	{ FROM_V, "the factor is v. A score is q times k, so k gets dscore times q" },
	{ OTHER_ROW, "dk has the index of the query: row u of dk belongs to key u" },
	{ DOUT_ROW, "q has the index of the key: dscore (t,u) meets query t" },
	OF_SCORES, OF_ALL("dk"),
};
static const Mistake dv_mistakes[] = {
	{ ASSIGNED, "= where += has to be: each query replaces what the query before gave to this value" },
	{ SET, "dv is set. It has to be added to: what was there is lost" },
	{ FROM_V, "the factor is v. It has to be dout: out grows by the weight when v grows by 1" },
	{ NO_WEIGHT, "the weight is missing as a factor" },
	{ WITH_SCORE, "the factor is dscore. Values do not pass through the softmax: dv gets the weight times dout" },
	{ SCALED, "dv is divided by sqrt(D). Only the scores are" },
	{ OTHER_ROW, "dv has the index of the query: row u of dv belongs to value u" },
	{ DOUT_ROW, "dout has the index of the key: weight (t,u) meets dout of query t" },
	OF_ALL("dv"),
};
/* clang-format on */

#endif
