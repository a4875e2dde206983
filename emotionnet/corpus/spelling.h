/* spelling.h: labels and speakers as people write them.
 *
 * "joy", "joy " and "Joy" are one label, and "ann" is Ann: names that differ only in
 * capitals or in the blanks around them are the same, written as it came first. */
#ifndef EMOTIONNET_CORPUS_SPELLING_H
#define EMOTIONNET_CORPUS_SPELLING_H

#include "text/stringset.h"

#include <stdbool.h>

/* The name in small letters and without blanks around it, in the arena: two names are the
 * same if these are equal. */
const char *spelling_key(Arena *arena, const char *name);

bool spelling_blank(const char *text); /* nothing but white space */

/* The names of one kind in a file. */
typedef struct Spelling {
	const char *name; /* as it came first, without blanks */
	int raw;          /* and with them, its number in `raw` */
} Spelling;
typedef struct Spellings {
	StringSet keys, raw;
	Spelling *first; /* of each key */
	int room;
} Spellings;

Spellings spellings_new(Arena *arena);

/* How the name is written; *other: it is the first time that a name is written so which
 * was written otherwise before. */
const char *spellings_add(Spellings *spellings, const char *name, bool *other);

#endif
