/* curve.h: convolution of one number a step, and its gradient. */
#ifndef TUTORIALS_CONVOLUTION_CURVE_H
#define TUTORIALS_CONVOLUTION_CURVE_H

/* x (n), kernel (k) -> y (n - k + 1). */
void convolve(float y[], const float x[], int n, const float kernel[], int k, float bias);
/* Adds to the gradients of x, of the kernel and of the bias; dy is that of y. */
void convolve_backward(float dx[], float dkernel[], float *dbias, const float dy[],
        const float x[], int n, const float kernel[], int k);

#endif
