#include "text/tokens.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <string.h>

typedef Tokens Split(Arena *arena, const char *text);

/* The tokens with one space between them. */
static const char *joined(Arena *arena, Tokens tokens)
{
	const char *all = "";
	for (int i = 0; i < tokens.count; i++)
		all = arena_format(
		        arena, "%s%s%s", all, i ? " " : "", tokens.items[i].text);
	return all;
}

static void check(Split *split, const char *const cases[][2], size_t count)
{
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < count; i++)
		ck_assert_str_eq(joined(arena, split(arena, cases[i][0])), cases[i][1]);
	arena_free(arena);
}
#define CHECK(split, cases) check(split, cases, sizeof(cases) / sizeof((cases)[0]))

START_TEST(tokens_contractions_are_cut_as_in_the_treebank)
{
	static const char *const cases[][2] = {
		{ "I can't believe it's over!", "i ca n't believe it 's over !" },
		{ "Don’t! You’re, they’ve, I’ll, he’d, I’m", /* curly */
		        "do n't ! you 're , they 've , i 'll , he 'd , i 'm" },
		{ "DON'T WON'T", "do n't wo n't" },
		{ "shouldn't've", "should n't 've" },
		{ "y'know y'all're ma'am o'clock", "y'know y'all 're ma'am o'clock" },
		{ "O'Donnell's", "o'donnell 's" },
		{ "the dogs' and James's", "the dogs ' and james 's" },
		{ "'cause we love 'em, 'til 'tis", "'cause we love 'em , 'til ' tis" },
		{ "‘Where’s number 27?!’", "' where 's number 27 ?! '" },
		{ "n't 's", "n't ' s" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_case_and_accents_become_one_form)
{
	static const char *const cases[][2] = {
		{ "ÄRGER Straße ÇA Łódź ŽIŽEK", "ärger straße ça łódź žižek" },
		{ "cafe\xCC\x81 café CAFE\xCC\x81", "café café café" },
		{ "ПРИВЕТ Καλημέρα", "привет καλημέρα" },
		{ "so\xC2\xADlo", "solo" }, /* a soft hyphen */
		{ "bo\xCC\x83", "bõ" },
		{ "q\xCC\x83q", "q\xCC\x83q" }, /* no composed form: still one word */
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_elongations_of_a_word_are_one_token)
{
	static const char *const cases[][2] = {
		{ "so soo sooo soooo SOOOOOOO", "so soo sooo sooo sooo" },
		{ "Nooooo waaaaay", "nooo waaay" },
		{ "good 10000", "good 10000" },
		{ "#sooooo", "#sooo" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_marks_are_one_token_a_run)
{
	static const char *const cases[][2] = {
		{ "What?!?! No!!!! Oh... well.. yes…",
		        "what ?! no !! oh ... well ... yes ..." },
		{ "a -- b—c – d - e", "a -- b -- c -- d - e" },
		{ "really??? ok. “Hi” she said", "really ?? ok . \" hi \" she said" },
		{ "uh-oh (well)", "uh - oh ( well )" },
		{ "a;b:c", "a ; b : c" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_numbers_are_kept_whole)
{
	static const char *const cases[][2] = {
		{ "1,000 3.50 10:30 1st 5pm 20% $5",
		        "1,000 3.50 10:30 1st 5pm 20 % $ 5" },
		{ "In 1999. The 90's, 1, 2", "in 1999 . the 90 's , 1 , 2" },
		{ "3-4 1/2 mp3", "3 - 4 1 / 2 mp3" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_emoticons_have_one_form)
{
	static const char *const cases[][2] = {
		{ ":-) :) ;-) :( :'( :P :-p =D", ":) :) ;) :( :'( :P :P =D" },
		{ "hello:) bye :-((( >:( :/", "hello :) bye :( >:( :/" },
		{ "<3 </3 ^_^ xD XD T_T o_O", "<3 </3 ^_^ xd xd t_t o_o" },
		/* what only looks like one */
		{ "note:do fxd <30 10:3", "note : do fxd < 30 10:3" },
		{ "a:pa :3", "a : pa : 3" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_emoji_are_one_token)
{
	static const char *const cases[][2] = {
		{ "I❤️you 😀😀", "i ❤ you 😀 😀" },
		{ "👍🏽 👍", "👍 👍" }, /* skin */
		{ "👩🏽‍💻!",
		        "👩‍💻 !" },        /* woman, skin, joiner, computer */
		{ "🇩🇪🇫🇷", "🇩🇪 🇫🇷" },              /* two flags */
		{ "1️⃣ 2", "1⃣ 2" },           /* keycap */
		{ "😀\xE2\x80\x8D end", "😀 end" }, /* a joiner that joins nothing */
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_tags_and_links_are_one_token)
{
	static const char *const cases[][2] = {
		{ "#Happy #so_tired #1 @Anna_B a@b.c",
		        "#happy #so_tired # 1 @anna_b a @ b . c" },
		{ "see https://a.b/c?d=e. (www.x.org)", "see <url> . ( <url> )" },
		{ "http:// <url> <pad>", "http :/ < url > < pad >" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_other_scripts_and_signs_survive)
{
	static const char *const cases[][2] = {
		{ "你好 かな 한국 말", "你 好 か な 한국 말" },
		{ "", "" },
		{ " \t\n\xC2\xA0 ", "" },
		{ "\xEF\xBB\xBFhi", "hi" }, /* a byte order mark */
		{ "© 5€", "© 5 €" },
	};
	CHECK(tokens_split, cases);
}
END_TEST

START_TEST(tokens_bad_bytes_are_replaced_and_counted)
{
	Arena *arena = arena_new("test");
	Tokens tokens = tokens_split(arena, "so \xFF sad\xE2\x80");
	ck_assert_str_eq(joined(arena, tokens), "so \xEF\xBF\xBD sad \xEF\xBF\xBD");
	ck_assert_int_eq(tokens.replaced, 2);
	arena_free(arena);
}
END_TEST

START_TEST(tokens_offsets_and_words_lead_back_to_the_source)
{
	Arena *arena = arena_new("test");
	const char *text = "  “Don’t  go…” éa\xCC\x81 x";
	Tokens tokens = tokens_split(arena, text);
	static const struct {
		const char *token, *source;
		int word;
	} expected[] = { { "\"", "“", 0 }, { "do", "Do", 0 }, { "n't", "n’t", 0 },
		{ "go", "go", 1 }, { "...", "…", 1 }, { "\"", "”", 1 },
		{ "éá", "éa\xCC\x81", 2 }, { "x", "x", 3 } };
	ck_assert_int_eq(tokens.count, 8);
	ck_assert_int_eq(tokens.words, 4);
	for (int i = 0; i < tokens.count; i++) {
		Token token = tokens.items[i];
		ck_assert_str_eq(token.text, expected[i].token);
		ck_assert_str_eq(
		        arena_format(arena, "%.*s", (int)(token.end - token.begin),
		                text + token.begin),
		        expected[i].source);
		ck_assert_int_eq(token.word, expected[i].word);
	}
	arena_free(arena);
}
END_TEST

START_TEST(tokens_characters_keep_one_space_between_words)
{
	static const char *const cases[][2] = {
		{ "Aé!", "a é !" },
		{ "  a  b ", "a   b" }, /* the tokens "a", " ", "b" */
		{ "Ça…", "ç a . . ." },
		{ " ", "" },
	};
	CHECK(tokens_characters, cases);
	Arena *arena = arena_new("test");
	Tokens tokens = tokens_characters(arena, "a \n b");
	ck_assert_int_eq(tokens.count, 3);
	ck_assert_int_eq(tokens.words, 2);
	ck_assert_int_eq(tokens.items[2].word, 1);
	ck_assert_uint_eq(tokens.items[2].begin, 4);
	arena_free(arena);
}
END_TEST

TEST_MAIN("tokens", tokens_contractions_are_cut_as_in_the_treebank,
        tokens_case_and_accents_become_one_form,
        tokens_elongations_of_a_word_are_one_token, tokens_marks_are_one_token_a_run,
        tokens_numbers_are_kept_whole, tokens_emoticons_have_one_form,
        tokens_emoji_are_one_token, tokens_tags_and_links_are_one_token,
        tokens_other_scripts_and_signs_survive, tokens_bad_bytes_are_replaced_and_counted,
        tokens_offsets_and_words_lead_back_to_the_source,
        tokens_characters_keep_one_space_between_words)
