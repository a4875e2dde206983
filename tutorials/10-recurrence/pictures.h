/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_RECURRENCE_PICTURES_H
#define TUTORIALS_RECURRENCE_PICTURES_H

#include "tutorials/10-recurrence/trace.h"
#include "tutorials/lesson/lesson.h"

/* One cell at every word: inputs x and states h, both (count). */
void draw_unrolled(Lesson *lesson, int count, const char *const words[], const float x[],
        const float h[]);
/* The gradient of the last state on its way back to the first. */
void draw_back(Lesson *lesson, int count, const char *const words[], const float dh[]);
/* What one unit does at one word. */
void draw_cell_at(Lesson *lesson, const char *word, const Gates *gates, float c_before,
        float c, float h);
/* The gates of one unit over all words, and its cell in two stories. */
void draw_gates_over(Lesson *lesson, const char *const words[], const Trace *ours,
        const Trace *other, int unit);
/* Two directions, and which states answer. */
void draw_both(Lesson *lesson, int count, const char *const words[]);

/* log10 of series of norms over so many steps back. */
typedef struct Norms {
	const char *name;
	const double *norm;
} Norms;
void chart_norms(Lesson *lesson, const char *name, const char *title, const char *x_axis,
        int series, const Norms norms[], int steps);

#endif
