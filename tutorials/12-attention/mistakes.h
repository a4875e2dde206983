/* mistakes.h: what one can be wrong about in attention, and the numbers that come of it. */
#ifndef TUTORIALS_ATTENTION_MISTAKES_H
#define TUTORIALS_ATTENTION_MISTAKES_H

#include "tutorials/12-attention/problem.h"

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, NO_SCALE, SCALE_D, SCALE_UP, SCALE_KEYS, MASK_NONE, MASK_ZERO, MASK_AFTER,
	PADDING_LEFT, OVER_QUERIES, RAW, EXPS, EXPS_MOST, TURNED, ROW_LENGTH, CARRIED, CARRIED_MOST,
	FIRST_QUERY, OTHER_ROW, ROWS_KEYS, DOT_SET, ONE_SHORT, ONE_LONG, LONG_AFTER, LAST_QUERY, ONE_QUERY,
	LAST_NUMBER, FIRST_NUMBER, ALL_SUM, ADDED, ASSIGNED, SET, ONLY_WORDS, FROM_K, FROM_Q, FROM_V, NO_WEIGHT,
	DIVIDED, SCALED, NO_SUM, SUM_PLAIN, SUM_MEAN, SUM_QUERIES, SUM_CARRIED, SUM_PLUS, DIAGONAL,
	NO_SOFTMAX, TOTAL_SET, SCALE_AFTER, WHOLE, ROWS_Q, ROWS_K, SCORE_OLD, VALUES_TURNED, SIGN, K_FOR_V, WITH_SCORE, DOUT_ROW
};
/* clang-format on */

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

static double factor_of(const Problem *p, int way)
{
	switch (way) {
	case NO_SCALE:
	case SCALE_AFTER:
		return 1;
	case SCALE_D:
		return 1.0 / p->D;
	case SCALE_UP:
		return sqrt(p->D);
	case SCALE_KEYS:
		return 1 / sqrt(p->T_k);
	default:
		return 1 / sqrt(p->D);
	}
}

/* --- weights ---------------------------------------------------------------------------- */

static double score_of(const Problem *p, int t, int u, int way)
{
	const bool keys = way == ROWS_KEYS;
	const int q_width = keys || way == ROWS_Q ? p->T_k : p->D;
	const int k_width = keys || way == ROWS_K ? p->T_k : p->D;
	const int q = way == FIRST_QUERY ? 0 : t, k = way == OTHER_ROW ? t : u;
	const int end = p->D - (way == LAST_NUMBER);
	double dot = way == SCORE_OLD ? number(p->before[WEIGHTS], t * p->T_k + u) : 0;
	if (way == MASK_ZERO && u >= p->length)
		return 0;
	for (int j = way == FIRST_NUMBER; j < end; j++) {
		dot = number(p->q, q * q_width + j) * number(p->k, k * k_width + j) +
		      (way == DOT_SET ? 0 : dot);
		dot = way == WHOLE ? trunc(dot) : dot;
	}
	return dot * factor_of(p, way);
}

/* How many keys take part in the softmax. */
static int seen_by(const Problem *p, int way)
{
	const bool all = way == MASK_NONE || way == MASK_ZERO || way == MASK_AFTER;
	return all                                    ? p->T_k
	       : way == ONE_SHORT                     ? p->length - 1
	       : way == ONE_LONG || way == LONG_AFTER ? p->length + 1
	                                              : p->length;
}

static int queries_of(const Problem *p, int way)
{
	return way == UNTOUCHED ? 0 : way == ONE_QUERY ? 1 : p->T_q - (way == LAST_QUERY);
}

