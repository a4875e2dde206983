/* exercise.h: the loss of logistic regression, and a linear layer, by hand.
 * may call: real_exp real_log real_sigmoid */
#ifndef TUTORIALS_FIRST_NETWORK_EXERCISE_H
#define TUTORIALS_FIRST_NETWORK_EXERCISE_H

/* z (rows), t (rows): 1 or 0. Returns the mean loss. */
float logistic_forward(const float *z, const float *t, int rows);
/* Adds its derivative with respect to each z to dz (rows). */
void logistic_backward(float *dz, const float *z, const float *t, int rows);

/* x (rows,inputs), w (outputs,inputs), b (outputs) -> y (rows,outputs). Sets y. */
void linear_forward(float *y, const float *x, const float *w, const float *b, int rows,
        int inputs, int outputs);
/* dy is the gradient of y. Adds to the gradients of x, of w and of b, which have the
 * shapes of x, w and b. */
void linear_backward(float *dx, float *dw, float *db, const float *dy, const float *x,
        const float *w, int rows, int inputs, int outputs);

#endif
