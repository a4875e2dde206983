#include "emotionnet/import/pattern.h"
#include "tests/support/harness.h"

/* What `name` stands for in the path, or NULL where it does not fit. */
static const char *value_of(
        Arena *arena, const char *pattern, const char *path, const char *name)
{
	Pattern p;
	Error error;
	const char *value[PATTERN_MOST];
	ck_assert_msg(pattern_read(&p, arena, pattern, &error), "%s", error.text);
	int place = pattern_find(&p, name);
	ck_assert_int_ge(place, 0);
	return pattern_match(&p, arena, path, value, &error) ? value[place] : NULL;
}

START_TEST(pattern_names_take_as_little_as_will_do)
{
	static const struct {
		const char *pattern, *path, *name, *value;
	} cases[] = {
		{ "{label}/{}", "joy/a7", "label", "joy" },
		{ "{label}/{}", "joy/deep/a7", "label", NULL },
		{ "{label}/{}", "a7", "label", NULL },
		{ "{speaker}_{label}_{}", "ann_joy_01_x", "label", "joy" },
		{ "{speaker}_{label}_{}", "ann_joy_01_x", "", "01_x" },
		{ "{speaker}_{label}_{}", "ann_joy", "label", NULL },
		{ "{speaker}_{label}_{}", "_joy_01", "speaker",
		        NULL }, /* one letter at least */
		{ "{speaker}_{label}_{}", "ann__joy_01", "label", "_joy" },
		{ "{label}_{}_1", "a_b_1_c_1", "", "b_1_c" },
		{ "{speaker}-{label}x", "1-2x3x", "label", "2x3" },
		{ "wavs/s{speaker}-{label}", "wavs/s07-joy", "speaker", "07" },
		{ "wavs/s{speaker}-{label}", "wav/s07-joy", "speaker", NULL },
		{ "{speaker}/{label}", "ann/é b", "label", "é b" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *found =
		        value_of(arena, cases[i].pattern, cases[i].path, cases[i].name);
		ck_assert_pstr_eq(found, cases[i].value);
	}
	arena_free(arena);
}
END_TEST

START_TEST(pattern_that_does_not_fit_says_how_far_it_does)
{
	Arena *arena = arena_new("test");
	Pattern p;
	Error error;
	const char *value[PATTERN_MOST];
	ck_assert(pattern_read(&p, arena, "s{speaker}_{label}", &error));
	ck_assert(!pattern_match(&p, arena, "t1_joy", value, &error));
	ASSERT_CONTAINS(error.text,
	        "does not fit the pattern s{speaker}_{label}: expected \"s\" first");
	ck_assert(!pattern_match(&p, arena, "s1-joy", value, &error));
	ASSERT_CONTAINS(error.text, "expected {speaker} and then \"_\", found \"1-joy\"");
	ck_assert(!pattern_match(&p, arena, "s1_joy/x", value, &error));
	ASSERT_CONTAINS(error.text,
	        "expected {label} and then the end, no \"/\", found \"joy/x\"");
	arena_free(arena);
}
END_TEST

START_TEST(pattern_that_is_none_is_refused)
{
	static const char *const wrong[][2] = {
		{ "", "found none" },
		{ "wavs/label", "found none" },
		{ "{label", "found a brace without the other" },
		{ "label}", "found a brace without the other" },
		{ "{la{bel}}", "found a brace without the other" },
		{ "{the label}",
		        "expected a name of letters and digits in braces, found {the label}" },
		{ "{label}_{label}", "{label} stands twice. Hint: {}" },
		{ "{label}{speaker}", "nothing stands between {label} and {speaker}" },
		{ "{}{}", "nothing stands between {} and {}" },
		{ "{}1{}2{}3{}4{}5{}6{}7{}8{}9{}0{}1{}2{}3{}4{}5{}6{}",
		        "more than 16 names" },
	};
	Arena *arena = arena_new("test");
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		Pattern p;
		Error error;
		ck_assert(!pattern_read(&p, arena, wrong[i][0], &error));
		ASSERT_CONTAINS(error.text, wrong[i][1]);
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("pattern", pattern_names_take_as_little_as_will_do,
        pattern_that_does_not_fit_says_how_far_it_does, pattern_that_is_none_is_refused)
