/* arena_block.h: what an arena is made of, for the files that make it one: arena.c,
 * arena_debug.c with ARENA_DEBUG, and arena_peak.c. */
#ifndef TENSOR_ARENA_BLOCK_H
#define TENSOR_ARENA_BLOCK_H

#include "tensor/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* A block begins with whole cache lines, so that what follows them is aligned as the
 * block is. */
typedef struct Block {
	struct Block *next;
	size_t size, used; /* bytes after the header */
} Block;

#ifdef ARENA_DEBUG
enum { HEADER = 4 * ARENA_ALIGNMENT }; /* after the Block nobody may read or write */
#else
enum { HEADER = ARENA_ALIGNMENT };
#endif
_Static_assert(sizeof(Block) <= HEADER, "the Block fits in its header");

/* What arena_at_end was told, in the arena's own memory. */
typedef struct Ending {
	struct Ending *before;
	void (*work)(void *context);
	void *context;
} Ending;

struct Arena {
	const char *name;
	Ending *last;
	Block *first, *current; /* blocks after `current` are empty, kept for later */
	size_t live, peak;
	Arena *parent, *children; /* its own children, linked by `next` */
	Arena *next;              /* another child of the parent */
};

static inline unsigned char *arena_bytes(Block *block)
{
	return (unsigned char *)block + HEADER;
}

/* With padding and a header still a size: no sum below can overflow. */
static inline bool arena_is_possible(size_t size)
{
	return size <= SIZE_MAX - HEADER - ARENA_ALIGNMENT;
}

static inline size_t arena_padded(size_t size)
{
	return (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
}

static inline void arena_count(Arena *arena, size_t size)
{
	arena->live += size;
	if (arena->live > arena->peak)
		arena->peak = arena->live;
}

void arena_blocks_free(Block *block);                   /* and all after it */
void arena_end_until(Arena *arena, const Ending *kept); /* calls what was told since */

#endif
