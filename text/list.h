/* list.h: names in one text, with commas, newlines or something else between them. */
#ifndef TEXT_LIST_H
#define TEXT_LIST_H

#include "tensor/arena.h"

#include <stdbool.h>

/* The place of a name in a list that ends with NULL; -1: it is none of them. */
int names_find(const char *const names[], const char *name);

/* The fewest letters to insert, delete and replace that make the one the other (Levenshtein
 * 1966); 40 where `b` is longer than that. */
int names_distance(const char *a, const char *b);
/* The known name that is nearest to `name`, at a distance of at most 2, or NULL. */
const char *nearest_name(const char *name, int count, const char *const names[]);

/* All results live in the arena. */
const char *list_join(
        Arena *arena, const char *const *names, int count, const char *between);
/* "a, b or c" */
const char *list_or(Arena *arena, const char *const *names, int count);
/* What stands between the separators; one at the end is none. Of "" no name. */
const char *const *list_split(Arena *arena, const char *text, char separator, int *count);

bool lines_have(const char *lines, const char *name); /* name is one of the lines */
/* The lines that `others` lacks, side by side. */
const char *lines_without(Arena *arena, const char *lines, const char *others);

#endif