/* What the exponential of a score is divided by. */
static double divisor(const Problem *p, int t, int u, double most, int way)
{
	const bool carried = way == CARRIED || way == CARRIED_MOST;
	double sum = 0;
	if (way == EXPS_MOST)
		return 1;
	if (way == TOTAL_SET)
		return exp(score_of(p, t, p->length - 1, way) - most);
	if (way == OVER_QUERIES) {
		for (int s = 0; s < p->T_q; s++)
			sum += exp(score_of(p, s, u, way) - most);
		return sum;
	}
	for (int s = carried ? 0 : t; s <= t; s++) {
		double own = most;
		for (int i = 0; i < p->length && way == CARRIED_MOST; i++)
			own = i ? fmax(own, score_of(p, s, i, way))
			        : score_of(p, s, i, way);
		for (int i = 0; i < seen_by(p, way); i++)
			sum += exp(score_of(p, s, i, way) - own);
	}
	return way == SCALE_AFTER ? sum * sqrt(p->D) : sum;
}

static void make_weights(const Problem *p, int way, double w[ROOM])
{
	const int seen = seen_by(p, way);
	for (int i = 0; i < ROOM; i++)
		w[i] = (double)p->before[WEIGHTS][i];
	for (int t = 0; t < queries_of(p, way); t++) {
		double most = score_of(p, t, 0, way);
		for (int u = 1; u < seen; u++)
			most = fmax(most, score_of(p, t, u, way));
		for (int u = 0; u < p->T_k; u++) {
			const int at = way == TURNED       ? u * p->T_q + t
			               : way == ROW_LENGTH ? t * p->length + u
			                                   : t * p->T_k + u;
			const double score = score_of(p, t, u, way);
			const double bottom = divisor(p, t, u, most, way);
			const bool after = way == MASK_AFTER || way == LONG_AFTER;
			const bool out = after              ? u >= p->length
			                 : way == ONE_SHORT ? u >= p->length - 1
			                                    : u >= seen;
			if (out && (way == PADDING_LEFT || way == ROW_LENGTH ||
			                   (way == ONE_SHORT && u < p->length)))
				continue;
			w[at] = out           ? 0
			        : way == RAW  ? score
			        : way == EXPS ? exp(score)
			                      : exp(score - most) / bottom;
		}
	}
}

/* clang-format off */
static const Mistake weight_mistakes[] = {
	{ NO_SCALE, "the scores are not divided by sqrt(D)" },
	{ SCALE_D, "the scores are divided by D. It has to be the root of D" },
	{ SCALE_UP, "the scores are multiplied by sqrt(D). They are divided by it" },
	{ SCALE_KEYS, "the scores are divided by the root of T_k. It has to be the root of D, the number of terms in a score" },
	{ MASK_NONE, "the padding takes part: the softmax goes over all T_k keys. It ends at length" },
	{ MASK_ZERO, "the padding has score 0, but e^0 is 1, so it takes weight. It has to be left out of the sum, as a score of -infinity would" },
	{ MASK_AFTER, "the mask comes after the softmax, so that the weights of a query no longer add up to 1. Leave the padding out of the sum as well" },
	{ PADDING_LEFT, "the weights of the padding are not set. From length to T_k-1 they have to be 0" },
	{ OVER_QUERIES, "the softmax goes over the queries. For each query the weights of all keys add up to 1" },
	{ RAW, "these are the scores. The softmax is missing" },
	{ EXPS, "these are the exponentials. They have to be divided by their sum" },
	{ EXPS_MOST, "these are the exponentials. They have to be divided by their sum" },
	{ TURNED, "weights is written as (T_k,T_q). It is (T_q,T_k): query t begins at t * T_k" },
	{ ROW_LENGTH, "a row of weights has T_k numbers, not length: query t begins at t * T_k" },
	{ CARRIED, "the sum of the exponentials goes on from the query before. It begins anew for each query" },
	{ CARRIED_MOST, "the sum of the exponentials goes on from the query before. It begins anew for each query" },
	{ FIRST_QUERY, "all rows are those of query 0: the index of q has no t in it" },
	{ OTHER_ROW, "the key has the index of the query: weight (t,u) needs key u" },
	{ ROWS_KEYS, "a row of q and of k has D numbers, not T_k" },
	{ ROWS_Q, "a row of q has D numbers, not T_k" },
	{ ROWS_K, "a row of k has D numbers, not T_k" },
	{ SCORE_OLD, "a score begins with what weights held before. It begins with 0" },
	{ WHOLE, "the sum of a score is kept in an int" },
	{ TOTAL_SET, "the exponentials are divided by the last one: = where += has to be in their sum" },
	{ SCALE_AFTER, "the weights are divided by sqrt(D). The scores have to be, before the softmax" },
	{ DOT_SET, "only the last product of a score is left: = where += has to be" },
	{ ONE_SHORT, "the last word is left out: the loop over keys ends one too early" },
	{ ONE_LONG, "one step of padding is counted as a word: the loop over keys ends one too late" },
	{ LONG_AFTER, "one step of padding is counted as a word: the loop over keys ends one too late" },
	{ LAST_QUERY, "the last query is left out: t goes from 0 to T_q-1" },
	{ ONE_QUERY, "only query 0 is computed: is a return inside of the loop, or the loop over t missing" },
	{ LAST_NUMBER, "the last product of a score is left out: j goes from 0 to D-1" },
	{ FIRST_NUMBER, "the first product of a score is left out: j begins at 0" },
	{ UNTOUCHED, "nothing is written to weights. Is it computed yet" },
};
/* clang-format on */

