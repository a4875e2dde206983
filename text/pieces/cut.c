/* Published tokenisers tell by regular expressions how they cut. There are few of them,
 * and each is written out here as what it does: a function says where the part that
 * begins at `at` ends.
 *
 * GPT-2:   's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 * Llama 3: (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
 *          | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 * Qwen 2:  the same with \p{N} in place of \p{N}{1,3} */
#include "text/pieces/cut.h"
#include "text/pieces/unicode.h"
#include "tensor/utf8.h"

#include <string.h>

typedef enum Kind { NOTHING, LETTER, NUMBER, SPACE, SIGN } Kind;

typedef struct Character {
	Kind kind; /* NOTHING: the text has ended */
	uint32_t point;
	size_t end; /* where the next one begins */
} Character;

static Character character(TokenBytes text, size_t at)
{
	if (at >= text.size)
		return (Character){ NOTHING, 0, at };
	Utf8 next = utf8_next(text.at + at, text.size - at);
	Character c = { SIGN, next.point, at + (size_t)next.bytes };
	if (unicode_is_space(c.point))
		c.kind = SPACE;
	else if (unicode_is(UNICODE_LETTER, c.point))
		c.kind = LETTER;
	else if (unicode_is(UNICODE_NUMBER, c.point))
		c.kind = NUMBER;
	return c;
}

/* Where the run of one kind ends that begins at `at`, after at most `most` of them. */
static size_t run_end(TokenBytes text, size_t at, Kind kind, int most)
{
	for (int i = 0; i < most; i++) {
		Character c = character(text, at);
		if (c.kind != kind)
			break;
		at = c.end;
	}
	return at;
}

enum { ANY = 0x7fffffff };

/* The end of 's, 're and so on; `at` if none is there. The long s ſ is a kind of s. */
static size_t contraction(TokenBytes text, size_t at, bool any_case)
{
	if (text.at[at] != '\'')
		return at;
	uint32_t letters[2];
	size_t end[2], next = at + 1;
	for (int i = 0; i < 2; i++) {
		Character c = character(text, next);
		letters[i] = any_case ? unicode_lower(c.point) : c.point;
		if (any_case && c.point == 0x17F)
			letters[i] = 's';
		end[i] = next = c.end;
	}
	if (letters[0] && letters[0] < 0x80 && strchr("stmd", (int)letters[0]))
		return end[0];
	bool two = (letters[0] == 'r' && letters[1] == 'e') ||
	           (letters[0] == 'v' && letters[1] == 'e') ||
	           (letters[0] == 'l' && letters[1] == 'l');
	return two ? end[1] : at;
}

/* \s+(?!\S)|\s+: a run of white space, but for its last character where a word follows. */
static size_t white_space(TokenBytes text, size_t at)
{
	size_t last = at, end = at;
	for (Character c; (c = character(text, end)).kind == SPACE; end = c.end)
		last = end;
	return end == text.size || last == at ? end : last;
}

static size_t gpt2(TokenBytes text, size_t at)
{
	size_t end = contraction(text, at, false);
	if (end > at)
		return end;
	Character c = character(text, at);
	Character after = character(text, c.end);
	if (c.point == ' ' && after.kind != SPACE && after.kind != NOTHING)
		return run_end(text, c.end, after.kind, ANY);
	if (c.kind != SPACE)
		return run_end(text, at, c.kind, ANY);
	return white_space(text, at);
}

static bool is_line_end(uint32_t point)
{
	return point == '\r' || point == '\n';
}

/* \s*[\r\n]+: up to the last line end of the white space; `at` if it has none. */
static size_t line_end(TokenBytes text, size_t at)
{
	size_t found = at;
	for (Character c; (c = character(text, at)).kind == SPACE; at = c.end)
		if (is_line_end(c.point))
			found = c.end;
	return found;
}

static size_t llama3(TokenBytes text, size_t at, int digits)
{
	size_t end = contraction(text, at, true);
	if (end > at)
		return end;
	Character c = character(text, at), after = character(text, c.end);
	if (c.kind == LETTER)
		return run_end(text, at, LETTER, ANY);
	if (c.kind != NUMBER && !is_line_end(c.point) && after.kind == LETTER)
		return run_end(text, c.end, LETTER, ANY);
	if (c.kind == NUMBER)
		return run_end(text, at, NUMBER, digits);
	if (c.kind == SIGN || (c.point == ' ' && after.kind == SIGN)) {
		end = run_end(text, c.kind == SIGN ? at : c.end, SIGN, ANY);
		while (end < text.size && is_line_end((unsigned char)text.at[end]))
			end++;
		return end;
	}
	end = line_end(text, at);
	return end > at ? end : white_space(text, at);
}

/* Numbers, each digit by itself if `most` is 1, and what is between them. */
static size_t numbers(TokenBytes text, size_t at, int most)
{
	Character c = character(text, at);
	if (c.kind == NUMBER)
		return run_end(text, at, NUMBER, most);
	while (c.kind != NUMBER && c.kind != NOTHING) {
		at = c.end;
		c = character(text, at);
	}
	return at;
}

/* A sign, or a run of anything else but white space, or of white space. */
static size_t bert(TokenBytes text, size_t at)
{
	Character c = character(text, at);
	if (c.kind == SPACE)
		return run_end(text, at, SPACE, ANY);
	if (unicode_is(UNICODE_PUNCTUATION, c.point))
		return c.end;
	do {
		at = c.end;
		c = character(text, at);
	} while (c.kind != SPACE && c.kind != NOTHING &&
	         !unicode_is(UNICODE_PUNCTUATION, c.point));
	return at;
}

/* From one "▁" to the next. */
static size_t marks(TokenBytes text, size_t at)
{
	do
		at = character(text, at).end;
	while (at < text.size && character(text, at).point != 0x2581);
	return at;
}

static size_t part_end(CutStep step, TokenBytes text, size_t at)
{
	switch (step) {
	case CUT_DIGITS:
		return numbers(text, at, 1);
	case CUT_NUMBERS:
		return numbers(text, at, ANY);
	case CUT_GPT2:
		return gpt2(text, at);
	case CUT_LLAMA3:
		return llama3(text, at, 3);
	case CUT_QWEN2:
		return llama3(text, at, 1);
	case CUT_BERT:
		return bert(text, at);
	case CUT_MARKS:
		return marks(text, at);
	case CUT_END:
		break;
	}
	return text.size;
}

static void add(Cut *cut, Arena *arena, TokenBytes part)
{
	cut->at = arena_grow(arena, cut->at, cut->count, &cut->room, sizeof *cut->at);
	cut->at[cut->count++] = part;
}

Cut cut_text(const CutStep steps[], Arena *arena, TokenBytes text)
{
	Cut cut = { .count = 0 };
	if (text.size)
		add(&cut, arena, text);
	for (int s = 0; steps[s] != CUT_END; s++) {
		Cut whole = cut;
		cut = (Cut){ .count = 0 };
		for (int i = 0; i < whole.count; i++) {
			TokenBytes all = whole.at[i];
			for (size_t at = 0, end; at < all.size; at = end) {
				end = part_end(steps[s], all, at);
				if (steps[s] == CUT_BERT &&
				        character(all, at).kind == SPACE)
					continue;
				add(&cut, arena, (TokenBytes){ all.at + at, end - at });
			}
		}
	}
	return cut;
}
