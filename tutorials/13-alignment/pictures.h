/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_ALIGNMENT_PICTURES_H
#define TUTORIALS_ALIGNMENT_PICTURES_H

#include "tutorials/13-alignment/spoken.h"
#include "tutorials/lesson/lesson.h"

/* The first words of a sentence that is said twice, and how loud each is. */
enum { FIRST = 5 };
void draw_pair(Lesson *lesson, const Spoken pair[2], float loud[2][FIRST]);

/* A spectrogram, the words under it, and the mean of the frames under each. */
void draw_gathered(Lesson *lesson, const Spoken *spoken, const Clip *sound);

/* Two words over five frames, which share one; dm is the gradient of their means. */
enum { HAND = 5 };
void draw_overlap(Lesson *lesson, const float x[HAND], const int begin[2],
        const int end[2], const float m[2], const float dm[2], const float dx[HAND]);

/* By hand: what a unit for each emotion word answers. */
void draw_side_by_side(
        Lesson *lesson, const char *const words[FIRST], const float loud[FIRST]);
void draw_apart(Lesson *lesson, const char *const words[FIRST], const float loud[FIRST]);

/* How two words share out three frames. */
void draw_shares(Lesson *lesson, const char *name, const char *title, float a[2][3]);

/* Accuracy (count,seeds) by how late the word times are, in milliseconds. */
void draw_late(Lesson *lesson, int count, const float late[], int seeds,
        const double accuracy[]);

#endif
