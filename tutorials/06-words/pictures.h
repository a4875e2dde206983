/* pictures.h: the chapter's drawings. */
#ifndef TUTORIALS_WORDS_PICTURES_H
#define TUTORIALS_WORDS_PICTURES_H

#include "tutorials/06-words/trials.h"
#include "tutorials/lesson/lesson.h"

enum { SMALL_IDS = 5, SMALL_WIDTH = 2, SMALL_COUNT = 3 };

/* The table of five words and a text of three: from the ids to rows and their mean, or,
 * with the gradient of the mean, back. */
void draw_rows(Lesson *lesson, const float table[SMALL_IDS][SMALL_WIDTH],
        const int ids[SMALL_COUNT], const float mean[SMALL_WIDTH]);
void draw_rows_back(Lesson *lesson, const float d_table[SMALL_IDS][SMALL_WIDTH],
        const int ids[SMALL_COUNT], const float d_mean[SMALL_WIDTH]);

/* The pairs of "father" in the sentence, real ones and drawn ones. */
void draw_windows(Lesson *lesson, const char tokens[][LONGEST], int count, int window);

/* Some words as points, by what kind of word they are. */
void draw_map(Lesson *lesson, const char *name, const char *title,
        const float table[][WIDTH], const WordList *list);
/* The same, by emotion. */
void draw_map_of_emotions(Lesson *lesson, const char *name, const char *title,
        const float table[][WIDTH], const WordList *list, const int emotion[]);

#endif
