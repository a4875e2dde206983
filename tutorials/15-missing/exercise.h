/* exercise.h: temperature scaling: probabilities, loss, gradient and the search for T. */
#ifndef TUTORIALS_MISSING_EXERCISE_H
#define TUTORIALS_MISSING_EXERCISE_H

/* logits, p: (N,C), row after row. labels: (N), each from 0 to C - 1. No array overlaps
 * another. What is written to may hold anything before. */

/* p = softmax of each row of logits / T. *loss = the mean over the rows of -log p of the
 * label. Must bear any logits and any T from 0.05 to 20. */
void temperature_forward(float *loss, float *p, const float *logits, const int *labels,
        float T, int N, int C);

/* Adds the derivative of that loss with respect to T to *d_T. p is what
 * temperature_forward wrote at this T. */
void temperature_backward(float *d_T, const float *p, const float *logits,
        const int *labels, float T, int N, int C);

/* The T from 0.05 to 20 with the smallest loss, within 1 per cent. p is room to work in. */
float temperature_fit(float *p, const float *logits, const int *labels, int N, int C);

#endif
