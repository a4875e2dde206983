/* store.c: a nameless file, mapped a segment at a time. What is kept is first written as to
 * any file, where a full disk is an error that can be told; to touch a mapped page that
 * there is no room for would end the process. */
#include "emotionnet/features/store.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	FIRST_SEGMENT = 1 << 20, /* bytes; each is twice as large as the one before */
	LARGEST_SEGMENT = 1 << 26,
};

typedef struct Segment {
	struct Segment *before;
	unsigned char *bytes;
	size_t size, used;
	off_t at; /* in the file */
} Segment;

struct Store {
	Arena *arena;
	int file; /* -1: there is none */
	Segment *last;
};

void store_close(Store *store)
{
	if (store->file >= 0)
		close(store->file);
	store->file = -1;
}

static void store_end(void *context)
{
	Store *store = context;
	for (Segment *s = store->last; s; s = s->before)
		munmap(s->bytes, s->size);
	store_close(store);
}

Store *store_new(Arena *arena, const char *folder)
{
	Store *store = ARENA_NEW(arena, Store);
	store->arena = arena;
	store->file = -1;
	if (!folder)
		return store;
	char *path = arena_format(arena, "%s/frames-XXXXXX", folder);
	arena_at_end(arena, store_end, store); /* before there is anything to lose */
	store->file = mkstemp(path);
	if (store->file >= 0)
		unlink(path);
	return store;
}

/* A segment with room for `size` bytes, or NULL. */
static Segment *segment_for(Store *store, size_t size)
{
	Segment *last = store->last;
	if (last && last->size - last->used >= size)
		return last;
	size_t next = last ? 2 * last->size : FIRST_SEGMENT;
	next = next < LARGEST_SEGMENT ? next : LARGEST_SEGMENT;
	while (next < size)
		next *= 2;
	off_t at = last ? last->at + (off_t)last->size : 0;
	Segment *segment = ARENA_NEW(store->arena, Segment);
	if (ftruncate(store->file, at + (off_t)next))
		return NULL;
	void *bytes =
	        mmap(NULL, next, PROT_READ | PROT_WRITE, MAP_SHARED, store->file, at);
	if (bytes == MAP_FAILED)
		return NULL;
	*segment = (Segment){ .before = last, .bytes = bytes, .size = next, .at = at };
	store->last = segment;
	return segment;
}

static bool write_all(int file, const unsigned char *bytes, size_t size, off_t at)
{
	while (size) {
		ssize_t written = pwrite(file, bytes, size, at);
		if (written <= 0)
			return false;
		bytes += written;
		size -= (size_t)written;
		at += written;
	}
	return true;
}

Tensor store_keep(Store *store, Tensor x)
{
	size_t size = tensor_count(x) * sizeof(real);
	size_t padded = (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
	Segment *segment = store->file >= 0 && size ? segment_for(store, padded) : NULL;
	if (!segment || !write_all(store->file, (const unsigned char *)x.data, size,
	                        segment->at + (off_t)segment->used))
		return tensor_clone(store->arena, x);
	x.data = (real *)(void *)(segment->bytes + segment->used);
	segment->used += padded;
	return x;
}
