/* robustness.c: loses words and mistypes them, with the word times kept in step. */
#include "emotionnet/trials/robustness.h"
#include "text/list.h"
#include "text/tokens.h"

#include <stdbool.h>

/* ---- words ------------------------------------------------------------------------- */

/* As the front end counts them, so that each has its time. */
static const char **words_of(Arena *arena, const char *text, int *count)
{
	Tokens tokens = tokens_split(arena, text);
	const char **words = ARENA_ARRAY(arena, const char *, (size_t)tokens.words);
	for (int i = 0, first = 0; i < tokens.count; i++) {
		int word = tokens.items[i].word;
		if (word != tokens.items[first].word)
			first = i;
		size_t begin = tokens.items[first].begin;
		words[word] = arena_format(
		        arena, "%.*s", (int)(tokens.items[i].end - begin), text + begin);
	}
	*count = tokens.words;
	return words;
}

/* Those that are kept, with one space between them. */
static const char *join(
        Arena *arena, const char *const *words, int count, const bool *kept)
{
	const char **left = ARENA_ARRAY(arena, const char *, (size_t)count);
	int number = 0;
	for (int i = 0; i < count; i++)
		if (kept[i])
			left[number++] = words[i];
	return list_join(arena, left, number, " ");
}

Said said_dropped(Arena *arena, Said said, double level, Rng rng)
{
	int count, times, last = 0;
	const char **words = words_of(arena, said.text, &count);
	if (!count)
		return said;
	bool *kept = ARENA_ARRAY(arena, bool, (size_t)count);
	double most = -1;
	for (int i = 0; i < count; i++) {
		double chance = rng_uniform_double(&rng);
		kept[i] = chance >= level;
		if (chance > most) {
			most = chance;
			last = i;
		}
	}
	kept[last] = true;
	Said dropped = { .text = join(arena, words, count, kept) };
	if (said.times && *said.times) {
		const char *const *all = list_split(arena, said.times, ' ', &times);
		dropped.times = times == count ? join(arena, all, count, kept) : NULL;
	}
	return dropped;
}

/* ---- letters ----------------------------------------------------------------------- */

/* Where the character that begins at `at` ends. */
static size_t after(const char *word, size_t at)
{
	for (at++; ((unsigned char)word[at] & 0xc0) == 0x80; at++)
		;
	return at;
}

static int letters_in(const char *word)
{
	int letters = 0;
	for (size_t at = 0; word[at]; at = after(word, at))
		letters++;
	return letters;
}

typedef enum Slip { SLIP_TWICE, SLIP_OTHER, SLIP_SWAPPED, SLIP_LOST, SLIPS } Slip;

/* The word with one slip at letter `place`; if two letters are concerned, at it and
 * the next. */
static const char *slip(Arena *arena, const char *t, Slip how, int place, char other)
{
	size_t begin = 0;
	for (int i = 0; i < place; i++)
		begin = after(t, begin);
	size_t end = after(t, begin), next = t[end] ? after(t, end) : end;
	int head = (int)begin, letter = (int)(end - begin), second = (int)(next - end);
	switch (how) {
	case SLIP_TWICE:
		return arena_format(
		        arena, "%.*s%.*s%s", (int)end, t, letter, t + begin, t + end);
	case SLIP_OTHER:
		return arena_format(arena, "%.*s%c%s", head, t, other, t + end);
	case SLIP_SWAPPED:
		return arena_format(arena, "%.*s%.*s%.*s%s", head, t, second, t + end,
		        letter, t + begin, t + next);
	default:
		return arena_format(arena, "%.*s%s", head, t, t + end);
	}
}

Said said_mistyped(Arena *arena, Said said, double level, Rng rng)
{
	int count;
	const char **words = words_of(arena, said.text, &count);
	for (int i = 0; i < count; i++) {
		int letters = letters_in(words[i]);
		double chance = rng_uniform_double(&rng);
		Slip how = (Slip)rng_below(&rng, letters > 1 ? SLIPS : SLIP_SWAPPED);
		int place = rng_below(&rng, letters - (how == SLIP_SWAPPED));
		char other = "abcdefghijklmnopqrstuvwxyz"[rng_below(&rng, 26)];
		if (chance < level)
			words[i] = slip(arena, words[i], how, place, other);
	}
	return count ? (Said){ list_join(arena, words, count, " "), said.times } : said;
}
