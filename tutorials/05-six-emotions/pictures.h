/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_SIX_EMOTIONS_PICTURES_H
#define TUTORIALS_SIX_EMOTIONS_PICTURES_H

#include "tutorials/05-six-emotions/heard.h"
#include "tutorials/lesson/lesson.h"

/* Three logits on their way: e^z, divided by the sum, minus the target. */
void picture_softmax(Lesson *lesson, const float z[3], int target);
/* What the model says of one utterance. */
void picture_answer(Lesson *lesson, const float p[CLASSES], int target);
void picture_confusion(Lesson *lesson, const int table[]);
/* Two ways to cut one corpus in two: the first utterances of each speaker. */
void picture_splits(Lesson *lesson, const Set *set, const int mixed[], const int apart[]);

#endif
