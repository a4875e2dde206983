/* Most faces follow a grammar (after C. Potts' tokeniser for sentiment, 2011):
 *
 *     brow?  eyes  tear?  nose?  mouth+
 *      >     : ; =   '      -    ) ( ] [ | / \ * and the letters d p o x s
 *
 * A mouth that is a letter must end a word, and so must the eyes not follow one, or
 * "note:do" would smile. The rest are a list. */
#include "text/emoticon.h"
#include "text/letters.h"

#include <string.h>

static bool is_one_of(uint32_t point, const char *signs)
{
	return point && point < 0x80 && strchr(signs, (int)point);
}

static bool in_word(const FoldedText *text, size_t at)
{
	uint32_t point = fold_point(text, at);
	return letter_is(point) || letter_is_digit(point);
}

/* Both ends of text->at[begin..end-1] are free of letters and digits. */
static bool stands_alone(const FoldedText *text, size_t begin, size_t end)
{
	return !(begin > 0 && in_word(text, begin - 1)) && !in_word(text, end);
}

static const char *const others[] = { "<3", "</3", "^_^", "^^", "-_-", "t_t", "o_o",
	">_<", "xd" };

static size_t match_other(const FoldedText *text, size_t at, char *spelling)
{
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		size_t length = strlen(others[i]), same = 0;
		while (fold_point(text, at + same) == (unsigned char)others[i][same] &&
		        same < length)
			same++;
		if (same < length || !stands_alone(text, at, at + length))
			continue;
		strcpy(spelling, others[i]);
		return length;
	}
	return 0;
}

size_t emoticon_match(
        const FoldedText *text, size_t at, char spelling[EMOTICON_LONGEST + 1])
{
	size_t begin = at;
	char *out = spelling;
	if (fold_point(text, at) == '>' && is_one_of(fold_point(text, at + 1), ":;="))
		*out++ = '>', at++;
	if (!is_one_of(fold_point(text, at), ":;="))
		return match_other(text, begin, spelling);
	*out++ = (char)fold_point(text, at++);
	if (fold_point(text, at) == '\'')
		*out++ = '\'', at++;
	if (fold_point(text, at) == '-')
		at++;
	uint32_t mouth = fold_point(text, at);
	bool letter = is_one_of(mouth, "dpoxs");
	if (!letter && !is_one_of(mouth, ")(][|/\\*"))
		return 0;
	while (fold_point(text, at) == mouth)
		at++;
	if (letter && !stands_alone(text, begin, at))
		return 0;
	*out++ = (char)(letter ? mouth - 'a' + 'A' : mouth);
	*out = '\0';
	return at - begin;
}
