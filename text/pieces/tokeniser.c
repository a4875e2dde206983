/* The parts of a file, checked and made ready to be searched. */
#include "text/pieces/tokeniser.h"
#include "text/pieces/byte_letters.h"
#include "text/pieces/normal.h"
#include "text/pieces/tokeniser_inside.h"
#include "tensor/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char space_mark[] = "\xE2\x96\x81"; /* U+2581 */

enum { LONGEST_WORD = 100 };

/* ---- the spellings ------------------------------------------------------------------------ */

int tokeniser_token(const Tokeniser *t, const char *text, size_t size)
{
	/* no spelling holds a 0; none is found past the longest */
	if (size == 0 || size > t->longest || memchr(text, 0, size))
		return -1;
	int number = stringset_find_bytes(&t->spellings, text, size);
	return number < 0 ? -1 : t->token_of[number];
}

int tokeniser_find(const Tokeniser *t, const char *spelling)
{
	return tokeniser_token(t, spelling, strlen(spelling));
}

/* -1, or 0 to 255: the byte that "<0x0A>" stands for. */
static int byte_token(const char *spelling)
{
	static const char digits[] = "0123456789ABCDEF";
	if (strlen(spelling) != 6 || strncmp(spelling, "<0x", 3) != 0 ||
	        spelling[5] != '>')
		return -1;
	const char *high = strchr(digits, spelling[3]);
	const char *low = strchr(digits, spelling[4]);
	return high && low ? (int)(16 * (high - digits) + (low - digits)) : -1;
}

static bool take_tokens(
        Tokeniser *t, Arena *arena, const TokeniserParts *parts, Error *error)
{
	size_t count = (size_t)parts->count;
	t->spellings = stringset_new(arena);
	t->token_of = ARENA_ARRAY(arena, int, count);
	t->spelling = ARENA_ARRAY(arena, const char *, count);
	t->types = ARENA_ARRAY(arena, unsigned char, count);
	for (int i = 0; i < parts->count; i++) {
		int before = t->spellings.count;
		int number = stringset_add(&t->spellings, parts->tokens[i]);
		if (number == before)
			t->token_of[number] = i;
		t->spelling[i] = t->spellings.names[number];
		size_t size = strlen(t->spelling[i]);
		t->longest = size > t->longest ? size : t->longest;
		int type = parts->types ? parts->types[i] : TOKEN_NORMAL;
		if (type < TOKEN_NORMAL || type > TOKEN_BYTE)
			return error_set(error,
			        "%s: token %d has type %d; types are 1 to 6", parts->path,
			        i, type);
		if (parts->byte_tokens && byte_token(t->spelling[i]) >= 0)
			type = TOKEN_BYTE;
		t->types[i] = (unsigned char)type;
	}
	return true;
}

/* The token of each byte: a letter of its own, or <0x0A>. */
static bool find_bytes(Tokeniser *t, Error *error)
{
	int found = 0;
	for (int byte = 0; byte < 256; byte++) {
		char letter[8];
		const char c = (char)byte;
		if (t->parts.kind == TOKENISER_BYTES)
			byte_letters(letter, &c, 1);
		else
			snprintf(letter, sizeof letter, "<0x%02X>", (unsigned)byte);
		t->bytes[byte] = tokeniser_find(t, letter);
		found += t->bytes[byte] >= 0;
	}
	if (t->parts.kind == TOKENISER_BYTES && !found)
		return error_set(error,
		        "%s: no token is a single byte; a vocabulary of bytes has one "
		        "for each byte that its texts held, a space as Ġ",
		        t->parts.path);
	if (t->parts.byte_tokens && found < 256)
		return error_set(error,
		        "%s: unknown characters should become bytes, but only %d of the "
		        "tokens <0x00> to <0xFF> are there",
		        t->parts.path, found);
	return true;
}

/* ---- what a token prints ------------------------------------------------------------------ */

/* Letters of bytes as bytes; as they stand if one of them is no such letter. */
static size_t print_letters(char *out, const char *spelling)
{
	size_t size = strlen(spelling), count = 0;
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(spelling + at, size - at);
		int byte = next.valid ? byte_of_letter(next.point) : -1;
		if (byte < 0) {
			memcpy(out, spelling, size);
			return size;
		}
		out[count++] = (char)byte;
		at += (size_t)next.bytes;
	}
	return count;
}

/* "▁" as a space. */
static size_t print_marks(char *out, const char *spelling)
{
	size_t count = 0;
	while (*spelling) {
		bool mark = strncmp(spelling, space_mark, 3) == 0;
		out[count++] = mark ? ' ' : *spelling;
		spelling += mark ? 3 : 1;
	}
	return count;
}

