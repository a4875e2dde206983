/* arena.h: memory that is given back all at once.
 *
 * An arena hands out memory from large blocks and takes it back in one reset: no
 * reference counts, no free for each tensor, no leak on a path somebody forgot. Blocks
 * are linked and never move, so pointers stay good until the reset. The model arena holds
 * parameters; the step arena holds one training step and is reset after it.
 *
 * With -DARENA_DEBUG every allocation is its own malloc, so that the address sanitizer or
 * valgrind names an overrun or a use after reset by its line. In every build, memory that
 * was not asked to be zero is to be written before it is read; the debug build fills it
 * with 0xff bytes, which are NaN as a float and -1 as an int. */
#ifndef TENSOR_ARENA_H
#define TENSOR_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

enum { ARENA_ALIGNMENT = 64 }; /* one cache line, and the widest vector */

/* A new, empty arena; `name` (kept, not copied) appears in messages. The caller frees
 * it. */
Arena *arena_new(const char *name);
void arena_free(Arena *arena); /* and its children; NULL is allowed */

/* The same within `parent`, whose own memory it does not use: freed with it, unless it
 * has been before. For what a function needs beside its result: where an error handler
 * jumps past the function's arena_free, nothing is lost. Belongs to the thread that
 * uses the parent. */
Arena *arena_child(Arena *parent, const char *name);

/* `size` bytes (0: a valid pointer) aligned to ARENA_ALIGNMENT. Never NULL: with no
 * memory left the error handler is told (error.h). Lives until arena_reset, or
 * arena_rewind past it. */
void *arena_alloc(Arena *arena, size_t size);
/* The same for a size that the world decides, a file's: NULL if there is no memory. */
void *arena_try_alloc(Arena *arena, size_t size);
void *arena_zeros(Arena *arena, size_t size); /* the same, all bytes 0 */
void *arena_copy(Arena *arena, const void *from, size_t size);
char *arena_string(Arena *arena, const char *text);       /* a copy of a C string */
char *arena_format(Arena *arena, const char *format, ...) /* printf into the arena */
        __attribute__((format(printf, 2, 3)));

/* `count` objects of `size` bytes, all zero; refuses products that overflow. */
void *arena_array(Arena *arena, size_t count, size_t size);
#define ARENA_NEW(arena, Type) ((Type *)arena_zeros((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count)                                                  \
	((Type *)arena_array((arena), (count), sizeof(Type)))

/* A list that grows: where its `count` items have come to fill the `*room` that there is,
 * they move to twice the room. Returns where they stand; what they leave stays in the
 * arena unused. */
void *arena_grow(Arena *arena, const void *items, int count, int *room, size_t size);

/* Takes everything back. The blocks are kept for the next round. */
void arena_reset(Arena *arena);

/* Scratch memory: rewinding takes back all that was handed out since the mark. */
typedef struct ArenaMark {
	void *block, *last;
	size_t used, live;
} ArenaMark;
ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* Calls work(context) when what the arena hands out from here on is taken back (the last
 * one first), for what is no memory of the arena's but is to live as long: a mapped
 * file. */
void arena_at_end(Arena *arena, void (*work)(void *context), void *context);

#endif
