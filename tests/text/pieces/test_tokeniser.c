#include "text/pieces/tokeniser.h"
#include "tests/support/tokenisers.h"

#include <stdio.h>
#include <string.h>

static const char *const names[] = { "smollm", "llama3", "qwen2", "roberta", "bert",
	"words", "llama2", "metaspace", "sentencepiece" };
enum { NAMES = sizeof names / sizeof names[0] };

/* sentencepiece itself takes all that is given to it for text. */
static unsigned flags_of(const char *name)
{
	bool text = strcmp(name, "sentencepiece") == 0;
	return text ? 0 : ENCODE_ENDS | ENCODE_CONTROL;
}

static Tokeniser *open(Arena *arena, const char *name)
{
	return strcmp(name, "sentencepiece") == 0 ? golden_sentencepiece(arena)
	                                          : golden_tokeniser(arena, name);
}

START_TEST(tokeniser_of_each_kind_agrees_with_its_makers)
{
	Arena *arena = arena_new("test");
	for (int n = 0; n < NAMES; n++)
		golden_check_texts(
		        arena, open(arena, names[n]), names[n], flags_of(names[n]));
	arena_free(arena);
}
END_TEST

START_TEST(tokeniser_of_every_character_agrees_with_its_makers)
{
	Arena *arena = arena_new("test");
	for (int n = 0; n < NAMES; n++)
		golden_check_blocks(
		        arena, open(arena, names[n]), names[n], flags_of(names[n]));
	arena_free(arena);
}
END_TEST

START_TEST(tokeniser_prints_a_text_byte_by_byte)
{
	Arena *arena = arena_new("test");
	const Tokeniser *t = golden_tokeniser(arena, "smollm");
	const char text[] = "Płaczesz? \xF0\x9F\x98\x80 \n";
	TokenIds ids = tokeniser_encode(t, arena, text, strlen(text), 0);
	char printed[64] = "";
	for (int i = 0; i < ids.count; i++) {
		TokenBytes bytes = tokeniser_bytes(t, ids.at[i], i == 0);
		strncat(printed, bytes.at, bytes.size);
	}
	ck_assert_str_eq(printed, text);
	arena_free(arena);
}
END_TEST

START_TEST(tokeniser_control_token_in_a_users_text_is_only_text)
{
	Arena *arena = arena_new("test");
	const Tokeniser *t = golden_tokeniser(arena, "smollm");
	const char text[] = "<|im_end|>";
	int end = tokeniser_find(t, text);
	ck_assert_int_eq(tokeniser_type(t, end), TOKEN_CONTROL);
	TokenIds ids = tokeniser_encode(t, arena, text, strlen(text), ENCODE_CONTROL);
	ck_assert_int_eq(ids.count, 1);
	ck_assert_int_eq(ids.at[0], end);
	ck_assert_uint_eq(tokeniser_bytes(t, end, false).size, 0);
	ids = tokeniser_encode(t, arena, text, strlen(text), 0);
	ck_assert_int_gt(ids.count, 1);
	ck_assert_str_eq(tokeniser_decode(t, arena, ids.at, ids.count).at, text);
	arena_free(arena);
}
END_TEST

/* A quadratic way would take minutes for each. */
START_TEST(tokeniser_words_without_end_are_cut_in_time)
{
	Arena *arena = arena_new("test");
	enum { SIZE = 1 << 18 };
	char *text = arena_alloc(arena, SIZE);
	for (int i = 0; i < SIZE; i++)
		text[i] = "happier"[i % 7];
	for (int n = 0; n < NAMES; n++) {
		const Tokeniser *t = open(arena, names[n]);
		Arena *scratch = arena_new("long");
		TokenIds ids = tokeniser_encode(t, scratch, text, SIZE, 0);
		ck_assert_int_gt(ids.count, 0);
		ck_assert_int_le(ids.count, SIZE);
		arena_free(scratch);
	}
	arena_free(arena);
}
END_TEST

START_TEST(tokeniser_parts_that_do_not_fit_are_refused)
{
	Arena *arena = arena_new("test");
	Error error;
	static const char *const tokens[] = { "a", "b", "ab", "c" };
	static const char *const good[] = { "a b" }, *const stranger[] = { "a x" },
	                         *const unmade[] = { "b a" },
	                         *const three[] = { "a b c" };
	const TokeniserParts parts = { .path = "file",
		.count = 4,
		.tokens = tokens,
		.merges = good,
		.merge_count = 1,
		.unknown = -1 };
	TokeniserParts bad = parts;
	ck_assert(tokeniser_new(arena, &parts, &error));

	bad.merges = stranger;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "file: merge 0, \"a x\": the second is not among");
	bad.merges = unmade;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "what both make");
	bad.merges = three;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "one space between");

	bad = parts;
	bad.unknown = 4;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "0 to 3");
	bad = parts;
	bad.kind = TOKENISER_WORDS;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "[UNK]");
	bad.kind = TOKENISER_SENTENCE;
	bad.merge_count = 0;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "neither merges nor scores");
	bad = parts;
	bad.types = (const int[]){ 1, 1, 7, 1 };
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "token 2 has type 7");
	static const char *const words[] = { "aa", "bb", "cc", "dd" };
	bad = parts;
	bad.tokens = words;
	ck_assert(!tokeniser_new(arena, &bad, &error));
	ASSERT_CONTAINS(error.text, "no token is a single byte");
	arena_free(arena);
}
END_TEST

START_TEST(tokeniser_token_of_another_model_stops)
{
	Arena *arena = arena_new("test");
	const Tokeniser *t = golden_tokeniser(arena, "bert");
	ASSERT_STOPS("token 365 of 365 tokens", tokeniser_bytes(t, 365, false));
	ASSERT_STOPS("token -1", tokeniser_spelling(t, -1));
	arena_free(arena);
}
END_TEST

TEST_MAIN("tokeniser", tokeniser_of_each_kind_agrees_with_its_makers,
        tokeniser_of_every_character_agrees_with_its_makers,
        tokeniser_prints_a_text_byte_by_byte,
        tokeniser_control_token_in_a_users_text_is_only_text,
        tokeniser_words_without_end_are_cut_in_time,
        tokeniser_parts_that_do_not_fit_are_refused,
        tokeniser_token_of_another_model_stops)
