/* A line is an id, so a text is refused where its lines and its ids would part. */
#include "text/vocabulary_text.h"

#include <string.h>

const char *vocabulary_to_text(Arena *arena, const Vocabulary *vocabulary)
{
	const StringSet *words = &vocabulary->words;
	size_t size = 1;
	for (int id = 0; id < words->count; id++)
		size += strlen(words->names[id]) + 1;
	char *text = arena_alloc(arena, size), *at = text;
	for (int id = 0; id < words->count; id++) {
		size_t length = strlen(words->names[id]);
		memcpy(at, words->names[id], length);
		at[length] = '\n';
		at += length + 1;
	}
	*at = '\0';
	return text;
}

static bool add_line(StringSet *words, const char *source, const char *word, Error *error)
{
	static const char *const first[] = { "<pad>", "<unk>" };
	int line = words->count;
	if (line < 2 && strcmp(word, first[line]) != 0)
		return error_set(error,
		        "%s: line %d: expected \"%s\", found \"%.40s\": this is no vocabulary",
		        source, line + 1, first[line], word);
	if (!*word)
		return error_set(error,
		        "%s: line %d: expected a word, found an empty line", source,
		        line + 1);
	int id = stringset_add(words, word);
	if (id < line)
		return error_set(error,
		        "%s: line %d: \"%.40s\" stands on line %d already", source,
		        line + 1, word, id + 1);
	return true;
}

bool vocabulary_from_text(Vocabulary *vocabulary, Arena *arena, const char *source,
        const char *text, Error *error)
{
	StringSet words = stringset_new(arena);
	char *copy = arena_string(arena, text);
	while (*copy) {
		char *end = strchr(copy, '\n');
		char *next = end ? end + 1 : copy + strlen(copy);
		if (end)
			*end = '\0';
		if (!add_line(&words, source, copy, error))
			return false;
		copy = next;
	}
	if (words.count < 2)
		return error_set(error,
		        "%s: expected a vocabulary that begins with the lines <pad> and <unk>, found %d lines",
		        source, words.count);
	*vocabulary = (Vocabulary){ .words = words };
	return true;
}
