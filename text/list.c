/* list.c: see list.h. The separators are one character in what is read, any text in
 * what is written. */
#include "text/list.h"

#include <stdio.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 40, NEAR = 2 };

int names_find(const char *const names[], const char *name)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

/* Levenshtein 1966: the fewest insertions, deletions and replacements, a row of the
 * table at a time. */
int names_distance(const char *a, const char *b)
{
	int row[NAME_MAX_LENGTH + 1];
	int length = (int)strlen(b);
	if (length > NAME_MAX_LENGTH)
		return NAME_MAX_LENGTH;
	for (int j = 0; j <= length; j++)
		row[j] = j;
	for (int i = 1; a[i - 1]; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= length; j++) {
			int change = diagonal + (a[i - 1] != b[j - 1]);
			int gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			diagonal = row[j];
			row[j] = change < gap ? change : gap;
		}
	}
	return row[length];
}

const char *nearest_name(const char *name, int count, const char *const names[])
{
	const char *best = NULL;
	int least = NEAR + 1;
	for (int i = 0; i < count; i++) {
		int distance = names_distance(name, names[i]);
		if (distance < least) {
			least = distance;
			best = names[i];
		}
	}
	return best;
}

const char *list_join(
        Arena *arena, const char *const *names, int count, const char *between)
{
	size_t size = 1;
	for (int i = 0; i < count; i++)
		size += strlen(names[i]) + strlen(between);
	char *text = arena_alloc(arena, size), *end = text;
	for (int i = 0; i < count; i++)
		end += sprintf(end, "%s%s", i ? between : "", names[i]);
	*end = '\0';
	return text;
}

const char *list_or(Arena *arena, const char *const *names, int count)
{
	if (count < 2)
		return count ? names[0] : "";
	return arena_format(arena, "%s or %s", list_join(arena, names, count - 1, ", "),
	        names[count - 1]);
}

const char *const *list_split(Arena *arena, const char *text, char separator, int *count)
{
	char *rest = arena_string(arena, text);
	*count = 0;
	for (const char *c = rest; *c; c++)
		*count += *c == separator || !c[1];
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)*count);
	for (int i = 0; i < *count; i++) {
		names[i] = rest;
		rest += strcspn(rest, (const char[]){ separator, '\0' });
		if (*rest)
			*rest++ = '\0';
	}
	return names;
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
	int count, kept = 0;
	const char *const *all = list_split(arena, lines, '\n', &count);
	const char **found = ARENA_ARRAY(arena, const char *, (size_t)count);
	for (int i = 0; i < count; i++)
		if (*all[i] && !lines_have(others, all[i]))
			found[kept++] = all[i];
	return list_join(arena, found, kept, " ");
}
