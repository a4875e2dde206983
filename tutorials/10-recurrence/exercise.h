/* exercise.h: one step of an LSTM, by hand.
 * may call: nothing */
#ifndef TUTORIALS_RECURRENCE_EXERCISE_H
#define TUTORIALS_RECURRENCE_EXERCISE_H

/* x (I), h_before and c_before (H), w_x (4H,I), w_h (4H,H), bias (4H) -> h and c (H), and
 * gates (4H), the values i, f, g and o. Sets h, c and gates. */
void lstm_step_forward(float *h, float *c, float *gates, const float *x,
        const float *h_before, const float *c_before, const float *w_x, const float *w_h,
        const float *bias, int I, int H);
/* dh and dc (H) are the gradients of h and c; gates and c are what forward has computed.
 * Adds to the gradients of x, h_before, c_before, w_x, w_h and bias, which have the shapes
 * of these. */
void lstm_step_backward(float *dx, float *dh_before, float *dc_before, float *dw_x,
        float *dw_h, float *dbias, const float *dh, const float *dc, const float *gates,
        const float *c, const float *x, const float *h_before, const float *c_before,
        const float *w_x, const float *w_h, int I, int H);

#endif
