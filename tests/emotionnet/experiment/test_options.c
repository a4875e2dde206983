#include "emotionnet/experiment/options.h"
#include "tests/support/harness.h"

static const Command command = {
	.name = "try", .usage = "[options]", .summary = "a test"
};

typedef struct Values {
	bool flag;
	const char *text;
	int number, colour;
	uint64_t seed;
	double share;
	OptionWords words;
	Options options;
	Error error;
} Values;

static const char *const colours[] = { "red", "green", "blue", NULL };

static void list(Values *v)
{
	Options *o = &v->options;
	option_flag(o, &v->flag, "flag", "a flag");
	option_text(o, &v->text, "text T", "a text");
	option_int(o, &v->number, "number N", 1, 10, "a number");
	option_choice(o, &v->colour, "colour C", colours, "a choice");
	option_seed(o, &v->seed, "seed S", "a seed");
	option_number(o, &v->share, "share P", 0, 1, "a share");
	option_words(o, &v->words, "words W...", "several");
}

static bool parse(Values *v, int argc, char **argv)
{
	arena_free(v->options.arena);
	v->options = options_new(arena_new("test"), &command, argc, argv);
	list(v);
	bool read = options_read(&v->options, 0, 3, "expected less", &v->error);
	ck_assert_int_eq(options_status(&v->options), STATUS_USAGE);
	return read;
}

#define ARGUMENTS(...)                                                                   \
	(int)(sizeof((char *[]){ __VA_ARGS__ }) / sizeof(char *)), (char *[])            \
	{                                                                                \
		__VA_ARGS__                                                              \
	}

START_TEST(options_all_kinds_are_read)
{
	Values v = { 0 };
	char *argv[] = { "try", "one", "--flag", "--text", "-3", "--number=7", "--seed",
		"18446744073709551615", "two", "--share", "0.25", "--colour=blue", "--",
		"--three" };
	ck_assert(parse(&v, 14, argv));
	ck_assert(option_given(&v.options, "number"));
	ck_assert(v.flag);
	ck_assert_str_eq(v.text, "-3");
	ck_assert_int_eq(v.number, 7);
	ck_assert(v.seed == UINT64_MAX);
	ASSERT_CLOSE(v.share, 0.25, 0, 0);
	ck_assert_int_eq(v.colour, 2);
	ck_assert_int_eq(v.options.operand_count, 3);
	ck_assert_str_eq(v.options.operands[0], "one");
	ck_assert_str_eq(v.options.operands[1], "two");
	ck_assert_str_eq(v.options.operands[2], "--three");
	arena_free(v.options.arena);
}
END_TEST

START_TEST(option_given_is_told_from_its_default)
{
	Values v = { 0 };
	char *argv[] = { "try", "--number", "3", "--flag" };
	ck_assert(parse(&v, 4, argv));
	ck_assert(option_given(&v.options, "number") && option_given(&v.options, "flag"));
	ck_assert(!option_given(&v.options, "text") && !option_given(&v.options, "numb"));
	arena_free(v.options.arena);
}
END_TEST

START_TEST(options_words_go_on_to_the_next_option)
{
	Values v = { 0 };
	char *argv[] = { "try", "one", "--words", "a", "-", "b", "--flag", "two",
		"--words=c", "three", "--words", "d", "--" };
	ck_assert(parse(&v, 13, argv));
	ck_assert(v.flag);
	ck_assert_int_eq(v.options.operand_count, 3);
	ck_assert_str_eq(v.options.operands[2], "three");
	ck_assert_str_eq(options_text(&v.options, 6, 7), "--words a - b c d\n");
	arena_free(v.options.arena);
	v = (Values){ 0 };
	ck_assert(!parse(&v, ARGUMENTS("try", "--words")));
	ck_assert_str_eq(v.error.text, "--words needs a W...");
	arena_free(v.options.arena);
}
END_TEST

START_TEST(options_mistyped_name_suggests_the_nearest)
{
	Values v = { 0 };
	ck_assert(!parse(&v, ARGUMENTS("try", "--nubmer", "3")));
	ASSERT_CONTAINS(v.error.text, "--nubmer is not known. Did you mean --number?");
	ck_assert(!parse(&v, ARGUMENTS("try", "--elephant", "3")));
	ck_assert_str_eq(v.error.text, "--elephant is not known");
	ck_assert(!parse(&v, ARGUMENTS("try", "-x")));
	ASSERT_CONTAINS(v.error.text, "options begin with --");
	arena_free(v.options.arena);
}
END_TEST

START_TEST(options_wrong_values_are_refused)
{
	Values v = { 0 };
	ck_assert(!parse(&v, ARGUMENTS("try", "--number", "11")));
	ck_assert_str_eq(
	        v.error.text, "--number 11: expected a whole number from 1 to 10");
	ck_assert(!parse(&v, ARGUMENTS("try", "--number", "2.5")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--number", "")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--number", "1e99")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--number", "nan")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--share", "0.5x")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--seed", "-1")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--seed", "18446744073709551616")));
	ck_assert(!parse(&v, ARGUMENTS("try", "--text")));
	ck_assert_str_eq(v.error.text, "--text needs a T");
	ck_assert(!parse(&v, ARGUMENTS("try", "--colour", "pink")));
	ck_assert_str_eq(v.error.text, "--colour pink: expected red, green or blue");
	ck_assert(!parse(&v, ARGUMENTS("try", "1", "2", "-", "4")));
	ck_assert_str_eq(v.error.text, "expected less");
	ck_assert(!parse(&v, ARGUMENTS("try", "--flag=1")));
	ck_assert_str_eq(v.error.text, "--flag takes no value");
	arena_free(v.options.arena);
}
END_TEST

START_TEST(options_text_has_every_value_to_the_last_bit)
{
	Values v = { .flag = true,
		.text = "a b",
		.number = -3,
		.colour = 1,
		.seed = UINT64_MAX,
		.share = 0.3 };
	const char *none = NULL;
	double third = 1.0 / 3;
	v.options = options_new(arena_new("test"), &command, 0, NULL);
	list(&v);
	option_text(&v.options, &none, "none T", "");
	option_number(&v.options, &third, "third P", 0, 0, "");
	ck_assert_str_eq(options_text(&v.options, 0, v.options.count),
	        "--flag yes\n--text a b\n--number -3\n--colour green\n"
	        "--seed 18446744073709551615\n--share 0.3\n--words \n--none \n"
	        "--third 0.3333333333333333\n");
	ck_assert_str_eq(options_text(&v.options, 2, 3), "--number -3\n");
	arena_free(v.options.arena);
}
END_TEST

TEST_MAIN("options", options_all_kinds_are_read, option_given_is_told_from_its_default,
        options_words_go_on_to_the_next_option,
        options_mistyped_name_suggests_the_nearest, options_wrong_values_are_refused,
        options_text_has_every_value_to_the_last_bit)
