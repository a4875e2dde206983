/* Blocks in a list, each twice as large as the one before it. Memory is handed out from
 * the current block by moving one mark; a reset moves the marks back and keeps the
 * blocks. */
#ifdef __linux__
#define _DEFAULT_SOURCE /* madvise */
#endif

#include "tensor/arena_block.h"
#include "tensor/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <sys/mman.h>
#endif
enum {
	FIRST_BLOCK = 64 * 1024,
	LARGEST_BLOCK = 64 * 1024 * 1024,
	HUGE_PAGE = 2 * 1024 * 1024,
	LARGE_BLOCK = 128 * 1024, /* from here on up to a huge page, a block is one */
};

Arena *arena_new(const char *name)
{
	Arena *arena = malloc(sizeof *arena);
	if (!arena)
		error_out_of_memory(name, sizeof *arena);
	*arena = (Arena){ .name = name };
	return arena;
}

Arena *arena_child(Arena *parent, const char *name)
{
	Arena *arena = arena_new(name);
	arena->parent = parent;
	arena->next = parent->children;
	parent->children = arena;
	return arena;
}

static void leave_parent(Arena *arena)
{
	Arena **link = &arena->parent->children;
	while (*link != arena)
		link = &(*link)->next;
	*link = arena->next;
}

void arena_blocks_free(Block *block)
{
	while (block) {
		Block *next = block->next;
		free(block);
		block = next;
	}
}

void arena_end_until(Arena *arena, const Ending *kept)
{
	while (arena->last != kept) {
		const Ending *ending = arena->last;
		arena->last = ending->before;
		ending->work(ending->context);
	}
}

void arena_free(Arena *arena)
{
	if (!arena)
		return;
	while (arena->children)
		arena_free(arena->children);
	if (arena->parent)
		leave_parent(arena);
	arena_end_until(arena, NULL);
	arena_blocks_free(arena->first);
	free(arena);
}

#ifndef ARENA_DEBUG /* else: arena_debug.c */

/* One huge page, where the system has them: its first touch is one trap instead of 512 of
 * them, which may cost more than what is then computed with a page. Larger blocks are
 * not made of them, as each would be touched to its end. */
static Block *huge_page_new(void)
{
	Block *block = aligned_alloc(HUGE_PAGE, HUGE_PAGE);
#ifdef MADV_HUGEPAGE
	if (block)
		madvise(block, HUGE_PAGE, MADV_HUGEPAGE);
#endif
	if (block)
		*block = (Block){ .size = HUGE_PAGE - HEADER };
	return block;
}

static Block *block_new(size_t size)
{
	size_t all = HEADER + size;
	if (all >= LARGE_BLOCK && all <= HUGE_PAGE)
		return huge_page_new();
	Block *block = aligned_alloc(ARENA_ALIGNMENT, all);
	if (block)
		*block = (Block){ .size = size };
	return block;
}

/* The next block with room for `size` bytes: a kept one, or a new one. Not inlined, so
 * that the usual allocation, which needs no block, saves no registers for it. */
__attribute__((noinline)) static bool grow(Arena *arena, size_t size)
{
	Block *block = arena->current;
	while (block && block->next && block->next->size < size) {
		Block *small = block->next; /* kept, but too small for this: let it go */
		block->next = small->next;
		free(small);
	}
	if (block && block->next) {
		arena->current = block->next;
		return true;
	}
	size_t next = block ? 2 * block->size : FIRST_BLOCK;
	if (next > LARGEST_BLOCK)
		next = LARGEST_BLOCK;
	Block *fresh = block_new(size > next ? size : next);
	if (!fresh)
		return false;
	if (block)
		block->next = fresh;
	else
		arena->first = fresh;
	arena->current = fresh;
	return true;
}

void *arena_try_alloc(Arena *arena, size_t size)
{
	if (!arena_is_possible(size))
		return NULL;
	size = arena_padded(size);
	if (!arena->current || arena->current->size - arena->current->used < size)
		if (!grow(arena, size))
			return NULL;
	Block *block = arena->current;
	void *memory = arena_bytes(block) + block->used;
	block->used += size;
	arena_count(arena, size);
	return memory;
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
	arena_end_until(arena, mark.last);
	Block *last = mark.block ? mark.block : arena->first;
	if (!last)
		return;
	for (Block *block = last; block; block = block->next)
		block->used = 0;
	last->used = mark.used;
	arena->current = last;
	arena->live = mark.live;
}

void arena_reset(Arena *arena)
{
	arena_rewind(arena, (ArenaMark){ .block = NULL });
}

#endif

void *arena_alloc(Arena *arena, size_t size)
{
	void *memory = arena_try_alloc(arena, size);
	if (!memory)
		error_out_of_memory(arena->name, size);
	return memory;
}

ArenaMark arena_mark(const Arena *arena)
{
	return (ArenaMark){
		.block = arena->current,
		.last = arena->last,
		.used = arena->current ? arena->current->used : 0,
		.live = arena->live,
	};
}

void arena_at_end(Arena *arena, void (*work)(void *context), void *context)
{
	Ending *ending = arena_alloc(arena, sizeof *ending);
	*ending = (Ending){ arena->last, work, context };
	arena->last = ending;
}

void *arena_zeros(Arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

void *arena_array(Arena *arena, size_t number, size_t size)
{
	if (size && number > SIZE_MAX / size)
		error_out_of_memory(arena->name, SIZE_MAX);
	return arena_zeros(arena, number * size);
}

void *arena_grow(Arena *arena, const void *items, int count, int *room, size_t size)
{
	if (count < *room)
		return (void *)items;
	*room = *room ? 2 * *room : 16;
	void *larger = arena_array(arena, (size_t)*room, size);
	return count ? memcpy(larger, items, (size_t)count * size) : larger;
}

void *arena_copy(Arena *arena, const void *from, size_t size)
{
	void *copy = arena_alloc(arena, size);
	return size ? memcpy(copy, from, size) : copy;
}

char *arena_string(Arena *arena, const char *text)
{
	return arena_copy(arena, text, strlen(text) + 1);
}

char *arena_format(Arena *arena, const char *format, ...)
{
	va_list arguments, again;
	va_start(arguments, format);
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		error_stop(HERE, "arena_format", "the format \"%s\" cannot be printed",
		        format);
	char *text = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}
