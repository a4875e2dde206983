/* line.h: a comparison's head and its cells as lines of JSON, both ways. */
#ifndef EMOTIONNET_COMPARISON_LINE_H
#define EMOTIONNET_COMPARISON_LINE_H

#include "emotionnet/comparison/comparison.h"
#include "tensor/file/json.h"

#include <stdio.h>

enum { COMPARISON_VERSION = 1 };

/* Writes the line of a cell, or of the head: cell NULL. The first key tells which of the
 * two it is. `arena` is for the while. Fails, `path` before the reason, where a number is
 * not finite. */
bool comparison_line_write(FILE *out, Arena *arena, const Comparison *comparison,
        const Cell *cell, const char *path, Error *error);

/* Reads a line of either kind. A head fills all but the cells of `found`; a cell is read
 * against the head that came before it, `comparison`, and fills `cell`. Anything else
 * is a failure of `json`. */
typedef enum ComparisonLine {
	COMPARISON_HEAD,
	COMPARISON_CELL,
	COMPARISON_BAD
} ComparisonLine;
ComparisonLine comparison_line_read(Json *json, Arena *arena,
        const Comparison *comparison, Comparison *found, Cell *cell);

#endif
