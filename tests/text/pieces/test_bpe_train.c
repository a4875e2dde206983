#include "text/pieces/bpe_train.h"
#include "tests/support/tokenisers.h"
#include "text/pieces/tokeniser_json.h"

#include <stdio.h>
#include <string.h>

static const CutStep cuts[] = { CUT_DIGITS, CUT_GPT2, CUT_END };

static void add(BpeWords *words, const char *word, int times)
{
	for (int i = 0; i < times; i++)
		bpe_words_add(words, word, strlen(word));
}

/* hug 10, pug 5, pun 12, bun 4, hugs 5: u and g stand together 20 times, u and n 16
 * times, h and ug 15 times, p and un 12 times. */
START_TEST(bpe_train_merges_the_most_frequent_pair_first)
{
	Arena *arena = arena_new("test");
	BpeWords *words = bpe_words_new(arena, cuts);
	add(words, "hug", 10);
	add(words, "pug", 5);
	add(words, "pun", 12);
	add(words, "bun", 4);
	add(words, "hugs", 5);
	TokeniserParts parts = bpe_train(words, 256 + 4, 1, NULL, 0);
	ck_assert_int_eq(parts.count, 260);
	ck_assert_int_eq(parts.merge_count, 4);
	ck_assert_str_eq(parts.merges[0], "u g");
	ck_assert_str_eq(parts.merges[1], "u n");
	ck_assert_str_eq(parts.merges[2], "h ug");
	ck_assert_str_eq(parts.merges[3], "p un");
	ck_assert_str_eq(parts.tokens[259], "pun");

	parts = bpe_train(words, 1000, 11, NULL, 0);
	ck_assert_int_eq(parts.merge_count, 4);
	parts = bpe_train(words, 1000, 0, NULL, 0);
	ck_assert_int_eq(parts.merge_count, 7); /* and pug, bun, hugs */
	arena_free(arena);
}
END_TEST

START_TEST(bpe_train_pair_within_itself_is_counted_once)
{
	Arena *arena = arena_new("test");
	BpeWords *words = bpe_words_new(arena, cuts);
	add(words, "aaaaa", 2);
	TokeniserParts parts = bpe_train(words, 300, 1, NULL, 0);
	ck_assert_int_eq(parts.merge_count, 3);
	ck_assert_str_eq(parts.merges[0], "a a");
	ck_assert_str_eq(parts.merges[1], "aa a");
	ck_assert_str_eq(parts.merges[2], "aa aaa");
	arena_free(arena);
}
END_TEST

/* smollm.json holds what Hugging Face's trainer made of the same lines. */
START_TEST(bpe_train_of_texts_is_hugging_faces)
{
	Arena *arena = arena_new("test");
	static const char *const special[] = { "<|endoftext|>", "<|im_start|>",
		"<|im_end|>" };
	BpeWords *words = bpe_words_new(arena, cuts);
	Lines lines = golden_lines(arena, "corpus.txt");
	for (int i = lines.count - 1; i >= 0; i--) /* in whatever order */
		bpe_words_add(words, lines.at[i], strlen(lines.at[i]));
	TokeniserParts parts = bpe_train(words, 420, 0, special, 3);
	const Tokeniser *theirs = golden_tokeniser(arena, "smollm");
	ck_assert_int_eq(parts.count, tokeniser_count(theirs));
	for (int i = 0; i < parts.count; i++)
		ck_assert_str_eq(parts.tokens[i], tokeniser_spelling(theirs, i));
	ck_assert_int_eq(tokeniser_find(theirs, "<|im_end|>"), 2);
	arena_free(arena);
}
END_TEST

START_TEST(bpe_train_written_and_read_is_the_same)
{
	Arena *arena = arena_new("test");
	Error error = { .text = "" };
	static const char *const special[] = { "<|\"quoted\"|>" };
	BpeWords *words = bpe_words_new(arena, cuts);
	Lines lines = golden_lines(arena, "corpus.txt");
	for (int i = 0; i < lines.count; i++)
		bpe_words_add(words, lines.at[i], strlen(lines.at[i]));
	TokeniserParts parts = bpe_train(words, 400, 2, special, 1);
	const char *path = arena_format(arena, "%s/tokenizer.json", harness_directory());
	ck_assert_msg(tokeniser_write(&parts, path, &error), "%s", error.text);
	const Tokeniser *ours = tokeniser_new(arena, &parts, &error);
	const Tokeniser *read = tokeniser_read(arena, path, &error);
	ck_assert_msg(ours && read, "%s", error.text);
	ck_assert_int_eq(tokeniser_count(read), parts.count);
	ck_assert_int_eq(tokeniser_type(read, 0), TOKEN_CONTROL);
	static const char text[] = "Happier than 1234 <|\"quoted\"|>\n\n  Größe 😀";
	TokenIds a = tokeniser_encode(ours, arena, text, strlen(text), ENCODE_CONTROL);
	TokenIds b = tokeniser_encode(read, arena, text, strlen(text), ENCODE_CONTROL);
	ck_assert_int_eq(a.count, b.count);
	ck_assert_int_eq(memcmp(a.at, b.at, (size_t)a.count * sizeof(int)), 0);
	arena_free(arena);
}
END_TEST

START_TEST(bpe_train_without_room_for_bytes_stops)
{
	Arena *arena = arena_new("test");
	BpeWords *words = bpe_words_new(arena, cuts);
	ASSERT_STOPS("255 tokens have no room for 0 and 256 bytes",
	        bpe_train(words, 255, 1, NULL, 0));
	ck_assert_int_eq(bpe_train(words, 256, 1, NULL, 0).count, 256);
	arena_free(arena);
}
END_TEST

TEST_MAIN("bpe_train", bpe_train_merges_the_most_frequent_pair_first,
        bpe_train_pair_within_itself_is_counted_once, bpe_train_of_texts_is_hugging_faces,
        bpe_train_written_and_read_is_the_same, bpe_train_without_room_for_bytes_stops)
