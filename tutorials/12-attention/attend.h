/* attend.h: attention with one query, in plain loops. T words, D numbers each. */
#ifndef TUTORIALS_ATTENTION_ATTEND_H
#define TUTORIALS_ATTENTION_ATTEND_H

/* s (T): how well each of the keys (T,D) fits the query (D). */
void scores(float s[], const float query[], const float *keys, int T, int D, float scale);

/* a (T): above 0, with sum 1, over the first `length` steps; behind them 0. */
void soft_weights(float a[], const float s[], int T, int length);

/* y (D): the mean of the values (T,D), where value t counts a[t] times. */
void weighted_mean(float y[], const float a[], const float *values, int T, int D);

/* dy (D) is the gradient of y. ds (T) becomes the gradient of the scores. */
void score_gradients(
        float ds[], const float dy[], const float a[], const float *values, int T, int D);

/* Adds to the gradients of the query (D), of the keys and of the values (T,D). */
typedef struct Attended {
	const float *a, *query, *keys, *values;
	float scale;
} Attended;
void attend_backward(float dquery[], float *dkeys, float *dvalues, const float dy[],
        Attended at, int T, int D);

#endif
