/* mean.h: the mean of the frames under a word. A frame has `width` numbers, which lie side
 * by side: number k of frame t is frames[t * width + k]. */
#ifndef TUTORIALS_ALIGNMENT_MEAN_H
#define TUTORIALS_ALIGNMENT_MEAN_H

/* m (width): of the frames begin ... end - 1; zeros if there is none. */
void mean_under(float m[], const float frames[], int width, int begin, int end);
/* dm is the gradient of m. Adds to the gradients of the frames. */
void mean_under_backward(
        float dframes[], const float dm[], int width, int begin, int end);

#endif
