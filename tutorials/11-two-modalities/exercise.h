/* exercise.h: the product of experts, in logarithms, forward and backward. */
#ifndef TUTORIALS_TWO_MODALITIES_EXERCISE_H
#define TUTORIALS_TWO_MODALITIES_EXERCISE_H

/* K experts, C classes. logits, d_logits: (K,C), row after row; row k is of expert k.
 * there: (K), 1, or 0 where an expert says nothing. Its row may hold anything then, and is
 * not used. prior: (C), all above 0; they sum to 1. log_p, d_log_p: (C). No array overlaps
 * another. What is written to may hold anything before. */

/* The logarithms of the joint probabilities, by Bayes' rule. */
void experts_forward(float *log_p, const float *logits, const int *there,
        const float *prior, int K, int C);

/* d_log_p is the derivative of a loss with respect to each log_p. Adds its derivative with
 * respect to each logit to what d_logits holds. */
void experts_backward(float *d_logits, const float *d_log_p, const float *log_p,
        const int *there, int K, int C);

#endif
