/* progress.h: what the student has done, kept in .progress/ at the root of the project.
 *
 *     .progress/log.tsv                     an event a line: seconds since 1970, event,
 * item, detail
 *     .progress/passed/02-the-tape/...      each file as it was when it passed
 *
 * Events: opened, tried (a check that failed), passed, hint, reset, answer. Where the
 * folder cannot be written to, one message says so, and everything else goes on. */
#ifndef TUTORIALS_LEARN_PROGRESS_H
#define TUTORIALS_LEARN_PROGRESS_H

#include <stdbool.h>
#include <time.h>

typedef struct Event {
	time_t when;
	char what[12];
	char item[16];
	char detail[160];
} Event;

void progress_add(const char *what, const char *item, const char *detail);
/* All events in order; `count` of them. They live until the next call, or the next
 * progress_add. */
const Event *progress_events(int *count);

bool progress_passed(const char *item);
/* How often it happened to the item. */
int progress_count(const char *what, const char *item);
/* From first opened to passed, or to the last event; breaks longer than 20 minutes are
 * left out. */
double progress_minutes(const char *item);

/* Keeps the file as the one that passed; false and a message if it cannot. */
bool progress_keep(const char *path);

#endif
