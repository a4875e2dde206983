/* course.h: what there is to do, chapter after chapter, read from the folders of
 * tutorials/.
 *
 * An item is one thing to do. Its id is the chapter's number and what it is: 02-read,
 * 02-a1, 02-b. Within a chapter the order is: quiz before, reading, warm-ups (A), part
 * (B), experiment (C), quiz after, stretch (D). A chapter that lacks a file lacks the
 * item. */
#ifndef TUTORIALS_LEARN_COURSE_H
#define TUTORIALS_LEARN_COURSE_H

#include <stdbool.h>

typedef enum ItemKind {
	QUIZ_BEFORE,
	READING,
	WARMUP,
	PART,
	EXPERIMENT,
	QUIZ_AFTER,
	STRETCH
} ItemKind;

typedef struct Item {
	ItemKind kind;
	char id[16];      /* 02-a1 */
	char chapter[48]; /* 02-the-tape */
	char title[96];
	char path[192]; /* of the file to work on or to read */
	bool passed;
	bool optional; /* a stretch: nothing waits for it */
} Item;

enum { MOST_ITEMS = 512 };

typedef struct Course {
	int count;
	Item items[MOST_ITEMS];
} Course;

/* Reads the folders; `passed` comes from .progress/ (progress.h). */
void course_read(Course *course);

/* "02-b", "02 b" or "2b"; NULL if there is none. */
Item *course_find(Course *course, const char *id);
/* The first item that is not done, not optional and stands at `from` or later; then from
 * the beginning. NULL if all is done. */
Item *course_next(Course *course, int from);
/* The title of a chapter, out of the head of its chapter.md. */
void course_chapter_title(const char *chapter, char *title, int size);
/* "25 minutes", as the list in tutorials/README.md says; "" if it does not. */
void course_reading_time(const char *chapter, char *text, int size);
/* Whether the chapter's program writes something to hear. */
bool course_has_sound(const char *chapter);

#endif
