/* results.h: what the checks of an exercise gave: on the terminal, as text, and as
 * Gradescope reads it. */
#ifndef TUTORIALS_GRADER_RESULTS_H
#define TUTORIALS_GRADER_RESULTS_H

#include <stdbool.h>
#include <stdio.h>

enum { RESULT_MESSAGE = 4096, RESULTS_MOST = 64 };

typedef struct Result {
	int points, most;
	const char *name, *title;
	bool passed, run;
	char message[RESULT_MESSAGE]; /* empty if it passed */
} Result;

typedef struct Results {
	Result all[RESULTS_MOST];
	int count;
} Results;

int results_points(const Results *results);
int results_most(const Results *results);

/* The text as UTF-8 without control characters (new lines and tabs stay), so that it
 * is valid JSON and changes nothing on a terminal. In place; it becomes no longer than
 * `size`. */
void results_clean(char *text, size_t size);

/* A line for the result; the message below it where it is `detailed`. */
void results_line(FILE *out, const Result *result, bool detailed);

/* FOLDER/results.txt and results.json. False, and said on standard error, if they
 * cannot be written. */
bool results_write(const Results *results, const char *folder);
/* The same where nothing could be checked: 0 points, and why. */
bool results_write_refused(const char *message, const char *folder);

#endif
