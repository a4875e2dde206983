#include "text/pieces/tokeniser_json.h"
#include "tests/support/tokenisers.h"

#include <stdio.h>
#include <string.h>

/* The members of a small file; a test changes one. */
typedef struct File {
	const char *normalizer, *pre_tokenizer, *post_processor, *added, *model;
} File;

static const File plain = { "null", "{\"type\":\"ByteLevel\",\"add_prefix_space\":false}",
	"null", "[]",
	"{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},"
	"\"merges\":[\"a b\"]}" };

static Tokeniser *read(Arena *arena, const File *file, Error *error)
{
	const char *text = arena_format(arena,
	        "{\"version\":\"1.0\",\"added_tokens\":%s,\"normalizer\":%s,"
	        "\"pre_tokenizer\":%s,\"post_processor\":%s,\"decoder\":{\"x\":[{}]},"
	        "\"model\":%s}",
	        file->added, file->normalizer, file->pre_tokenizer, file->post_processor,
	        file->model);
	Bytes bytes = { (const unsigned char *)text, strlen(text) };
	return tokeniser_read_bytes(arena, "t.json", bytes, error);
}

static void refused(const File *file, const char *expected)
{
	Arena *arena = arena_new("test");
	Error error = { .text = "" };
	ck_assert_msg(!read(arena, file, &error), "expected: %s", expected);
	ASSERT_CONTAINS(error.text, "t.json: ");
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

START_TEST(tokenizer_json_small_file_is_read)
{
	Arena *arena = arena_new("test");
	Error error = { .text = "" };
	const Tokeniser *t = read(arena, &plain, &error);
	ck_assert_msg(t, "%s", error.text);
	TokenIds ids = tokeniser_encode(t, arena, "abxa", 4, 0);
	ck_assert_int_eq(ids.count, 2); /* x is no token, and nothing stands for it */
	ck_assert_int_eq(ids.at[0], 2);
	ck_assert_int_eq(ids.at[1], 0);
	arena_free(arena);
}
END_TEST

START_TEST(tokenizer_json_merges_in_pairs_are_the_same)
{
	Arena *arena = arena_new("test");
	Error error = { .text = "" };
	File file = plain;
	file.model = "{\"merges\":[[\"a\",\"b\"]],\"vocab\":{\"a\":0,\"b\":1,\"ab\":2},"
	             "\"type\":\"BPE\"}";
	const Tokeniser *t = read(arena, &file, &error);
	ck_assert_msg(t, "%s", error.text);
	ck_assert_int_eq(tokeniser_encode(t, arena, "ab", 2, 0).count, 1);
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[[\"a\"]]}";
	refused(&file, "expected a merge of two tokens");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[[\"a\",\" \"]]}";
	refused(&file, "without spaces");
	arena_free(arena);
}
END_TEST

START_TEST(tokenizer_json_numbers_between_tokens_are_unused)
{
	Arena *arena = arena_new("test");
	Error error = { .text = "" };
	File file = plain;
	file.added = "[{\"id\":5,\"content\":\"<x>\",\"special\":true}]";
	const Tokeniser *t = read(arena, &file, &error);
	ck_assert_msg(t, "%s", error.text);
	ck_assert_int_eq(tokeniser_count(t), 6);
	ck_assert_int_eq(tokeniser_type(t, 4), TOKEN_UNUSED);
	ck_assert_int_eq(tokeniser_type(t, 5), TOKEN_CONTROL);
	file.added = "[{\"id\":9999999,\"content\":\"<x>\"}]";
	refused(&file, "4 tokens have numbers up to 10000000");
	arena_free(arena);
}
END_TEST

START_TEST(tokenizer_json_unknown_steps_are_refused_by_name)
{
	File file = plain;
	file.normalizer = "{\"type\":\"NFKC\"}";
	refused(&file, "the normalizer \"NFKC\" is not known; known are BertNormalizer");
	file.normalizer = "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},"
	                  "{\"type\":\"Precompiled\"}]}";
	refused(&file, "\"Precompiled\"");
	file.normalizer = "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" \"},"
	                  "\"content\":\"▁\"}";
	refused(&file, "of Prepend and Replace");
	file.normalizer = "{\"kind\":\"NFC\"}";
	refused(&file, "with its \"type\"");
	file.normalizer = "{\"type\":\"Sequence\",\"normalizers\":7}";
	refused(&file, "expected '['");
	file = plain;
	file.pre_tokenizer = "{\"type\":\"Whitespace\"}";
	refused(&file, "the pre_tokenizer \"Whitespace\" is not known");
	file.pre_tokenizer = "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\d\"},"
	                     "\"behavior\":\"Isolated\",\"invert\":false}";
	refused(&file, "Split by an expression that is not known");
	file.pre_tokenizer = "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":"
	                     "\"ByteLevel\"},{\"type\":\"Digits\"}]}";
	refused(&file, "\"Digits\" after ByteLevel");
	file = plain;
	file.post_processor = "{\"type\":\"Other\"}";
	refused(&file, "the post_processor \"Other\" is not known");
	file.post_processor = "{\"type\":\"TemplateProcessing\",\"single\":[{"
	                      "\"SpecialToken\":{\"id\":\"[CLS]\"}}],"
	                      "\"special_tokens\":{}}";
	refused(&file, "not among special_tokens");
}
END_TEST

START_TEST(tokenizer_json_models_that_are_not_known_are_refused)
{
	File file = plain;
	file.model = "{\"type\":\"Unigram\",\"vocab\":[[\"a\",-1.5]]}";
	refused(&file, "a Unigram model weighs all ways to cut a text");
	file.model = "{\"type\":\"WordLevel\",\"vocab\":{}}";
	refused(&file, "the model \"WordLevel\" is not known");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],"
	             "\"end_of_word_suffix\":\"</w>\"}";
	refused(&file, "end_of_word_suffix is \"</w>\"; only \"\" is known");
	file.model =
	        "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],\"dropout\":0.1}";
	refused(&file, "dropout is for training");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[],"
	             "\"unk_token\":\"<unk>\"}";
	refused(&file, "unk_token \"<unk>\" is not in vocab");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"b\":0},\"merges\":[]}";
	refused(&file, "the tokens \"a\" and \"b\" are both number 0");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"a\":1},\"merges\":[]}";
	refused(&file, "the token \"a\" is there twice");
	file.model = "{\"type\":\"BPE\",\"vocab\":{\"a\":0}}";
	refused(&file, "a BPE model has merges");
	file.model = "{\"type\":\"BPE\",\"merges\":[]}";
	refused(&file, "the model has no vocab");
	file.model = "null";
	refused(&file, "expected '{'");
	file = plain;
	file.added = "[{\"id\":3,\"content\":\"x\",\"single_word\":true}]";
	refused(&file, "single_word is not known");
	file.added = "[{\"content\":\"x\"}]";
	refused(&file, "needs its id and its content");
}
END_TEST

START_TEST(tokenizer_json_cut_short_anywhere_fails)
{
	Arena *arena = arena_new("test"), *scratch = arena_new("part");
	Bytes all;
	Error error;
	ck_assert(file_read(&all, arena, "tests/golden/tokenisers/bert.json", &error));
	ck_assert(tokeniser_read_bytes(arena, "all", all, &error));
	size_t end = all.size;
	while (end && all.data[end - 1] != '}')
		end--;
	for (size_t size = 0; size < end; size++) {
		/* with a 0 behind, as file_read leaves it */
		char *part = arena_zeros(scratch, size + 1);
		memcpy(part, all.data, size);
		Bytes bytes = { (const unsigned char *)part, size };
		error.text[0] = '\0';
		ck_assert(!tokeniser_read_bytes(scratch, "part", bytes, &error));
		ck_assert_int_eq(strncmp(error.text, "part: ", 6), 0);
		arena_reset(scratch);
	}
	arena_free(scratch);
	arena_free(arena);
}
END_TEST

START_TEST(tokenizer_json_sequences_without_end_are_refused)
{
	File file = plain;
	char deep[4096] = "";
	for (int i = 0; i < 60; i++)
		strcat(deep, "{\"type\":\"Sequence\",\"normalizers\":[");
	for (int i = 0; i < 60; i++)
		strcat(deep, "]}");
	file.normalizer = deep;
	refused(&file, "nested more than 64 deep");
	file.normalizer =
	        "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Sequence\","
	        "\"normalizers\":[{\"type\":\"Sequence\",\"normalizers\":[{"
	        "\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Sequence\","
	        "\"normalizers\":[]}]}]}]}]}";
	refused(&file, "stands in less than 4 others");
}
END_TEST

TEST_MAIN("tokeniser_json", tokenizer_json_small_file_is_read,
        tokenizer_json_merges_in_pairs_are_the_same,
        tokenizer_json_numbers_between_tokens_are_unused,
        tokenizer_json_unknown_steps_are_refused_by_name,
        tokenizer_json_models_that_are_not_known_are_refused,
        tokenizer_json_cut_short_anywhere_fails,
        tokenizer_json_sequences_without_end_are_refused)
