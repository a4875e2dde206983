/* explanation_picture.h: an explanation as one picture, PNG or SVG: all that the page
 * of it holds, but the sound. */
#ifndef EMOTIONNET_PAGE_EXPLANATION_PICTURE_H
#define EMOTIONNET_PAGE_EXPLANATION_PICTURE_H

#include "emotionnet/explain/explanation.h"
#include "tensor/plot/canvas.h"

/* In the arena. Rows beyond what a picture can hold, of texts of hundreds of words,
 * are counted and left out. */
Canvas *explanation_draw(Arena *arena, const Explanation *explanation, bool svg);

#endif
