/* explain.h: why the process that held the student's code has ended, for the student. */
#ifndef TUTORIALS_GRADER_EXPLAIN_H
#define TUTORIALS_GRADER_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

enum { EXPLANATION = 3000, MEMORY_MEGABYTES = 512, PRINTED_MEGABYTES = 1 };

/* `status` is the program's exit status, 128 + the signal that ended it, or anything
 * where the time was over (`seconds` > 0); `printed` is the file with what it printed. */
void explain_end(char text[EXPLANATION], const char *printed, int status, int seconds);

/* The first lines that the code printed, up to the sanitizer's, added to the text. */
void explain_printed(char *text, size_t size, const char *printed);

#endif
