#include "emotionnet/trials/robustness.h"
#include "text/tokens.h"

#include <stdbool.h>
#include <string.h>

/* ---- words ------------------------------------------------------------------------- */

typedef struct Word {
	const char *text;
	size_t size;
} Word;

typedef struct Words {
	Word *items;
	int count;
} Words;

/* As the front end counts them, so that each has its time. */
static Words words_of(Arena *arena, const char *text)
{
	Tokens tokens = tokens_split(arena, text);
	Words words = { ARENA_ARRAY(arena, Word, (size_t)tokens.words), tokens.words };
	for (int i = 0; i < tokens.count; i++) {
		const Token *token = &tokens.items[i];
		Word *word = &words.items[token->word];
		if (!word->text)
			word->text = text + token->begin;
		word->size = (size_t)(text + token->end - word->text);
	}
	return words;
}

/* The words that are kept, with one space between them. */
static char *join(Arena *arena, Words words, const bool *kept)
{
	size_t size = 1;
	for (int i = 0; i < words.count; i++)
		size += words.items[i].size + 1;
	char *text = arena_alloc(arena, size), *out = text;
	for (int i = 0; i < words.count; i++) {
		if (!kept[i])
			continue;
		if (out > text)
			*out++ = ' ';
		memcpy(out, words.items[i].text, words.items[i].size);
		out += words.items[i].size;
	}
	*out = '\0';
	return text;
}

/* The entries of the column word_times that spaces separate. */
static Words times_of(Arena *arena, const char *times)
{
	Words words = { ARENA_ARRAY(arena, Word, strlen(times) / 2 + 1), 0 };
	for (const char *at = times + strspn(times, " "); *at;) {
		size_t size = strcspn(at, " ");
		words.items[words.count++] = (Word){ at, size };
		at += size + strspn(at + size, " ");
	}
	return words;
}

Said said_dropped(Arena *arena, Said said, double level, Rng rng)
{
	Words words = words_of(arena, said.text);
	if (!words.count)
		return said;
	bool *kept = ARENA_ARRAY(arena, bool, (size_t)words.count);
	double most = -1;
	int last = 0;
	for (int i = 0; i < words.count; i++) {
		double chance = rng_uniform_double(&rng);
		kept[i] = chance >= level;
		if (chance > most) {
			most = chance;
			last = i;
		}
	}
	kept[last] = true;
	Said dropped = { .text = join(arena, words, kept) };
	if (said.times && *said.times) {
		Words times = times_of(arena, said.times);
		dropped.times =
		        times.count == words.count ? join(arena, times, kept) : NULL;
	}
	return dropped;
}

/* ---- letters ----------------------------------------------------------------------- */

/* Where the character that begins at `at` ends. */
static size_t after(Word word, size_t at)
{
	at++;
	while (at < word.size && ((unsigned char)word.text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static int letters_in(Word word)
{
	int letters = 0;
	for (size_t at = 0; at < word.size; at = after(word, at))
		letters++;
	return letters;
}

typedef enum Slip { SLIP_TWICE, SLIP_OTHER, SLIP_SWAPPED, SLIP_LOST, SLIPS } Slip;

/* The word with one slip at letter `place`; if two letters are concerned, at it and
 * the next. */
static Word slip(Arena *arena, Word word, Slip how, int place, char other)
{
	size_t begin = 0;
	for (int i = 0; i < place; i++)
		begin = after(word, begin);
	size_t end = after(word, begin);
	size_t next = end < word.size ? after(word, end) : end;
	const char *t = word.text;
	int head = (int)begin, letter = (int)(end - begin), second = (int)(next - end);
	int tail = (int)(word.size - end);
	char *made;
	switch (how) {
	case SLIP_TWICE:
		made = arena_format(arena, "%.*s%.*s%.*s", (int)end, t, letter, t + begin,
		        tail, t + end);
		break;
	case SLIP_OTHER:
		made = arena_format(arena, "%.*s%c%.*s", head, t, other, tail, t + end);
		break;
	case SLIP_SWAPPED:
		made = arena_format(arena, "%.*s%.*s%.*s%.*s", head, t, second, t + end,
		        letter, t + begin, (int)(word.size - next), t + next);
		break;
	default:
		made = arena_format(arena, "%.*s%.*s", head, t, tail, t + end);
	}
	return (Word){ made, strlen(made) };
}

Said said_mistyped(Arena *arena, Said said, double level, Rng rng)
{
	Words words = words_of(arena, said.text);
	if (!words.count)
		return said;
	bool *kept = ARENA_ARRAY(arena, bool, (size_t)words.count);
	for (int i = 0; i < words.count; i++) {
		Word *word = &words.items[i];
		int letters = letters_in(*word);
		double chance = rng_uniform_double(&rng);
		Slip how = (Slip)rng_below(&rng, letters > 1 ? SLIPS : SLIP_SWAPPED);
		int places = how == SLIP_SWAPPED ? letters - 1 : letters;
		int place = rng_below(&rng, places);
		char other = "abcdefghijklmnopqrstuvwxyz"[rng_below(&rng, 26)];
		kept[i] = true;
		if (chance < level)
			*word = slip(arena, *word, how, place, other);
	}
	return (Said){ join(arena, words, kept), said.times };
}
