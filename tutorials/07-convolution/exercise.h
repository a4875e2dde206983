/* exercise.h: convolution over time, by hand.
 * may call: nothing */
#ifndef TUTORIALS_CONVOLUTION_EXERCISE_H
#define TUTORIALS_CONVOLUTION_EXERCISE_H

/* x (T,F), w (O,F,k), b (O) -> y (T-k+1,O). Sets y. */
void conv1d_forward(float *y, const float *x, const float *w, const float *b, int T,
        int F, int O, int k);
/* dy (T-k+1,O) is the gradient of y. Adds to the gradients of x, of w and of b, which have
 * the shapes of x, w and b. */
void conv1d_backward(float *dx, float *dw, float *db, const float *dy, const float *x,
        const float *w, int T, int F, int O, int k);

#endif
