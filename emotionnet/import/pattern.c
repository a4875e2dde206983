/* pattern.c: name by name, each ends where what stands behind it first comes; the last
 * takes what is left before the path's end. An earlier end never costs a match: whatever
 * follows a later one follows it too, with more letters in the names between. */
#include "emotionnet/import/pattern.h"

#include <string.h>

static bool is_name(const char *text, size_t size)
{
	static const char *const letters =
	        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	return strspn(text, letters) >= size;
}

int pattern_find(const Pattern *pattern, const char *name)
{
	for (int i = 0; i < pattern->count; i++)
		if (!strcmp(pattern->name[i], name))
			return i;
	return -1;
}

/* What stands from `text` on before the next name; *rest: that name, or the end. */
static const char *literal(Arena *arena, const char *text, const char **rest)
{
	size_t size = strcspn(text, "{}");
	*rest = text + size;
	return arena_format(arena, "%.*s", (int)size, text);
}

bool pattern_read(Pattern *pattern, Arena *arena, const char *text, Error *error)
{
	*pattern = (Pattern){ .text = text };
	const char *rest;
	for (pattern->before = literal(arena, text, &rest); *rest; pattern->count++) {
		size_t size = strcspn(rest + 1, "{}");
		if (*rest == '}' || rest[1 + size] != '}')
			return error_set(error,
			        "pattern %s: expected names in braces, as in {speaker}_{label}_{}.wav, found a brace without the other",
			        text);
		const char *name = arena_format(arena, "%.*s", (int)size, rest + 1);
		if (!is_name(name, size))
			return error_set(error,
			        "pattern %s: expected a name of letters and digits in braces, found {%s}",
			        text, name);
		if (*name && pattern_find(pattern, name) >= 0)
			return error_set(error,
			        "pattern %s: {%s} stands twice. Hint: {} stands for what is not kept",
			        text, name);
		if (pattern->count == PATTERN_MOST)
			return error_set(error,
			        "pattern %s: more than %d names in braces", text,
			        PATTERN_MOST);
		if (pattern->count && !*pattern->after[pattern->count - 1])
			return error_set(error,
			        "pattern %s: nothing stands between {%s} and {%s}: where would one end?",
			        text, pattern->name[pattern->count - 1], name);
		pattern->name[pattern->count] = name;
		pattern->after[pattern->count] = literal(arena, rest + size + 2, &rest);
	}
	return pattern->count > 0 ||
	       error_set(error,
	               "pattern %s: expected names in braces, as in {speaker}_{label}_{}.wav, found none",
	               text);
}

/* Where the name at `at` ends, which has one letter at least; NULL: nowhere. */
static const char *find_end(const char *at, const char *after, bool last)
{
	size_t size = strlen(at), end = strlen(after);
	const char *found = NULL;
	if (size > end && last)
		found = strcmp(at + size - end, after) ? NULL : at + size - end;
	else if (size > end)
		found = strstr(at + 1, after);
	return found && !memchr(at, '/', (size_t)(found - at)) ? found : NULL;
}

bool pattern_match(const Pattern *pattern, Arena *arena, const char *path,
        const char *value[PATTERN_MOST], Error *error)
{
	size_t before = strlen(pattern->before);
	const char *at = path + before;
	if (strncmp(path, pattern->before, before) != 0)
		return error_set(error,
		        "does not fit the pattern %s: expected \"%s\" first",
		        pattern->text, pattern->before);
	for (int i = 0; i < pattern->count; i++) {
		const char *after = pattern->after[i];
		bool last = i == pattern->count - 1;
		const char *end = find_end(at, after, last);
		if (!end)
			return error_set(error,
			        "does not fit the pattern %s: expected {%s} and then %s%s%s, found \"%s\"",
			        pattern->text, pattern->name[i], *after ? "\"" : "",
			        *after ? after : "the end, no \"/\"", *after ? "\"" : "",
			        at);
		value[i] = arena_format(arena, "%.*s", (int)(end - at), at);
		at = end + strlen(after);
	}
	return true;
}
