/* A text on its way to tokens:
 *
 *     tokens that are sought whole -> normalised -> those that are sought then -> cut
 *     -> pieces of each part
 *
 * and what is unknown becomes bytes, or the unknown token, or nothing. */
#include "text/pieces/byte_letters.h"
#include "text/pieces/cut.h"
#include "text/pieces/normal.h"
#include "text/pieces/tokeniser_inside.h"
#include "text/pieces/unicode.h"
#include "tensor/utf8.h"

#include <string.h>

typedef struct Encoding {
	const Tokeniser *tokeniser;
	unsigned flags;
	Arena *scratch, *arena; /* the tokens lie in the second */
	TokenIds ids;
	Pieces pieces;
	bool after_unknown; /* the last token stands for unknown characters */
} Encoding;

void token_ids_add(TokenIds *ids, Arena *arena, int token)
{
	ids->at = arena_grow(arena, ids->at, ids->count, &ids->room, sizeof *ids->at);
	ids->at[ids->count++] = token;
}

static void add(Encoding *e, int token)
{
	token_ids_add(&e->ids, e->arena, token);
	e->after_unknown = false;
}

static void add_unknown(Encoding *e)
{
	const TokeniserParts *parts = &e->tokeniser->parts;
	if (parts->unknown < 0 || (parts->fuse_unknown && e->after_unknown))
		return;
	add(e, parts->unknown);
	e->after_unknown = true;
}

/* ---- bytes and sentences: pairs are merged ------------------------------------------------ */

static Merge by_pair(const void *context, const Piece *left, const Piece *right)
{
	const Tokeniser *t = context;
	return merges_find(&t->merges, left->token, right->token);
}

/* SentencePiece's: any two neighbours that are a token together, by its score. */
static Merge by_score(const void *context, const Piece *left, const Piece *right)
{
	const Tokeniser *t = context;
	int token = tokeniser_token(t, left->at, left->size + right->size);
	if (token < 0 ||
	        (t->types[token] != TOKEN_NORMAL && t->types[token] != TOKEN_USER))
		return (Merge){ .token = -1 };
	return (Merge){ token, -t->scores[token] };
}

static void merge_pieces(Encoding *e)
{
	const Tokeniser *t = e->tokeniser;
	bpe_merge(&e->pieces, t->scores ? by_score : by_pair, t);
	for (int i = 0; i < e->pieces.count; i++) {
		const Piece *piece = &e->pieces.at[i];
		if (piece->token >= 0)
			add(e, piece->token);
		else if (t->parts.byte_tokens)
			for (size_t b = 0; b < piece->size; b++)
				add(e, t->bytes[(unsigned char)piece->at[b]]);
		else
			add_unknown(e);
	}
}

/* The token that the whole word is, spelled in letters of bytes; -1. */
static int whole_word(const Encoding *e, TokenBytes word)
{
	const Tokeniser *t = e->tokeniser;
	if (word.size > t->longest)
		return -1;
	ArenaMark mark = arena_mark(e->scratch);
	char *letters = arena_alloc(e->scratch, 2 * word.size + 1);
	byte_letters(letters, word.at, word.size);
	int token = tokeniser_find(t, letters);
	arena_rewind(e->scratch, mark);
	return token;
}

static void encode_bytes(Encoding *e, TokenBytes word)
{
	const Tokeniser *t = e->tokeniser;
	int whole = t->parts.whole_words ? whole_word(e, word) : -1;
	if (whole >= 0) {
		add(e, whole);
		return;
	}
	e->pieces.count = 0;
	for (size_t i = 0; i < word.size; i++) {
		int token = t->bytes[(unsigned char)word.at[i]];
		if (token >= 0 || t->parts.unknown >= 0)
			pieces_add(&e->pieces, word.at + i, 1, token);
	}
	merge_pieces(e);
}

static void encode_sentence(Encoding *e, TokenBytes part)
{
	e->pieces.count = 0;
	for (size_t at = 0; at < part.size;) {
		const char *text = part.at + at;
		size_t size = (size_t)utf8_next(text, part.size - at).bytes;
		int token = tokeniser_token(e->tokeniser, text, size);
		pieces_add(&e->pieces, text, size, token);
		at += size;
	}
	merge_pieces(e);
}

/* ---- words: the longest piece that is known ----------------------------------------------- */

/* The longest token that the word goes on with from `at`; its size. 0: there is none.
 * `spelling` holds "##" and the word. */
static size_t longest_piece(
        const Encoding *e, char *spelling, size_t at, size_t size, int *token)
{
	size_t prefix = at ? 2 : 0;
	size_t most = size - at, longest = e->tokeniser->longest;
	if (most + prefix > longest)
		most = longest > prefix ? longest - prefix : 0;
	char *begin = spelling + 2 + at - prefix, kept[2];
	memcpy(kept, begin, prefix);
	memcpy(begin, "##", prefix);
	for (; most > 0; most--) {
		*token = tokeniser_token(e->tokeniser, begin, prefix + most);
		if (*token >= 0)
			break;
	}
	memcpy(begin, kept, prefix);
	return most;
}

