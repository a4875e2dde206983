/* emotions.h: which numbers of a voice carry emotion, as the chapter tells it. */
#ifndef TUTORIALS_SOUND_EMOTIONS_H
#define TUTORIALS_SOUND_EMOTIONS_H

#include "tutorials/lesson/lesson.h"

/* In the embedded corpus. */
void emotions(Lesson *lesson);
/* In the recordings of EmoDB, if they lie in this folder. */
void emotions_in(Lesson *lesson, const char *folder);

#endif
