/* pictures.h: what the chapter draws. */
#ifndef TUTORIALS_TWO_MODALITIES_PICTURES_H
#define TUTORIALS_TWO_MODALITIES_PICTURES_H

#include "tutorials/11-two-modalities/regions.h"
#include "tutorials/11-two-modalities/trials.h"
#include "tutorials/11-two-modalities/worlds.h"
#include "tutorials/lesson/lesson.h"

/* Where two modalities meet: late, and in the middle. */
void picture_where(Lesson *lesson);
/* Of 1000 utterances: those that words, voice, or both leave over. */
void picture_counts(Lesson *lesson, const World *world);
/* p(angry | FURIOUS, LOUD) as the voice repeats the words more often. */
void picture_repeated(Lesson *lesson);
/* Evidence of words (x) and of voice (y) for four sentences, and where its sum is 0. */
void picture_cases(Lesson *lesson, const float words[2], const float voice[2]);
/* What a network says everywhere in the plane of two numbers. */
void picture_field(Lesson *lesson, const char *name, const char *title,
        const Ironic *ironic, Tensor field);
void picture_kinds(Lesson *lesson, const Trials *trials);

#endif
