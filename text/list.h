/* lines.h: a list of names kept as one text, a name a line. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "tensor/arena.h"

#include <stdbool.h>

/* All results live in the arena. */
const char *lines_join(Arena *arena, const char *const *lines, int count);
const char *const *lines_split(Arena *arena, const char *text, int *count);

bool lines_have(const char *lines, const char *name); /* name is one of the lines */
/* The lines that `others` lacks, side by side. */
const char *lines_without(Arena *arena, const char *lines, const char *others);

#endif
