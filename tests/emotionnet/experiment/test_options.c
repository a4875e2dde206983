#include "emotionnet/experiment/options.h"
#include "tests/support/harness.h"

static const Command command = {
	.name = "try", .usage = "[options]", .summary = "a test"
};

typedef struct Values {
	bool flag, help;
	const char *text;
	int number, operands;
	uint64_t seed;
	double share;
	Error error;
} Values;

static bool parse(Values *v, int argc, char **argv)
{
	const Option options[] = {
		{ "flag", OPTION_FLAG, &v->flag, NULL, "a flag", 0, 0 },
		{ "text", OPTION_TEXT, &v->text, "T", "a text", 0, 0 },
		{ "number", OPTION_INT, &v->number, "N", "a number", 1, 10 },
		{ "seed", OPTION_SEED, &v->seed, "S", "a seed", 0, 0 },
		{ "share", OPTION_NUMBER, &v->share, "P", "a share", 0, 1 },
	};
	return options_parse(
	        &command, options, 5, argc, argv, &v->operands, &v->help, &v->error);
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
		"18446744073709551615", "two", "--share", "0.25", "--", "--three" };
	ck_assert(parse(&v, 13, argv));
	ck_assert(v.flag);
	ck_assert_str_eq(v.text, "-3");
	ck_assert_int_eq(v.number, 7);
	ck_assert(v.seed == UINT64_MAX);
	ASSERT_CLOSE(v.share, 0.25, 0, 0);
	ck_assert_int_eq(v.operands, 3);
	ck_assert_str_eq(argv[0], "one");
	ck_assert_str_eq(argv[1], "two");
	ck_assert_str_eq(argv[2], "--three");
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
	ck_assert(!parse(&v, ARGUMENTS("try", "--flag=1")));
	ck_assert_str_eq(v.error.text, "--flag takes no value");
}
END_TEST

START_TEST(nearest_name_is_found_within_two_edits)
{
	const char *names[] = { "train", "evaluate", "predict" };
	ck_assert_str_eq(nearest_name("trian", 3, names), "train");
	ck_assert_str_eq(nearest_name("evalute", 3, names), "evaluate");
	ck_assert_ptr_null(nearest_name("fly", 3, names));
}
END_TEST

START_TEST(options_text_has_every_value_to_the_last_bit)
{
	Arena *arena = arena_new("test");
	bool flag = true;
	const char *text = "a b", *none = NULL;
	int number = -3;
	uint64_t seed = UINT64_MAX;
	double share = 0.3, third = 1.0 / 3;
	const Option options[] = {
		{ "flag", OPTION_FLAG, &flag, NULL, "", 0, 0 },
		{ "text", OPTION_TEXT, &text, "T", "", 0, 0 },
		{ "none", OPTION_TEXT, &none, "T", "", 0, 0 },
		{ "number", OPTION_INT, &number, "N", "", 0, 0 },
		{ "seed", OPTION_SEED, &seed, "N", "", 0, 0 },
		{ "share", OPTION_NUMBER, &share, "P", "", 0, 0 },
		{ "third", OPTION_NUMBER, &third, "P", "", 0, 0 },
	};
	ck_assert_str_eq(options_text(arena, options, 7),
	        "--flag yes\n--text a b\n--none \n--number -3\n"
	        "--seed 18446744073709551615\n--share 0.3\n"
	        "--third 0.3333333333333333\n");
	arena_free(arena);
}
END_TEST

TEST_MAIN("options", options_all_kinds_are_read,
        options_mistyped_name_suggests_the_nearest, options_wrong_values_are_refused,
        nearest_name_is_found_within_two_edits,
        options_text_has_every_value_to_the_last_bit)
