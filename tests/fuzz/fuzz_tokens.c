/* Tokens of any bytes: none empty, all UTF-8, in the order of the source and within
 * it. */
#include "tests/fuzz/fuzz.h"
#include "text/tokens.h"
#include "tensor/utf8.h"

#include <string.h>

static void check(Tokens tokens, size_t size)
{
	size_t begin = 0;
	int word = 0;
	FUZZ_CHECK(tokens.count >= tokens.words);
	for (int i = 0; i < tokens.count; i++) {
		const Token *token = &tokens.items[i];
		size_t length = strlen(token->text);
		FUZZ_CHECK(length > 0 && utf8_invalid(token->text, length) == length);
		FUZZ_CHECK(begin <= token->begin && token->begin < token->end);
		FUZZ_CHECK(token->end <= size);
		FUZZ_CHECK(token->word >= word && token->word <= word + 1);
		begin = token->begin;
		word = token->word;
	}
	FUZZ_CHECK(!tokens.count || word == tokens.words - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	char *text = arena_zeros(arena, size + 1);
	memcpy(text, data, size);
	size = strlen(text);
	check(tokens_split(arena, text), size);
	check(tokens_characters(arena, text), size);
	arena_free(arena);
	return 0;
}
