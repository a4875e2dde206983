/* rnn.h: a recurrent network in plain loops. */
#ifndef TUTORIALS_RECURRENCE_RNN_H
#define TUTORIALS_RECURRENCE_RNN_H

#include <stdint.h>

enum { INPUTS = 4, HIDDEN = 32, STEPS = 30 };

/* [small] */
/* h (T) of one unit: x (T) are the inputs, and the state begins with 0. */
void small_rnn(float h[], const float x[], int T, float u, float w);
/* [/small] */
/* From dh_last, the gradient of the last state: dh (T) of all states, and adds to the
 * gradients of u and w. */
void small_backward(float dh[], float *du, float *dw, float dh_last, const float h[],
        const float x[], int T, float w);

/* [rnn] */
typedef struct Rnn {
	float w_x[HIDDEN][INPUTS]; /* from the input */
	float w_h[HIDDEN][HIDDEN]; /* from the state before */
	float b[HIDDEN];
} Rnn;
/* [/rnn] */

/* Random weights. Those from the state before are drawn from N(0, size^2 / HIDDEN): then
 * they make a vector `size` times as long on average. */
void rnn_new(Rnn *rnn, float size, uint64_t seed);
void rnn_step(const Rnn *rnn, float h[HIDDEN], const float x[INPUTS],
        const float h_before[HIDDEN]);
/* Adds to the gradients of the weights and of the state before. */
void rnn_step_backward(const Rnn *rnn, Rnn *grad, float dh_before[HIDDEN],
        const float dh[HIDDEN], const float h[HIDDEN], const float x[INPUTS],
        const float h_before[HIDDEN]);

/* The loss is v h of the last step, for a random v of length 1 and random inputs. */
typedef struct Run {
	float x[STEPS][INPUTS],
	        h[STEPS + 1][HIDDEN]; /* h[t + 1] is the state after step t */
	float dh[STEPS + 1][HIDDEN];
	float v[HIDDEN];
} Run;
void run_new(Run *run, uint64_t seed);
float run_forward(const Rnn *rnn, Run *run);
void run_backward(const Rnn *rnn, Rnn *grad, Run *run);

/* norm[k]: of the gradient of the state k steps before the last. */
void run_norms(const Run *run, double norm[STEPS]);
/* The largest difference between the gradient and what two losses near by say, and the
 * largest number of the gradient. */
double rnn_gradient_error(const Rnn *rnn, Run *run, double *largest);

#endif
