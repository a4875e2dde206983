/* pieces.c: the text is walked along with the characters that each token prints. */
#include "emotionnet/features/pieces.h"

#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Where we are in the text. */
typedef struct Walk {
	const char *text;
	size_t at;
	int word; /* that white space separates; -1: before the first */
} Walk;

static void skip_space(Walk *walk)
{
	while (is_space(walk->text[walk->at]))
		walk->at++;
}

/* One character further. */
static void step(Walk *walk)
{
	if (!walk->text[walk->at])
		return;
	if (walk->at == 0 || is_space(walk->text[walk->at - 1]))
		walk->word++;
	do
		walk->at++;
	while (((unsigned char)walk->text[walk->at] & 0xc0) == 0x80);
}

static Token piece(
        Walk *walk, const Tokeniser *tokeniser, int id, bool first, Arena *arena)
{
	TokenBytes bytes = tokeniser_bytes(tokeniser, id, first);
	char *text = ARENA_ARRAY(arena, char, bytes.size + 1);
	memcpy(text, bytes.at, bytes.size);
	Token token = { .text = text };
	bool begun = false;
	for (size_t i = 0; i < bytes.size; i++) {
		if (is_space(text[i]) || ((unsigned char)text[i] & 0xc0) == 0x80)
			continue;
		skip_space(walk);
		if (!begun)
			token.begin = walk->at;
		begun = true;
		step(walk);
	}
	if (!begun)
		token.begin = walk->at;
	token.end = walk->at;
	token.word = walk->word < 0 ? 0 : walk->word;
	return token;
}

Tokens pieces_of(const Tokeniser *tokeniser, Arena *arena, const char *text, int **ids)
{
	Walk walk = { .text = text, .word = -1 };
	Tokens tokens = { .words = tokens_split(arena, text).words };
	*ids = NULL;
	if (!tokens.words)
		return tokens;
	TokenIds cut =
	        tokeniser_encode(tokeniser, arena, text, strlen(text), ENCODE_ENDS);
	tokens.items = ARENA_ARRAY(arena, Token, (size_t)cut.count);
	tokens.count = cut.count;
	for (int i = 0; i < cut.count; i++) {
		tokens.items[i] = piece(&walk, tokeniser, cut.at[i], !i, arena);
		if (tokens.items[i].word >= tokens.words)
			tokens.items[i].word = tokens.words - 1;
	}
	*ids = cut.at;
	return tokens;
}
