/* A hash table with open addressing: a string stands in the first free slot from its hash
 * on, and the table is at most half full. The numbers depend on the order of coming
 * alone, not on the hash, and so does all that is seen from outside. */
#include "text/stringset.h"
#include "tensor/error.h"
#include "tensor/file/hash.h"

#include <limits.h>
#include <string.h>
#include <time.h>

enum { FIRST_SLOTS = 64, ROOM = 16 * 1024 };

static uint32_t hash_of(const StringSet *set, const char *text, size_t size)
{
	uint64_t hash = hash_bytes(set->secret, text, size);
	return (uint32_t)(hash ^ hash >> 32);
}

/* Where the string stands, or the free slot where it belongs; NULL belongs in the first.
 * Strings of another hash are not looked at: among many, most are in no cache. */
static uint64_t *slot_of(
        const StringSet *set, uint64_t hash, const char *text, size_t size)
{
	size_t mask = (size_t)set->slot_count - 1, i = hash & mask;
	for (; set->slots[i]; i = (i + 1) & mask) {
		if (!text || set->slots[i] >> 32 != hash)
			continue;
		const char *name = set->names[(uint32_t)set->slots[i] - 1];
		if (strncmp(name, text, size) == 0 && !name[size])
			break;
	}
	return &set->slots[i];
}

/* Twice the slots; those that are outgrown stay in the arena unused. */
static void grow(StringSet *set)
{
	if (set->slot_count > INT_MAX / 2)
		error_stop(HERE, "stringset_add", "more than %d strings", set->count);
	const uint64_t *old = set->slots;
	int count = set->slot_count;
	set->slot_count = count ? 2 * count : FIRST_SLOTS;
	set->slots = ARENA_ARRAY(set->arena, uint64_t, (size_t)set->slot_count);
	for (int i = 0; i < count; i++)
		if (old[i])
			*slot_of(set, old[i] >> 32, NULL, 0) = old[i];
}

/* Strings are short and many: they share large pieces of the arena. */
static const char *keep(StringSet *set, const char *text, size_t size)
{
	if (set->room_left < size + 1) {
		set->room_left = size + 1 > ROOM ? size + 1 : ROOM;
		set->room = arena_alloc(set->arena, set->room_left);
	}
	char *copy = memcpy(set->room, text, size + 1);
	set->room += size + 1;
	set->room_left -= size + 1;
	return copy;
}

StringSet stringset_new(Arena *arena)
{
	/* nobody who writes a file knows the time of reading, and where memory will lie */
	struct timespec now;
	timespec_get(&now, TIME_UTC);
	StringSet set = { .arena = arena };
	set.secret = hash_bytes((uintptr_t)&now, &now, sizeof now);
	grow(&set);
	return set;
}

int stringset_add(StringSet *set, const char *text)
{
	if (set->count == set->slot_count / 2)
		grow(set);
	size_t size = strlen(text);
	uint64_t hash = hash_of(set, text, size), *slot = slot_of(set, hash, text, size);
	if (*slot)
		return (int)(uint32_t)*slot - 1;
	set->names = arena_grow(
	        set->arena, set->names, set->count, &set->capacity, sizeof *set->names);
	set->names[set->count] = keep(set, text, size);
	*slot = hash << 32 | (uint32_t)++set->count;
	return set->count - 1;
}

int stringset_find_bytes(const StringSet *set, const char *text, size_t size)
{
	return (int)(uint32_t)*slot_of(set, hash_of(set, text, size), text, size) - 1;
}

int stringset_find(const StringSet *set, const char *text)
{
	return stringset_find_bytes(set, text, strlen(text));
}
