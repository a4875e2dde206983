/* heard.c: a speaker is the look of his utterances' ids and his name. */
#include "emotionnet/corpus/heard.h"

#include "emotionnet/corpus/spelling.h"
#include "text/list.h"

#include <ctype.h>
#include <string.h>

/* Digits are 0, letters a, all else is itself; any number of one kind is one of them. */
const char *heard_look(Arena *arena, const char *id)
{
	char *look = ARENA_ARRAY(arena, char, strlen(id) + 1);
	int n = 0;
	for (const unsigned char *c = (const unsigned char *)id; *c; c++) {
		char kind = (char)(isdigit(*c)                 ? '0'
		                   : isalpha(*c) || *c >= 0x80 ? 'a'
		                   : isspace(*c)               ? '_'
		                                               : *c);
		if (!n || look[n - 1] != kind || ispunct((unsigned char)kind))
			look[n++] = kind;
	}
	look[n] = '\0';
	return look;
}

static const char *person(Arena *arena, const Utterance *utterance)
{
	return arena_format(arena, "%s %s", heard_look(arena, utterance->id),
	        spelling_key(arena, utterance->speaker));
}

const char *heard_list(Arena *arena, const Corpus *corpus, Split split)
{
	StringSet people = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (*u->speaker && (split == SPLIT_COUNT ? u->split < SPLIT_COUNT
		                                         : u->split == split))
			stringset_add(&people, person(arena, u));
	}
	return list_join(arena, people.names, people.count, "\n");
}

StringSet heard_set(Arena *arena, const char *list)
{
	StringSet known = stringset_new(arena);
	int lines;
	const char *const *names = list_split(arena, list, '\n', &lines);
	for (int i = 0; i < lines; i++)
		stringset_add(&known, names[i]);
	return known;
}

bool heard_has(const StringSet *known, Arena *scratch, const Utterance *utterance)
{
	return *utterance->speaker &&
	       stringset_find(known, person(scratch, utterance)) >= 0;
}

int heard_count(const char *list, const Corpus *corpus, Split split, const char **first)
{
	Arena *arena = arena_new("speakers heard");
	StringSet known = heard_set(arena, list), found = stringset_new(arena);
	*first = NULL;
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split || !heard_has(&known, arena, u))
			continue;
		if (!*first)
			*first = u->speaker;
		stringset_add(&found, spelling_key(arena, u->speaker));
	}
	int count = found.count;
	arena_free(arena);
	return count;
}
