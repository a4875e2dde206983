/* s_t = scale (query . key_t), a = softmax(s), y = sum over t of a_t value_t. */
#include "tutorials/12-attention/attend.h"
#include "tensor/elementary.h"

enum { MOST_STEPS = 256 };

/* [weighted] */
void weighted_mean(float y[], const float a[], const float *values, int T, int D)
{
	for (int j = 0; j < D; j++) {
		y[j] = 0;
		for (int t = 0; t < T; t++)
			y[j] += a[t] * values[t * D + j]; /* value t is row t */
	}
}
/* [/weighted] */

/* [scores] */
void scores(float s[], const float query[], const float *keys, int T, int D, float scale)
{
	for (int t = 0; t < T; t++) {
		s[t] = 0;
		for (int j = 0; j < D; j++)
			s[t] += query[j] * keys[t * D + j]; /* key t is row t */
		s[t] *= scale;
	}
}
/* [/scores] */

/* [weights] */
void soft_weights(float a[], const float s[], int T, int length)
{
	float most = s[0], all = 0;
	for (int t = 1; t < length; t++)
		most = s[t] > most ? s[t] : most;
	for (int t = 0; t < length; t++) {
		a[t] = real_exp(s[t] - most);
		all += a[t];
	}
	for (int t = 0; t < T; t++)
		a[t] = t < length ? a[t] / all : 0; /* padding: 0 */
}
/* [/weights] */

/* [score-gradients] */
void score_gradients(
        float ds[], const float dy[], const float a[], const float *values, int T, int D)
{
	float mean = 0;
	for (int t = 0; t < T; t++) {
		ds[t] = 0; /* step 2: the gradient of weight t */
		for (int j = 0; j < D; j++)
			ds[t] += dy[j] * values[t * D + j];
		mean += a[t] * ds[t];
	}
	for (int t = 0; t < T; t++)
		ds[t] = a[t] * (ds[t] - mean); /* step 3: of score t */
}
/* [/score-gradients] */

/* [backward] */
void attend_backward(float dquery[], float *dkeys, float *dvalues, const float dy[],
        Attended at, int T, int D)
{
	float ds[MOST_STEPS];
	score_gradients(ds, dy, at.a, at.values, T, D);
	for (int t = 0; t < T; t++)
		for (int j = 0; j < D; j++) {
			const int place = t * D + j;
			dvalues[place] += at.a[t] * dy[j];              /* 1 */
			dquery[j] += at.scale * ds[t] * at.keys[place]; /* 4 */
			dkeys[place] += at.scale * ds[t] * at.query[j]; /* 4 */
		}
}
/* [/backward] */
