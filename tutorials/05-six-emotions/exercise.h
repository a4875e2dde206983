/* exercise.h: softmax with cross-entropy, forward and backward, for a batch. */
#ifndef TUTORIALS_SIX_EMOTIONS_EXERCISE_H
#define TUTORIALS_SIX_EMOTIONS_EXERCISE_H

/* logits, probabilities, d_logits: (N,C), row after row. targets: (N), each from 0 to
 * C - 1. weights: (C), one for each class, or NULL: all are 1 then. No array overlaps
 * another. What is written to may hold anything before. */

/* The softmax of each row, and *loss: the weighted mean of the cross-entropies of the
 * rows. Row i has the weight of its target. */
void softmax_cross_entropy_forward(float *loss, float *probabilities, const float *logits,
        const int *targets, const float *weights, int N, int C);

/* Adds the derivative of the loss with respect to each logit to what d_logits holds. */
void softmax_cross_entropy_backward(float *d_logits, const float *probabilities,
        const int *targets, const float *weights, int N, int C);

#endif