/* Words with a space before them, but for what goes on and . , ! ? */
static size_t print_word(char *out, const char *spelling)
{
	bool goes_on = strncmp(spelling, "##", 2) == 0;
	bool space = !goes_on && !(*spelling && strchr(".,!?", *spelling));
	size_t size = strlen(spelling += goes_on ? 2 : 0);
	if (space)
		*out++ = ' ';
	memcpy(out, spelling, size);
	return size + space;
}

static size_t print_token(const Tokeniser *t, char *out, int token)
{
	const char *spelling = t->spelling[token];
	if (t->types[token] == TOKEN_CONTROL)
		return 0;
	if (t->types[token] == TOKEN_BYTE && byte_token(spelling) >= 0) {
		*out = (char)byte_token(spelling);
		return 1;
	}
	if (t->parts.kind == TOKENISER_BYTES)
		return print_letters(out, spelling);
	if (t->parts.kind == TOKENISER_SENTENCE)
		return print_marks(out, spelling);
	return print_word(out, spelling);
}

static void print_all(Tokeniser *t, Arena *arena)
{
	size_t size = 0;
	for (int i = 0; i < t->parts.count; i++)
		size += strlen(t->spelling[i]) + 1; /* and a space */
	char *room = arena_alloc(arena, size);
	t->printed = ARENA_ARRAY(arena, TokenBytes, (size_t)t->parts.count);
	for (int i = 0; i < t->parts.count; i++) {
		t->printed[i] = (TokenBytes){ room, print_token(t, room, i) };
		room += t->printed[i].size;
	}
}

/* ---- merges ------------------------------------------------------------------------------- */

static bool take_merge(
        Tokeniser *t, const char *merge, int rank, char *both, Error *error)
{
	const char *path = t->parts.path;
	const char *space = strchr(merge, ' ');
	if (!space || space == merge || !space[1] || strchr(space + 1, ' '))
		return error_set(error,
		        "%s: merge %d, \"%.40s\", is not two tokens with one space "
		        "between them",
		        path, rank, merge);
	size_t left = (size_t)(space - merge), right = strlen(space + 1);
	memcpy(both, merge, left);
	memcpy(both + left, space + 1, right);
	int a = tokeniser_token(t, merge, left);
	int b = tokeniser_token(t, space + 1, right);
	int together = tokeniser_token(t, both, left + right);
	if (a < 0 || b < 0 || together < 0)
		return error_set(error,
		        "%s: merge %d, \"%.40s\": %s is not among the tokens", path, rank,
		        merge,
		        a < 0   ? "the first"
		        : b < 0 ? "the second"
		                : "what both make");
	merges_add(&t->merges, a, b, (Merge){ together, (float)rank });
	return true;
}

static bool take_merges(
        Tokeniser *t, Arena *arena, const TokeniserParts *parts, Error *error)
{
	t->merges = merges_new(arena, t->spellings.secret);
	size_t longest = 0;
	for (int i = 0; i < parts->merge_count; i++) {
		size_t size = strlen(parts->merges[i]);
		longest = size > longest ? size : longest;
	}
	char *both = arena_alloc(arena, longest + 1);
	for (int i = 0; i < parts->merge_count; i++)
		if (!take_merge(t, parts->merges[i], i, both, error))
			return false;
	if (parts->kind != TOKENISER_SENTENCE || parts->merge_count)
		return true;
	if (!parts->scores)
		return error_set(error,
		        "%s: there are neither merges nor scores: nothing says which "
		        "pieces go together",
		        parts->path);
	t->scores = ARENA_ARRAY(arena, float, (size_t)parts->count);
	for (int i = 0; i < parts->count; i++) {
		t->scores[i] = parts->scores[i];
		if (!isfinite(t->scores[i]))
			return error_set(error,
			        "%s: the score of token %d is no finite number",
			        parts->path, i);
	}
	return true;
}

/* ---- tokens that are sought whole --------------------------------------------------------- */

static int by_byte_and_size(const void *left, const void *right)
{
	const Whole *a = left, *b = right;
	unsigned char first = (unsigned char)a->text[0],
	              second = (unsigned char)b->text[0];
	if (first != second)
		return first < second ? -1 : 1;
	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return a->token < b->token ? -1 : a->token > b->token;
}

/* What is sought in normalised text is normalised itself. */
static Whole whole_of(
        const Tokeniser *t, Arena *arena, const TokeniserParts *parts, int token)
{
	Whole w = { .token = token };
	w.takes_left = parts->takes_left && parts->takes_left[token];
	w.takes_right = parts->takes_right && parts->takes_right[token];
	w.is_normalised = parts->is_normalised && parts->is_normalised[token];
	TokenBytes text = { t->spelling[token], strlen(t->spelling[token]) };
	if (w.is_normalised)
		text = normal_text(parts->normal, arena, text, true);
	w.text = text.at;
	w.size = text.size;
	return w;
}

