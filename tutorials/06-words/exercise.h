/* exercise.h: the rows of a table for the words of a text, forward and backward.
 * may call: */
#ifndef TUTORIALS_WORDS_EXERCISE_H
#define TUTORIALS_WORDS_EXERCISE_H

/* table (V,width), ids (count): 0 to V - 1 each -> out (count,width). Sets out. */
void embedding_forward(
        float *out, const float *table, const int *ids, int count, int width);

/* d_out (count,width) is the gradient of out. Adds to d_table (V,width), the gradient of
 * the table. Row 0 is <pad>, and its gradient stays as it is. */
void embedding_backward(
        float *d_table, const float *d_out, const int *ids, int count, int width);

#endif
