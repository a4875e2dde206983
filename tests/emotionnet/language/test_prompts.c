/* Prompts as they are asked. */
#include "emotionnet/language/prompts.h"
#include "tests/support/harness.h"

#include <string.h>

START_TEST(prompts_hold_the_text_and_the_labels)
{
	Arena *arena = arena_new("test");
	for (int p = 0; p < PROMPTS; p++) {
		const char *item =
		        prompt_item(arena, &prompts[p], "joy or anger", "It {rains}");
		ck_assert_ptr_nonnull(strstr(item, "It {rains}"));
		ck_assert_ptr_null(strstr(item, "{text}"));
		ck_assert(item[strlen(item) - 1] != ' ');
	}
	ck_assert_str_eq(
	        prompt_item(arena, &prompts[0], "joy", "Hm"), "Text: Hm\nEmotion:");
	ck_assert_str_eq(prompt_head(arena, &prompts[1], "joy or anger"),
	        "Which emotion does the text express: joy or anger?\n\n");
	arena_free(arena);
}
END_TEST

TEST_MAIN("prompts", prompts_hold_the_text_and_the_labels)
