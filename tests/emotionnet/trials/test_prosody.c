/* How something was said, in words. */
#include "emotionnet/trials/prosody.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

START_TEST(prosody_is_high_or_low_by_half_a_deviation)
{
	ck_assert_str_eq(prosody_level(1.4, 1, 1), "normal");
	ck_assert_str_eq(prosody_level(1.6, 1, 1), "high");
	ck_assert_str_eq(prosody_level(0.4, 1, 1), "low");
	ck_assert_str_eq(prosody_level(9, 1, 0), "normal");
	ck_assert_str_eq(prosody_level((double)NAN, 1, 1), "normal");
}
END_TEST

/* A buzz of 100 Hz or so many more, as loud as is asked. */
static bool buzz(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)error;
	const double *hertz = corpus->state;
	real *samples = ARENA_ARRAY(arena, real, 16000);
	for (int i = 0; i < 16000; i++) {
		double phase = fmod(i * hertz[index] / 16000, 1);
		samples[i] = (real)(0.3 * (phase < 0.5 ? 1 : -1));
	}
	*clip = (Clip){ .samples = samples, .count = 16000, .rate = 16000 };
	return true;
}

/* Against the others of the same speaker: 150 Hz is high for the one, low for the other. */
START_TEST(prosody_is_told_by_speaker)
{
	Arena *arena = arena_new("test");
	static const double hertz[] = { 100, 100, 150, 220, 220, 150, 180 };
	Utterance utterances[] = { { .speaker = "a" }, { .speaker = "a" },
		{ .speaker = "a" }, { .speaker = "b" }, { .speaker = "b" },
		{ .speaker = "b" }, { .speaker = "c" } };
	for (int i = 0; i < 7; i++)
		utterances[i].wav = utterances[i].text = utterances[i].id = "";
	Corpus corpus = { .source = "test",
		.utterances = utterances,
		.count = 7,
		.sound = buzz,
		.state = hertz };
	Pool *pool = pool_new(2);
	Error error;
	const char *const *words = prosody_tell(arena, &corpus, pool, &error);
	ck_assert_msg(words != NULL, "%s", error.text);
	ASSERT_CONTAINS(words[2], "a high pitch");
	ASSERT_CONTAINS(words[5], "a low pitch");
	ASSERT_CONTAINS(words[6], "a normal pitch");
	pool_free(pool);
	arena_free(arena);
}
END_TEST

TEST_MAIN(
        "prosody", prosody_is_high_or_low_by_half_a_deviation, prosody_is_told_by_speaker)
