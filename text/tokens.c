/* tokens.c: a function for each rule of tokens.h; the first that fits makes the token. */
#include "text/tokens.h"
#include "text/emoticon.h"
#include "text/fold.h"
#include "text/letters.h"
#include "tensor/utf8.h"

#include <string.h>

enum { LONGEST_RUN = 3 }; /* soooo -> sooo */

/* Where the tokens' own text goes. A token of n characters takes at most 4n + 1 bytes,
 * and of a replaced byte, one character, at most 3 + 1: so 4 for each byte of the
 * source are enough. */
typedef struct Writer {
	char *at;
} Writer;

static void put(Writer *out, uint32_t point)
{
	out->at += utf8_put(out->at, point);
}

static void put_text(Writer *out, const char *text)
{
	while (*text)
		*out->at++ = *text++;
}

/* Characters begin..end-1, letters at most LONGEST_RUN times in a row. */
static void put_run(Writer *out, const FoldedText *text, size_t begin, size_t end)
{
	int run = 0;
	for (size_t i = begin; i < end; i++) {
		uint32_t point = text->at[i].point;
		run = i > begin && point == text->at[i - 1].point ? run + 1 : 1;
		if (run <= LONGEST_RUN || !letter_is(point))
			put(out, point);
	}
}

static bool in_word(const FoldedText *text, size_t at)
{
	uint32_t point = fold_point(text, at);
	return letter_is_digit(point) ||
	       (point && letter_is(point) && !letter_is_ideograph(point));
}

static bool starts(const FoldedText *text, size_t at, const char *with)
{
	for (; *with; with++, at++)
		if (fold_point(text, at) != (unsigned char)*with)
			return false;
	return true;
}

/* A rule writes the token that begins at text->at[at] and returns where it ends; or
 * writes nothing and returns `at` if it does not apply. */
typedef size_t Rule(const FoldedText *text, size_t at, Writer *out);

static size_t link(const FoldedText *text, size_t at, Writer *out)
{
	static const char *const beginnings[] = { "http://", "https://", "www." };
	size_t begin = 0;
	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
		if (starts(text, at, beginnings[i]))
			begin = at + strlen(beginnings[i]);
	if (!begin || in_word(text, at - 1) || !in_word(text, begin))
		return at;
	size_t end = begin;
	while (end < text->count && text->at[end].point != ' ')
		end++;
	while (!in_word(text, end - 1) && text->at[end - 1].point != '/')
		end--; /* a full stop or a bracket after it is the sentence's */
	put_text(out, "<url>");
	return end;
}

static size_t tag(const FoldedText *text, size_t at, Writer *out)
{
	uint32_t sign = fold_point(text, at);
	if ((sign != '#' && sign != '@') || in_word(text, at - 1))
		return at;
	size_t end = at + 1;
	while (in_word(text, end) || fold_point(text, end) == '_')
		end++;
	if (end == at + 1 || letter_is_digit(text->at[at + 1].point)) /* #1 */
		return at;
	put_run(out, text, at, end);
	return end;
}

static size_t emoticon(const FoldedText *text, size_t at, Writer *out)
{
	char spelling[EMOTICON_LONGEST + 1];
	size_t length = emoticon_match(text, at, spelling);
	if (length)
		put_text(out, spelling);
	return at + length;
}

static bool is_half_flag(uint32_t point)
{
	return point >= 0x1F1E6 && point <= 0x1F1FF;
}

static size_t emoji(const FoldedText *text, size_t at, Writer *out)
{
	enum { KEYCAP = 0x20E3 };
	uint32_t first = fold_point(text, at), second = fold_point(text, at + 1);
	bool two = second == KEYCAP || (is_half_flag(first) && is_half_flag(second));
	if (!two && !letter_is_emoji(first))
		return at;
	put(out, first);
	at++;
	if (two) {
		put(out, second);
		return at + 1;
	}
	while (fold_point(text, at) == FOLD_JOINER) {
		at++;
		if (!letter_is_emoji(fold_point(text, at)))
			break;
		put(out, FOLD_JOINER);
		put(out, fold_point(text, at++));
	}
	return at;
}

/* The length of the contracted word at `at`, which must end a word: n't 's 're ...; 0:
 * none. */
static size_t contracted(const FoldedText *text, size_t at)
{
	static const char *const endings[] = { "n't", "'s", "'re", "'ve", "'ll", "'d",
		"'m" };
	if (!in_word(text, at - 1))
		return 0;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		size_t length = strlen(endings[i]);
		if (starts(text, at, endings[i]) && !in_word(text, at + length))
			return length;
	}
	return 0;
}

