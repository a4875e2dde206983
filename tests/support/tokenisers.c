#include "tests/support/tokenisers.h"
#include "tensor/file/file.h"
#include "text/pieces/tokeniser_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *path_of(Arena *arena, const char *name, const char *end)
{
	return arena_format(arena, "tests/golden/tokenisers/%s%s", name, end);
}

Lines golden_lines(Arena *arena, const char *file)
{
	Bytes bytes;
	Error error;
	ck_assert_msg(file_read(&bytes, arena, path_of(arena, file, ""), &error), "%s",
	        error.text);
	char *text = arena_copy(arena, bytes.data, bytes.size + 1);
	Lines lines = { ARENA_ARRAY(arena, char *, bytes.size + 1), 0 };
	for (char *end; (end = strchr(text, '\n')); text = end + 1) {
		*end = '\0';
		lines.at[lines.count++] = text;
	}
	ck_assert_int_gt(lines.count, 0);
	return lines;
}

TokenBytes golden_bytes(Arena *arena, const char *digits)
{
	size_t size = strlen(digits) / 2;
	char *bytes = arena_alloc(arena, size + 1);
	for (size_t i = 0; i < size; i++) {
		char pair[3] = { digits[2 * i], digits[2 * i + 1], '\0' };
		bytes[i] = (char)strtoul(pair, NULL, 16);
	}
	return (TokenBytes){ bytes, size };
}

Tokeniser *golden_tokeniser(Arena *arena, const char *name)
{
	Error error = { .text = "" };
	Tokeniser *t = tokeniser_read(arena, path_of(arena, name, ".json"), &error);
	ck_assert_msg(t, "%s", error.text);
	return t;
}

Tokeniser *golden_sentencepiece(Arena *arena)
{
	Lines lines = golden_lines(arena, "sentencepiece.txt");
	size_t count = (size_t)lines.count;
	const char **tokens = ARENA_ARRAY(arena, const char *, count);
	int *types = ARENA_ARRAY(arena, int, count);
	float *scores = ARENA_ARRAY(arena, float, count);
	for (int i = 0; i < lines.count; i++) {
		char *at = lines.at[i];
		types[i] = (int)strtol(at, &at, 10);
		scores[i] = strtof(at, &at);
		tokens[i] = at + 1;
	}
	const TokeniserParts parts = { .path = "sentencepiece.txt",
		.kind = TOKENISER_SENTENCE,
		.count = lines.count,
		.tokens = tokens,
		.types = types,
		.scores = scores,
		.byte_tokens = true,
		.fuse_unknown = true,
		.space_first = true,
		.normal = { NORMAL_MARK_FIRST, NORMAL_SPACE_MARKS } };
	Error error = { .text = "" };
	Tokeniser *t = tokeniser_new(arena, &parts, &error);
	ck_assert_msg(t, "%s", error.text);
	return t;
}
