/* valley.h: a loss of two parameters that one can redo by hand, and paths down to it. */
#ifndef TUTORIALS_TRAINING_VALLEY_H
#define TUTORIALS_TRAINING_VALLEY_H

#include "tutorials/lesson/lesson.h"

enum { VALLEY_STEPS = 40 };

/* L = (x^2 + 20 y^2) / 2: flat along x, steep along y. Its gradient is (x, 20 y). */
float valley_loss(const float w[2]);
void valley_gradient(float g[2], const float w[2]);

/* The places of the first steps + 1 of `steps` steps from (10, 1), with an optimiser of
 * train.h. */
typedef struct Path {
	real x[VALLEY_STEPS + 1], y[VALLEY_STEPS + 1];
} Path;
void valley_path(Arena *arena, Path *path, const char *optimiser, float rate);

/* Three paths over the loss. */
void valley_draw(Lesson *lesson, const Path paths[3], const char *const names[3]);

#endif
