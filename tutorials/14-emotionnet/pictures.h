#ifndef TUTORIALS_EMOTIONNET_PICTURES_H
#define TUTORIALS_EMOTIONNET_PICTURES_H

#include "tutorials/14-emotionnet/joint.h"
#include "tutorials/14-emotionnet/small.h"
#include "tutorials/lesson/lesson.h"

/* The whole model, from an utterance to its answer, with the shapes of one batch. */
void picture_model(Lesson *lesson, const Model *model, const World *world);

/* What comes back to the text where the speech knows nothing, something, and nearly all. */
void picture_back(Lesson *lesson, int count, const float z_speech[]);

/* The text's weight, trained alone and together with the speech's. */
void picture_two(Lesson *lesson, const float alone[], const float together[],
        const float speech[]);

/* Accuracies after each epoch, trained together, and of each encoder trained by its own head. */
void picture_epochs(
        Lesson *lesson, const Look together[EPOCHS], const Look apart[EPOCHS]);

/* Two intervals of one gain. */
void picture_gains(Lesson *lesson, const double paired[2], const double apart[2]);

#endif
