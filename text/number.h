/* number.h: decimal numbers in a text, fast and exact. */
#ifndef TEXT_NUMBER_H
#define TEXT_NUMBER_H

#include "tensor/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { NUMBER_LONGEST = 127 }; /* characters */

/* The number that the `size` bytes at `text` spell from the first to the last: "2",
 * "-0.35", ".5",
 * "1e-3"; rounded correctly. False for anything else: white space, hexadecimal, "inf",
 * "nan", what is too large for a double, what is longer than NUMBER_LONGEST. */
bool number_parse(const char *text, size_t size, double *number);

/* The shortest spelling that is read as this number again, six digits at least. */
const char *number_spell(Arena *arena, double number);

#endif
