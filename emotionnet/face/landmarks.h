/* landmarks.h: points of a face without where it stands in the picture, how near it is to
 * the camera, and how the head is tilted. */
#ifndef EMOTIONNET_FACE_LANDMARKS_H
#define EMOTIONNET_FACE_LANDMARKS_H

#include "tensor/arena.h"

#include <stdbool.h>

/* One eye: which of the points are its corners, or its outline. */
typedef struct Eye {
	const int *points;
	int count;
} Eye;

/* Moves, turns and scales the points (x,y), in place, so that the middle between the eyes
 * is (0,0), the eyes are level, and they are 1 apart: what is left is what the face does.
 * `left` is the eye with the smaller x of an upright face. False where no face is like
 * that: both eyes are at one point, or another point is further than LANDMARKS_FAR. */
#define LANDMARKS_FAR 100.0
bool landmarks_level(double *x, double *y, int count, Eye left, Eye right);

/* What the numbers of so many points are called, (2 count) in the arena: "x_0", "x_1", ...,
 * then "y_0", ... */
const char *const *landmarks_names(Arena *arena, int count);

#endif