/* --- out, from the weights that were found ------------------------------------------------ */

static double out_of(const Problem *p, const real w[], int t, int j, int way)
{
	const real *from = way == FROM_K ? p->k : way == FROM_Q ? p->q : p->v;
	double sum = way == ADDED ? number(p->before[OUT], t * p->D + j) : 0;
	for (int u = 0; u < (way == ONLY_WORDS ? p->length : p->T_k); u++) {
		const int row = way == OTHER_ROW ? t : u;
		const int width = way == ROWS_KEYS ? p->T_k : p->D;
		const int at = way == TURNED ? u * p->T_q + t : t * p->T_k + u;
		double weight = number(w, at);
		if (way == NO_WEIGHT)
			weight = u < p->length;
		const int place =
		        way == VALUES_TURNED ? j * p->T_k + row : row * width + j;
		const double term = weight * number(from, place);
		sum = way == ASSIGNED ? (u < p->length ? term : sum) : sum + term;
	}
	return way == DIVIDED ? sum / p->length : way == SCALED ? sum / sqrt(p->D) : sum;
}

static void make_out(const Problem *p, int way, double out[ROOM])
{
	for (int i = 0; i < ROOM; i++)
		out[i] = (double)p->before[OUT][i];
	for (int t = 0; t < queries_of(p, way); t++)
		for (int j = way == FIRST_NUMBER; j < p->D - (way == LAST_NUMBER); j++)
			out[t * p->D + j] = out_of(p, p->found[WEIGHTS], t, j, way);
}

/* clang-format off */
static const Mistake out_mistakes[] = {
	{ ADDED, "out is added to. It has to be set: it may hold anything before" },
	{ ASSIGNED, "only the last word's value is left: = where += has to be" },
	{ FROM_K, "out is a mean of the keys. It has to be one of the values, v" },
	{ FROM_Q, "out is a mean of the queries. It has to be one of the values, v" },
	{ OTHER_ROW, "the value has the index of the query: weight (t,u) belongs to value u" },
	{ ROWS_KEYS, "a row of v has D numbers, not T_k" },
	{ VALUES_TURNED, "v is read as (D,T_k). It is (T_k,D): value u begins at u * D" },
	{ TURNED, "weights is read as (T_k,T_q). It is (T_q,T_k): query t begins at t * T_k" },
	{ NO_WEIGHT, "the values are added up without their weights" },
	{ DIVIDED, "out is divided by length. The weights add up to 1 already" },
	{ SCALED, "out is divided by sqrt(D). Only the scores are" },
	{ LAST_QUERY, "the last query is left out: t goes from 0 to T_q-1" },
	{ ONE_QUERY, "only query 0 is computed: is a return inside of the loop, or the loop over t missing" },
	{ LAST_NUMBER, "the last number of each row is left out: j goes from 0 to D-1" },
	{ FIRST_NUMBER, "the first number of each row is left out: j begins at 0" },
	{ UNTOUCHED, "nothing is written to out. Is it computed yet" },
};
/* clang-format on */

#endif
