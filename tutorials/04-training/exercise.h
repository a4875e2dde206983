/* exercise.h: one step of two optimisers, over an array of parameters. */
#ifndef TUTORIALS_TRAINING_EXERCISE_H
#define TUTORIALS_TRAINING_EXERCISE_H

/* w (n) parameters, velocity (n), g (n) their gradients. Changes velocity, then w. */
void sgd_update(
        float *w, float *velocity, const float *g, int n, float rate, float momentum);

/* m (n), v (n): the running means of g and of its square. `step` counts from 1.
 * Changes m, v and w. */
void adam_update(float *w, float *m, float *v, const float *g, int n, int step,
        float rate, float beta1, float beta2, float epsilon);

#endif
