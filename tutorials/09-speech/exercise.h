/* exercise.h: max pooling over utterances of different lengths, and dropout.
 * may call: nothing */
#ifndef TUTORIALS_SPEECH_EXERCISE_H
#define TUTORIALS_SPEECH_EXERCISE_H

/* x (B,T,F), lengths (B) -> y (B,F), winner (B,F). Sets y and winner. */
void max_pool_forward(
        float *y, int *winner, const float *x, const int *lengths, int B, int T, int F);
/* dy (B,F) is the gradient of y. Adds to dx (B,T,F), the gradient of x. */
void max_pool_backward(
        float *dx, const float *dy, const int *winner, int B, int T, int F);

/* x (n), keep (n): 1 or 0 -> y (n). Sets y. */
void dropout_forward(float *y, const float *x, const int *keep, float p, int n);
/* dy (n) is the gradient of y. Adds to dx (n). */
void dropout_backward(float *dx, const float *dy, const int *keep, float p, int n);

#endif
