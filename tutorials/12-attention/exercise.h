/* exercise.h: scaled dot-product attention with a mask, by hand.
 * may call: nothing */
#ifndef TUTORIALS_ATTENTION_EXERCISE_H
#define TUTORIALS_ATTENTION_EXERCISE_H

/* q (T_q,D), k and v (T_k,D) -> weights (T_q,T_k), out (T_q,D). Sets both. Of the keys only
 * the first `length` count; the weights of the others are 0. */
void attention_forward(float *out, float *weights, const float *q, const float *k,
        const float *v, int T_q, int T_k, int length, int D);
/* dout (T_q,D) is the gradient of out; weights are those of the forward pass. Adds to the
 * gradients of q, of k and of v, which have the shapes of q, k and v. */
void attention_backward(float *dq, float *dk, float *dv, const float *dout,
        const float *weights, const float *q, const float *k, const float *v, int T_q,
        int T_k, int length, int D);

#endif
