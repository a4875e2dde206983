/* line.h: a comparison's head and its cells as lines of JSON, both ways. */
#ifndef EMOTIONNET_COMPARISON_LINE_H
#define EMOTIONNET_COMPARISON_LINE_H

#include "emotionnet/comparison/comparison.h"
#include "tensor/file/json.h"

enum { COMPARISON_VERSION = 5 };

/* The line of a cell, or of the head: cell NULL; malloc's, with its end, `size` bytes.
 * NULL where a number is not finite, or there is no memory. The first key tells which of
 * the two it is, the last is the checksum of all before it. */
char *comparison_line_text(const Comparison *comparison, const Cell *cell, size_t *size,
        const char *path, Error *error);

/* Reads a line of either kind. A head fills all but the cells of `found`; a cell is read
 * against the head that came before it, `comparison`, and fills `cell`. Anything else
 * is a failure of `json`. *summed: it has a checksum; lines of version 1 have none. */
typedef enum ComparisonLine {
	COMPARISON_HEAD,
	COMPARISON_CELL,
	COMPARISON_BAD
} ComparisonLine;
ComparisonLine comparison_line_read(Json *json, Arena *arena,
        const Comparison *comparison, Comparison *found, Cell *cell, bool *summed);

#endif