static size_t contraction(const FoldedText *text, size_t at, Writer *out)
{
	size_t end = at + contracted(text, at);
	put_run(out, text, at, end);
	return end;
}

/* The end of a word of which text->at[at-1] is a part. */
static size_t word_end(const FoldedText *text, size_t at)
{
	while (!contracted(text, at))
		if (in_word(text, at))
			at++;
		else if (fold_point(text, at) == '\'' && in_word(text, at + 1))
			at += 2;
		else
			break;
	return at;
}

static size_t number(const FoldedText *text, size_t at, Writer *out)
{
	size_t end = at;
	while (letter_is_digit(fold_point(text, end))) {
		end++;
		uint32_t sign = fold_point(text, end);
		if ((sign == '.' || sign == ',' || sign == ':') &&
		        letter_is_digit(fold_point(text, end + 1)))
			end++;
	}
	if (end > at)
		end = word_end(text, end); /* 1st, 5pm */
	put_run(out, text, at, end);
	return end;
}

/* The apostrophe that stands for a beginning left out, not the one that opens a
 * quotation. */
static size_t elision(const FoldedText *text, size_t at, Writer *out)
{
	static const char *const known[] = { "'cause", "'cos", "'em", "'til", "'bout",
		"'kay" };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t end = at + strlen(known[i]);
		if (!starts(text, at, known[i]) || in_word(text, end) ||
		        in_word(text, at - 1))
			continue;
		put_text(out, known[i]);
		return end;
	}
	return at;
}

static size_t word(const FoldedText *text, size_t at, Writer *out)
{
	if (!in_word(text, at))
		return at;
	size_t end = word_end(text, at + 1);
	put_run(out, text, at, end);
	return end;
}

static size_t marks(const FoldedText *text, size_t at, Writer *out)
{
	size_t count[3] = { 0 }, end = at;
	uint32_t first = fold_point(text, at);
	if (first == '.' || first == '-') {
		while (fold_point(text, end) == first)
			end++;
		if (end - at < 2)
			return at;
		put_text(out, first == '.' ? "..." : "--");
		return end;
	}
	for (; fold_point(text, end) == '!' || fold_point(text, end) == '?'; end++)
		count[text->at[end].point == '!']++;
	if (end - at < 2)
		return at;
	put_text(out, !count[1] ? "??" : !count[0] ? "!!" : "?!");
	return end;
}

static size_t any(const FoldedText *text, size_t at, Writer *out)
{
	put(out, fold_point(text, at));
	return at + 1;
}

/* The first that applies makes the token. */
static Rule *const words[] = { link, tag, emoticon, emoji, contraction, number, elision,
	word, marks, any, NULL };
static Rule *const characters[] = { any, NULL };

/* The next token, which begins at text->at[at]; returns where it ends. */
static size_t cut(Tokens *tokens, const FoldedText *text, size_t at, Rule *const rules[],
        Writer *out)
{
	Token *token = &tokens->items[tokens->count++];
	token->text = out->at;
	token->word = tokens->words - 1;
	size_t end = at;
	while (end == at)
		end = (*rules++)(text, at, out);
	*out->at++ = '\0';
	token->begin = text->at[at].begin;
	token->end = text->at[end - 1].end;
	return end;
}

static Tokens cut_all(
        Arena *arena, const char *source, Rule *const rules[], bool keep_spaces)
{
	size_t size = strlen(source);
	FoldedText text = fold(arena, source, size);
	Tokens tokens = {
		.items = arena_alloc(arena, text.count * sizeof(Token)),
		.replaced = (int)text.replaced,
	};
	Writer out = { arena_alloc(arena, 4 * size + 1) };
	for (size_t at = 0; at < text.count;) {
		if (text.at[at].point == ' ') {
			at++;
			continue;
		}
		bool after_space = !at || text.at[at - 1].point == ' ';
		if (keep_spaces && after_space && tokens.count)
			cut(&tokens, &text, at - 1, rules, &out);
		tokens.words += after_space;
		at = cut(&tokens, &text, at, rules, &out);
	}
	return tokens;
}

Tokens tokens_split(Arena *arena, const char *text)
{
	return cut_all(arena, text, words, false);
}

Tokens tokens_characters(Arena *arena, const char *text)
{
	return cut_all(arena, text, characters, true);
}
