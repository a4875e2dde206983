/* lines.c: see lines.h. A line ends at a newline or at the end of the text. */
#include "text/lines.h"

#include <stdio.h>
#include <string.h>

const char *lines_join(Arena *arena, const char *const *lines, int count)
{
	size_t size = 1;
	for (int i = 0; i < count; i++)
		size += strlen(lines[i]) + 1;
	char *text = arena_alloc(arena, size), *end = text;
	for (int i = 0; i < count; i++)
		end += sprintf(end, "%s%s", i ? "\n" : "", lines[i]);
	*end = '\0';
	return text;
}

const char *const *lines_split(Arena *arena, const char *text, int *count)
{
	char *rest = arena_string(arena, text);
	*count = 1;
	for (const char *c = rest; *c; c++)
		*count += *c == '\n';
	const char **lines = ARENA_ARRAY(arena, const char *, (size_t)*count);
	for (int i = 0; i < *count; i++) {
		lines[i] = rest;
		rest += strcspn(rest, "\n");
		if (*rest)
			*rest++ = '\0';
	}
	return lines;
}

bool lines_have(const char *lines, const char *name)
{
	size_t length = strlen(name);
	while (*lines) {
		size_t line = strcspn(lines, "\n");
		if (line == length && !memcmp(lines, name, length))
			return true;
		lines += line + (lines[line] == '\n');
	}
	return false;
}

const char *lines_without(Arena *arena, const char *lines, const char *others)
{
	const char *found = "";
	while (*lines) {
		int length = (int)strcspn(lines, "\n");
		const char *line = arena_format(arena, "%.*s", length, lines);
		if (!lines_have(others, line))
			found = arena_format(
			        arena, "%s%s%s", found, *found ? " " : "", line);
		lines += length + (lines[length] == '\n');
	}
	return found;
}
