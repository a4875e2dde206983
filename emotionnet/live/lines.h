/* lines.h: lines of text that come from a file or a pipe while something else goes on. */
#ifndef EMOTIONNET_LIVE_LINES_H
#define EMOTIONNET_LIVE_LINES_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>

typedef struct Lines Lines;

/* Opens it, without waiting for a pipe's writer; in the arena, until lines_close. Fails where
 * there is none such. */
Lines *lines_open(Arena *arena, const char *path, Error *error);
void lines_close(Lines *lines); /* NULL is allowed */

/* The next whole line, without its end, if it has come: never waits. A line that is longer than
 * LINES_MOST bytes is cut there. Lives until the next call; NULL: none, or it is empty. */
enum { LINES_MOST = 4096 };
const char *lines_next(Lines *lines);

#endif
