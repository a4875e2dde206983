/* pictures.h: the drawings of chapter 1 that are made of cells. */
#ifndef TUTORIALS_TENSORS_PICTURES_H
#define TUTORIALS_TENSORS_PICTURES_H

#include "tutorials/draw/draw.h"
#include "tutorials/lesson/utterance.h"

/* x (5,3) minus mean (3): the mean stands once, and is repeated for each word. */
Drawing *draw_broadcast(
        Arena *arena, const SpokenUtterance *spoken, const float *mean, const float *out);

/* out (5,2) = x (5,3) w (3,2), w above and x to the left of out, so that each element
 * stands where its row and its column cross. That of (row,column) is marked. */
Drawing *draw_product(Arena *arena, const SpokenUtterance *spoken, const float *w,
        const char *const *scores, const float *out, int row, int column);

#endif
