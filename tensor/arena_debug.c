/* The arena with -DARENA_DEBUG: slower, and every mistake has a place. Else this file is
 * empty. */
#include "tensor/arena_block.h"

#include <stdlib.h>
#include <string.h>

#ifdef ARENA_DEBUG

#ifdef __has_include
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#endif
#endif

static void forbid(void *begin, const void *end)
{
#ifdef ASAN_POISON_MEMORY_REGION
	ASAN_POISON_MEMORY_REGION(begin, (size_t)((const char *)end - (char *)begin));
#else
	(void)begin, (void)end;
#endif
}

/* Every allocation is a block of its own, newest last, of exactly the size asked for: the
 * address sanitizer sees the bytes before its begin and after its end. */
void *arena_try_alloc(Arena *arena, size_t size)
{
	void *memory;
	if (!arena_is_possible(size) ||
	        posix_memalign(&memory, ARENA_ALIGNMENT, HEADER + size))
		return NULL;
	arena_count(arena, arena_padded(size)); /* as in the other builds */
	Block *block = memory;
	*block = (Block){ .size = size, .used = size };
	if (arena->current)
		arena->current->next = block;
	else
		arena->first = block;
	arena->current = block;
	forbid(block + 1, arena_bytes(block));
	return memset(arena_bytes(block), 0xff, size);
}

void arena_reset(Arena *arena)
{
	arena_end_until(arena, NULL);
	arena_blocks_free(arena->first);
	arena->first = arena->current = NULL;
	arena->live = 0;
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
	Block *last = mark.block;
	if (!last) {
		arena_reset(arena);
		return;
	}
	arena_end_until(arena, mark.last);
	arena_blocks_free(last->next);
	last->next = NULL;
	arena->current = last;
	arena->live = mark.live;
}

#endif
