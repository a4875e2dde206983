/* stringset.h: distinct strings, numbered 0, 1, 2, ... as they first came. */
#ifndef TEXT_STRINGSET_H
#define TEXT_STRINGSET_H

#include "tensor/arena.h"

#include <stdint.h>

typedef struct StringSet {
	Arena *arena;
	uint64_t secret; /* its hashes begin with it: no file can make them all alike */
	const char **names; /* `count` of them: the string of each number */
	int count, capacity;
	uint64_t *slots; /* the hash table: hash, then number + 1; 0 where it is free */
	int slot_count;
	char *room; /* where the next string is copied to */
	size_t room_left;
} StringSet;

/* An empty set, whose strings are copied to `arena` and live as long as it. */
StringSet stringset_new(Arena *arena);

/* The string's number; new if it was not there. */
int stringset_add(StringSet *set, const char *text);

/* The string's number, or -1. The second for a string with no 0 at its end. */
int stringset_find(const StringSet *set, const char *text);
int stringset_find_bytes(const StringSet *set, const char *text, size_t size);

#endif
