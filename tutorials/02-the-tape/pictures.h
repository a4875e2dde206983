/* pictures.h: the chapter's drawings and charts. */
#ifndef TUTORIALS_THE_TAPE_PICTURES_H
#define TUTORIALS_THE_TAPE_PICTURES_H

#include "tutorials/lesson/lesson.h"

/* The loss of one word over w, with a line of its slope at w = 2. */
void picture_slope(Lesson *lesson, float loud);
/* The graph of one word's loss with values and gradients, and that of two words. */
void picture_one_word(Lesson *lesson);
void picture_two_words(Lesson *lesson);
/* How wrong the measured derivative of the loss of one word is, over h. */
void picture_step(Lesson *lesson, float loud);
/* What comes back to gain and shift when all rows use them. */
void picture_rows(Lesson *lesson);

#endif
