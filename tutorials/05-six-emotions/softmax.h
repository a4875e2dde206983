/* softmax.h: scores to probabilities, probabilities to a loss, and back: one example. */
#ifndef TUTORIALS_SIX_EMOTIONS_SOFTMAX_H
#define TUTORIALS_SIX_EMOTIONS_SOFTMAX_H

/* As the formula has it: not for large scores. */
void plain_softmax(float p[], const float z[], int classes);

/* p (classes), z (classes). */
void softmax(float p[], const float z[], int classes);

/* -log of the probability of class `target`, from the logits. */
float cross_entropy(const float z[], int target, int classes);

/* d_z[c]: the derivative of the cross-entropy with respect to z[c]. */
void cross_entropy_gradient(float d_z[], const float p[], int target, int classes);

/* The same, measured: two-sided, with step h. */
float measured_gradient(const float z[], int target, int classes, int c, float h);

#endif