static void find_wholes(Tokeniser *t, Arena *arena, const TokeniserParts *parts)
{
	size_t count = 0;
	t->wholes = ARENA_ARRAY(arena, Whole, (size_t)parts->count);
	for (int i = 0; i < parts->count; i++) {
		if (t->types[i] != TOKEN_CONTROL && t->types[i] != TOKEN_USER)
			continue;
		Whole whole = whole_of(t, arena, parts, i);
		if (!whole.size)
			continue;
		t->wholes[count++] = whole;
		t->any_normalised |= whole.is_normalised;
	}
	if (count)
		qsort(t->wholes, count, sizeof *t->wholes, by_byte_and_size);
	size_t at = 0;
	for (int byte = 0; byte < 256; byte++) {
		t->first_whole[byte] = (int)at;
		while (at < count && (unsigned char)t->wholes[at].text[0] == byte)
			at++;
	}
	t->first_whole[256] = (int)at;
}

/* ---- all ---------------------------------------------------------------------------------- */

static bool number_fits(const TokeniserParts *parts, int token)
{
	return token >= 0 && token < parts->count;
}

static bool check(const TokeniserParts *parts, Error *error)
{
	if (parts->count < 1)
		return error_set(error, "%s: there are no tokens", parts->path);
	bool good = parts->unknown == -1 || number_fits(parts, parts->unknown);
	for (int i = 0; i < parts->first_count; i++)
		good &= number_fits(parts, parts->first[i]);
	for (int i = 0; i < parts->last_count; i++)
		good &= number_fits(parts, parts->last[i]);
	if (!good)
		return error_set(error,
		        "%s: the unknown token, or one at a text's ends, is not among "
		        "the tokens 0 to %d",
		        parts->path, parts->count - 1);
	if (parts->kind == TOKENISER_WORDS && parts->unknown < 0)
		return error_set(error,
		        "%s: pieces of words need a token for words that are unknown, "
		        "as [UNK]",
		        parts->path);
	return true;
}

Tokeniser *tokeniser_new(Arena *arena, const TokeniserParts *parts, Error *error)
{
	if (!check(parts, error))
		return NULL;
	Tokeniser *t = ARENA_NEW(arena, Tokeniser);
	t->parts = *parts;
	t->parts.path = arena_string(arena, parts->path);
	if (!take_tokens(t, arena, parts, error) || !find_bytes(t, error) ||
	        !take_merges(t, arena, parts, error))
		return NULL;
	print_all(t, arena);
	find_wholes(t, arena, parts);
	if (!t->parts.longest_word)
		t->parts.longest_word = LONGEST_WORD;
	t->parts.tokens = t->parts.merges = NULL;
	t->parts.types = NULL;
	t->parts.scores = NULL;
	t->parts.takes_left = t->parts.takes_right = t->parts.is_normalised = NULL;
	return t;
}

int tokeniser_count(const Tokeniser *t)
{
	return t->parts.count;
}

/* Whoever asks for a token that is not there has mixed up two models. */
static void expect_token(const Tokeniser *t, const char *who, int token)
{
	if (!number_fits(&t->parts, token))
		error_stop(HERE, who, "token %d of %d tokens", token, t->parts.count);
}

TokenType tokeniser_type(const Tokeniser *t, int token)
{
	expect_token(t, "tokeniser_type", token);
	return (TokenType)t->types[token];
}

const char *tokeniser_spelling(const Tokeniser *t, int token)
{
	expect_token(t, "tokeniser_spelling", token);
	return t->spelling[token];
}

TokenBytes tokeniser_bytes(const Tokeniser *t, int token, bool first)
{
	expect_token(t, "tokeniser_bytes", token);
	TokenBytes bytes = t->printed[token];
	bool put = t->parts.kind == TOKENISER_WORDS ||
	           (t->parts.kind == TOKENISER_SENTENCE && t->parts.space_first);
	if (first && put && bytes.size && bytes.at[0] == ' ') {
		bytes.at++;
		bytes.size--;
	}
	return bytes;
}

TokenBytes tokeniser_decode(
        const Tokeniser *t, Arena *arena, const int tokens[], int count)
{
	size_t size = 0, at = 0;
	for (int i = 0; i < count; i++)
		size += tokeniser_bytes(t, tokens[i], false).size;
	char *text = arena_alloc(arena, size + 1);
	bool first = true;
	for (int i = 0; i < count; i++) {
		TokenBytes bytes = tokeniser_bytes(t, tokens[i], first);
		first &= t->printed[tokens[i]].size == 0;
		if (bytes.size)
			memcpy(text + at, bytes.at, bytes.size);
		at += bytes.size;
	}
	text[at] = '\0';
	return (TokenBytes){ text, at };
}
