/* ngrams.c: runs of words, then runs of letters, for each word. */
#include "text/ngrams.h"

#include <string.h>

typedef struct List {
	Arena *arena;
	Tokens tokens;
	int room;
} List;

/* The same place and word as `of`, another text. */
static void add(List *list, const Token *of, const char *text)
{
	list->tokens.items = arena_grow(list->arena, list->tokens.items,
	        list->tokens.count, &list->room, sizeof(Token));
	Token *gram = &list->tokens.items[list->tokens.count++];
	*gram = *of;
	gram->text = text;
}

/* The word with 1, 2, ... of those before it: "good", "not good". */
static void add_runs(List *list, const Tokens *words, int i, int longest)
{
	const char *run = words->items[i].text;
	add(list, &words->items[i], run);
	for (int n = 1; n < longest && n <= i; n++) {
		run = arena_format(list->arena, "%s %s", words->items[i - n].text, run);
		add(list, &words->items[i], run);
	}
}

static bool begins_letter(char byte)
{
	return ((unsigned char)byte & 0xC0) !=
	       0x80; /* else it goes on with one (UTF-8) */
}

/* The pieces of "<word>" but for the whole, the shorter first. */
static void add_pieces(List *list, const Token *word, int longest)
{
	const char *text = arena_format(list->arena, "<%s>", word->text);
	size_t size = strlen(text);
	int letters = 0;
	for (size_t at = 0; at < size; at++)
		letters += begins_letter(text[at]);
	for (int n = NGRAMS_LEAST; n <= longest && n < letters; n++) {
		size_t begin = 0, end = 0;
		for (int k = 0; k < n; k++)
			while (!begins_letter(text[++end]))
				;
		for (int first = 0; first + n <= letters; first++) {
			char *piece = arena_alloc(list->arena, end - begin + 2);
			piece[0] = '~';
			memcpy(piece + 1, text + begin, end - begin);
			piece[end - begin + 1] = '\0';
			add(list, word, piece);
			while (!begins_letter(text[++begin]))
				;
			while (end < size && !begins_letter(text[++end]))
				;
		}
	}
}

static void validate(Site site, const NgramSettings *s)
{
	if (s->words < 1 || s->words > NGRAMS_WORDS)
		error_stop(site, "ngrams_of", "runs of %d words: expected 1 to %d",
		        s->words, NGRAMS_WORDS);
	if (s->letters && (s->letters < NGRAMS_LEAST || s->letters > NGRAMS_LETTERS))
		error_stop(site, "ngrams_of",
		        "pieces of %d letters: expected %d to %d, or 0", s->letters,
		        NGRAMS_LEAST, NGRAMS_LETTERS);
}

Ngrams ngrams_of_at(
        Site site, Arena *arena, const NgramSettings *settings, const Tokens *words)
{
	validate(site, settings);
	List list = { .arena = arena };
	int *ends = ARENA_ARRAY(arena, int, (size_t)words->count);
	for (int i = 0; i < words->count; i++) {
		add_runs(&list, words, i, settings->words);
		if (settings->letters)
			add_pieces(&list, &words->items[i], settings->letters);
		ends[i] = list.tokens.count;
	}
	list.tokens.words = words->words;
	list.tokens.replaced = words->replaced;
	return (Ngrams){ .all = list.tokens, .ends = ends };
}
