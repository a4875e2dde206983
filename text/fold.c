/* fold.c: character by character; what a letter becomes stands in letters.c, signs in
 * the table here. */
#include "text/fold.h"
#include "text/letters.h"
#include "tensor/utf8.h"

#include <string.h>

/* Signs that have a plain spelling. No spelling is longer than the bytes of its sign, so
 * that a folded text never has more characters than the source has bytes. */
static const struct Plain {
	const char *spelling, *signs;
} plain[] = {
	{ "'", "‘’‚‛ʼ´′`" },
	{ "\"", "“”„‟«»″" },
	{ "-", "‐‑−" },
	{ "--", "‒–—―" },
	{ ".", "․" },
	{ "..", "‥" },
	{ "...", "…" },
	{ "!!", "‼" },
	{ "??", "⁇" },
	{ "?!", "⁈⁉" },
};

/* `sign` is the character as the source writes it, and valid. NULL: it has no plain
 * spelling. In UTF-8 no character's bytes begin within another's, so that a search for
 * bytes is one for characters. */
static const char *spelling_of(const char *sign, size_t bytes)
{
	char text[5] = "";
	if (bytes == 1 && *sign != '`')
		return NULL; /* most of them, and fast */
	memcpy(text, sign, bytes);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		if (strstr(plain[i].signs, text))
			return plain[i].spelling;
	return NULL;
}

/* What only says how to draw the character before it. */
static bool is_invisible(uint32_t point)
{
	return point == 0x00AD ||                      /* soft hyphen */
	       (point >= 0x200C && point <= 0x200F) || /* joined? from right to left? */
	       (point >= 0x202A && point <= 0x202E) || /* direction of writing */
	       (point >= 0x2066 && point <= 0x2069) || /* the same */
	       (point >= 0xFE00 && point <= 0xFE0F) || /* in colour, or black and white */
	       (point >= 0x1F3FB && point <= 0x1F3FF); /* colour of skin */
}

/* Makes the character a part of the one before it, if there is one and they go
 * together. */
static bool join(FoldedText *text, uint32_t point, size_t end)
{
	if (!text->count)
		return false;
	Folded *last = &text->at[text->count - 1];
	uint32_t both = last->point;
	if (letter_is_mark(point))
		both = letter_compose(last->point, point);
	else if (!is_invisible(point))
		both = 0;
	else if (point == FOLD_JOINER && letter_is_emoji(last->point))
		both = 0;
	if (!both)
		return false;
	last->point = both;
	last->end = end;
	return true;
}

static void append(FoldedText *text, uint32_t point, size_t begin, size_t end)
{
	bool alone = is_invisible(point) && !text->count;
	if (alone || letter_is_space(point))
		point = ' ';
	text->at[text->count++] = (Folded){ letter_lower(point), begin, end };
}

FoldedText fold(Arena *arena, const char *text, size_t size)
{
	FoldedText folded = { .at = arena_alloc(arena, size * sizeof(Folded)) };
	for (size_t begin = 0, end; begin < size; begin = end) {
		Utf8 next = utf8_next(text + begin, size - begin);
		end = begin + (size_t)next.bytes;
		folded.replaced += !next.valid;
		if (join(&folded, next.point, end))
			continue;
		const char *spelling =
		        next.valid ? spelling_of(text + begin, end - begin) : NULL;
		if (!spelling)
			append(&folded, next.point, begin, end);
		else
			for (; *spelling; spelling++)
				append(&folded, (unsigned char)*spelling, begin, end);
	}
	return folded;
}
