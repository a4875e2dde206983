/* lesson_parts.h: what the files lesson*.c share. Chapters include lesson.h. */
#ifndef TUTORIALS_LESSON_PARTS_H
#define TUTORIALS_LESSON_PARTS_H

#include "tutorials/lesson/lesson.h"

typedef enum Asking {
	ASKING,  /* each prediction waits for an answer */
	TELLING, /* a pipe or a debugger: the answer is printed at once */
	SILENT,  /* the person has had enough of questions (Ctrl-D): no answers either */
} Asking;

enum { LESSON_MOST_SET = 8, LESSON_MOST_LOOKS = 8 };

/* What the next point shows: a tensor, or `numbers`, row after row. */
typedef struct Look {
	const char *name;
	Tensor x;
	const float *numbers;
	int rows, columns;
} Look;

struct Lesson {
	Arena *arena;
	const char *chapter, *values_path;
	char *values; /* what the text quotes, "key<tab>text\n" for each thing so far */
	const char *experiment, *settings; /* the last of this section; NULL: none */
	ColourDepth depth;
	Asking asking;
	bool step, failed;
	bool debugged; /* a debugger waits at the points: tutorials/step.gdb says so */
	const char *set[LESSON_MOST_SET]; /* "rate=0.1", as the command line has it */
	bool used[LESSON_MOST_SET];
	int set_count;
	char *settings_known; /* ", rate, units": what the program has asked for */
	Look looks[LESSON_MOST_LOOKS];
	int look_count;
	int width; /* of the screen, in characters */
	int points, predictions;
	int right, wrong, passed;
};

/* lesson.c */

enum { LESSON_LINE = 128 };
/* A line from the person, without its end. False at the end of the input. */
bool lesson_line(char line[LESSON_LINE]);
/* The colour of headings, and its end. */
const char *lesson_heading(const Lesson *lesson);
const char *lesson_plain(const Lesson *lesson);
void lesson_write(Lesson *lesson, const char *path, const char *text, size_t size);

/* look.c: prints what was remembered, where the program stops, and forgets it. */
void lesson_show_looks(Lesson *lesson);

/* setting.c */

/* Remembers "rate=0.1"; false if it is none, or there are too many. */
bool lesson_set(Lesson *lesson, const char *text);
/* Tells of those that the program never asked for; then the lesson has failed. */
void lesson_check_set(Lesson *lesson);

/* lesson_say.c */

/* Words up to the width of the screen, from this column on, the lines after the first
 * behind `indent`. */
void lesson_wrap(const Lesson *lesson, const char *text, int column, const char *indent);
/* Remembers what the text quotes by this key. */
void lesson_keep(Lesson *lesson, const char *key, const char *end, const char *text);
/* One double, by a format that the chapter gives. */
typedef struct NumberText {
	char text[64];
} NumberText;
NumberText lesson_number_text(const char *format, double value);

#endif
