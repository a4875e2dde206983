#include "tests/support/tokenisers.h"
#include "tensor/file/file.h"
#include "tensor/file/hash.h"
#include "tensor/utf8.h"
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

/* The numbers up to " | ", then the decoded text. */
static void check_line(Arena *arena, const Tokeniser *t, const char *name, int line,
        TokenBytes text, unsigned flags, const char *expected)
{
	TokenIds ids = tokeniser_encode(t, arena, text.at, text.size, flags);
	char *at = (char *)expected;
	for (int i = 0; i < ids.count; i++) {
		char *end;
		int id = (int)strtol(at, &end, 10);
		ck_assert_msg(end > at && id == ids.at[i],
		        "%s: text %d: token %d is %d, expected %.60s", name, line, i,
		        ids.at[i], at);
		at = end;
	}
	at = strchr(at, '|') == at + 1 ? at + 1 : at; /* " | " */
	ck_assert_msg(*at == '|', "%s: text %d: more tokens were expected: %.60s", name,
	        line, at);
	if (at[2] == '-')
		return;
	TokenBytes back = golden_bytes(arena, at + 2);
	TokenBytes decoded = tokeniser_decode(t, arena, ids.at, ids.count);
	ck_assert_msg(
	        back.size == decoded.size && memcmp(back.at, decoded.at, back.size) == 0,
	        "%s: text %d is decoded as \"%s\"", name, line, decoded.at);
}

void golden_check_texts(
        Arena *arena, const Tokeniser *t, const char *name, unsigned flags)
{
	Lines texts = golden_lines(arena, "texts.hex");
	Lines ids = golden_lines(arena, arena_format(arena, "%s.ids", name));
	ck_assert_int_eq(ids.count, texts.count);
	for (int i = 0; i < ids.count; i++)
		check_line(arena, t, name, i, golden_bytes(arena, texts.at[i]), flags,
		        ids.at[i]);
}

/* Sixteen characters together, or sixteen words of a letter, the character, a digit. */
static size_t write_block(char *out, uint32_t first, bool words)
{
	char *end = out;
	for (uint32_t point = first ? first : 1; point < first + 16; point++) {
		if (words && end > out)
			*end++ = ' ';
		if (words)
			*end++ = 'a';
		end += utf8_put(end, point);
		if (words)
			*end++ = '1';
	}
	return (size_t)(end - out);
}

static uint64_t hash_block(
        Arena *scratch, const Tokeniser *t, uint32_t begin, unsigned flags)
{
	uint64_t hash = HASH_BEGIN;
	for (uint32_t at = begin; at < begin + 0x1000; at += 16) {
		if (at >= 0xD800 && at < 0xE000)
			continue;
		for (int words = 0; words < 2; words++) {
			char text[16 * 7];
			size_t size = write_block(text, at, words);
			TokenIds ids = tokeniser_encode(t, scratch, text, size, flags);
			hash = hash_bytes(hash, ids.at, (size_t)ids.count * sizeof(int));
		}
		arena_reset(scratch);
	}
	return hash;
}

void golden_check_blocks(
        Arena *arena, const Tokeniser *t, const char *name, unsigned flags)
{
	Arena *scratch = arena_child(arena, "block");
	Lines lines = golden_lines(arena, arena_format(arena, "%s.blocks", name));
	ck_assert_int_eq(lines.count, 0x30);
	for (int block = 0; block < lines.count; block++) {
		uint32_t begin = (uint32_t)block << 12;
		uint64_t hash = hash_block(scratch, t, begin, flags);
		ck_assert_msg(hash == strtoull(lines.at[block], NULL, 16),
		        "%s: U+%04X to U+%04X", name, begin, begin + 0xFFF);
	}
	arena_free(scratch);
}
