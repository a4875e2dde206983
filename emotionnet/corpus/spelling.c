/* spelling.c: see spelling.h. */
#include "emotionnet/corpus/spelling.h"

#include "text/letters.h"
#include "tensor/utf8.h"

#include <string.h>

/* The text without blanks at either end: where it begins, and its size. */
static const char *trim(const char *text, size_t *size)
{
	const char *begin = NULL, *end = text, *stop = text + strlen(text);
	for (const char *at = text; at < stop;) {
		Utf8 next = utf8_next(at, (size_t)(stop - at));
		bool space = letter_is_space(next.point);
		if (!space && !begin)
			begin = at;
		at += next.bytes;
		if (!space)
			end = at;
	}
	*size = begin ? (size_t)(end - begin) : 0;
	return begin ? begin : stop;
}

const char *spelling_key(Arena *arena, const char *name)
{
	size_t size;
	const char *begin = trim(name, &size);
	char *key = arena_alloc(arena, 4 * size + 1), *out = key;
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(begin + at, size - at);
		out += utf8_put(out, letter_lower(next.point));
		at += (size_t)next.bytes;
	}
	*out = '\0';
	return key;
}

bool spelling_blank(const char *text)
{
	size_t size;
	trim(text, &size);
	return !size;
}

Spellings spellings_new(Arena *arena)
{
	return (Spellings){ .keys = stringset_new(arena), .raw = stringset_new(arena) };
}

const char *spellings_add(Spellings *spellings, const char *name, bool *other)
{
	Arena *arena = spellings->keys.arena;
	int keys = spellings->keys.count, raws = spellings->raw.count;
	int key = stringset_add(&spellings->keys, spelling_key(arena, name));
	int raw = stringset_add(&spellings->raw, name);
	if (key == keys) {
		size_t size;
		const char *begin = trim(name, &size);
		spellings->first = arena_grow(arena, spellings->first, keys,
		        &spellings->room, sizeof *spellings->first);
		spellings->first[key] =
		        (Spelling){ .name = arena_format(arena, "%.*s", (int)size, begin),
			        .raw = raw };
	}
	const Spelling *first = &spellings->first[key];
	*other = raw == raws && first->raw != raw;
	return first->name;
}