static void encode_word(Encoding *e, TokenBytes word)
{
	int characters = 0, before = e->ids.count;
	for (size_t i = 0; i < word.size; i++)
		characters += (word.at[i] & 0xC0) != 0x80;
	if (characters > e->tokeniser->parts.longest_word) {
		add(e, e->tokeniser->parts.unknown);
		return;
	}
	ArenaMark mark = arena_mark(e->scratch);
	char *spelling = arena_alloc(e->scratch, word.size + 2);
	memcpy(spelling + 2, word.at, word.size);
	for (size_t at = 0, size; at < word.size; at += size) {
		int token;
		size = longest_piece(e, spelling, at, word.size, &token);
		if (!size) {
			/* one piece is unknown: so is the word */
			e->ids.count = before;
			add(e, e->tokeniser->parts.unknown);
			break;
		}
		add(e, token);
	}
	arena_rewind(e->scratch, mark);
}

/* ---- from the whole text to its parts ----------------------------------------------------- */

static void encode_parts(Encoding *e, TokenBytes text)
{
	Cut cut = cut_text(e->tokeniser->parts.cuts, e->scratch, text);
	for (int i = 0; i < cut.count; i++) {
		if (e->tokeniser->parts.kind == TOKENISER_BYTES)
			encode_bytes(e, cut.at[i]);
		else if (e->tokeniser->parts.kind == TOKENISER_SENTENCE)
			encode_sentence(e, cut.at[i]);
		else
			encode_word(e, cut.at[i]);
	}
}

/* The longest of the tokens that are sought whole and stand at `at`. */
static const Whole *whole_at(
        const Encoding *e, TokenBytes text, size_t at, bool normalised)
{
	const Tokeniser *t = e->tokeniser;
	unsigned char byte = (unsigned char)text.at[at];
	for (int i = t->first_whole[byte]; i < t->first_whole[byte + 1]; i++) {
		const Whole *w = &t->wholes[i];
		bool sought =
		        t->types[w->token] == TOKEN_USER || (e->flags & ENCODE_CONTROL);
		if (sought && w->is_normalised == normalised &&
		        w->size <= text.size - at &&
		        memcmp(text.at + at, w->text, w->size) == 0)
			return w;
	}
	return NULL;
}

/* Where the white space begins that ends at `end`. */
static size_t space_before(TokenBytes text, size_t begin, size_t end)
{
	size_t space = begin, at = begin;
	while (at < end) {
		Utf8 next = utf8_next(text.at + at, end - at);
		at += (size_t)next.bytes;
		if (!unicode_is_space(next.point))
			space = at;
	}
	return space;
}

static size_t space_after(TokenBytes text, size_t at)
{
	while (at < text.size) {
		Utf8 next = utf8_next(text.at + at, text.size - at);
		if (!unicode_is_space(next.point))
			break;
		at += (size_t)next.bytes;
	}
	return at;
}

typedef void Between(Encoding *e, TokenBytes text, bool start);

/* Adds the tokens that are sought whole, and does `between` with what lies between. */
static void seek_wholes(
        Encoding *e, TokenBytes text, bool normalised, bool start, Between *between)
{
	size_t begin = 0;
	for (size_t at = 0; at < text.size;) {
		const Whole *w = whole_at(e, text, at, normalised);
		if (!w) {
			at++;
			continue;
		}
		size_t end = w->takes_left ? space_before(text, begin, at) : at;
		if (end > begin)
			between(e, (TokenBytes){ text.at + begin, end - begin },
			        start && begin == 0);
		add(e, w->token);
		at += w->size;
		begin = at = w->takes_right ? space_after(text, at) : at;
	}
	if (text.size > begin)
		between(e, (TokenBytes){ text.at + begin, text.size - begin },
		        start && begin == 0);
}

static void plain_text(Encoding *e, TokenBytes text, bool start)
{
	(void)start;
	encode_parts(e, text);
}

static void any_text(Encoding *e, TokenBytes text, bool start)
{
	TokenBytes normal =
	        normal_text(e->tokeniser->parts.normal, e->scratch, text, start);
	if (e->tokeniser->any_normalised)
		seek_wholes(e, normal, true, start, plain_text);
	else
		encode_parts(e, normal);
}

TokenIds tokeniser_encode(
        const Tokeniser *t, Arena *arena, const char *text, size_t size, unsigned flags)
{
	Arena *scratch = arena_child(arena, "encoding");
	Encoding e = { t, flags, scratch, arena, .pieces.arena = scratch };
	bool ends = (flags & ENCODE_ENDS) != 0;
	for (int i = 0; ends && i < t->parts.first_count; i++)
		add(&e, t->parts.first[i]);
	seek_wholes(&e, (TokenBytes){ text, size }, false, true, any_text);
	for (int i = 0; ends && i < t->parts.last_count; i++)
		add(&e, t->parts.last[i]);
	arena_free(scratch);
	return e.ids;
}
