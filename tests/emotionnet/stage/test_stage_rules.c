#include "emotionnet/stage/rules.h"
#include "tests/support/harness.h"

#include <string.h>

static const double even[STAGE_KINDS] = { 1, 1, 1, 1, 1, 1 };
static const double faces[STAGE_KINDS] = { 1, 1, 1, 1, 1, 1, 1, 1 };

/* By hand, for equal shares of the kinds. Text alone: sure of agree and words; in voice
 * all six are equally likely behind neutral words, but neutral is likelier over the
 * mixture: 1/6; irony and stress are even; bad text (half of noise) tells nothing: 1/2
 * + 1/2 * 1/6. */
START_TEST(ceiling_of_text_is_as_worked_out)
{
	StageCeiling c = stage_ceiling(even, STAGE_TEXT);
	ASSERT_CLOSE(c.kind[STAGE_AGREE], 1, 1e-12, 0);
	ASSERT_CLOSE(c.kind[STAGE_WORDS], 1, 1e-12, 0);
	ASSERT_CLOSE(c.kind[STAGE_VOICE], 1.0 / 6, 1e-12, 0);
	ASSERT_CLOSE(c.kind[STAGE_IRONY], 0.5, 1e-12, 0);
	ASSERT_CLOSE(c.kind[STAGE_STRESS], 0.5, 1e-12, 0);
	ASSERT_CLOSE(c.kind[STAGE_NOISE], 7.0 / 12, 1e-12, 0);
	ASSERT_CLOSE(c.all, (1 + 1 + 1.0 / 6 + 0.5 + 0.5 + 7.0 / 12) / 6, 1e-12, 0);
}
END_TEST

START_TEST(ceiling_of_speech_is_as_worked_out)
{
	StageCeiling c = stage_ceiling(even, STAGE_SPEECH);
	const double sixth = 1.0 / 6;
	const double expected[STAGE_FACE] = { 1, sixth, 1, sixth, sixth, 7.0 / 12 };
	for (int kind = 0; kind < STAGE_FACE; kind++)
		ASSERT_CLOSE(c.kind[kind], expected[kind], 1e-12, 0);
}
END_TEST

START_TEST(ceiling_of_both_is_one)
{
	StageCeiling c = stage_ceiling(even, STAGE_BOTH);
	for (int kind = 0; kind < STAGE_FACE; kind++)
		ASSERT_CLOSE(c.kind[kind], 1, 1e-12, 0);
	ASSERT_CLOSE(c.all, 1, 1e-12, 0);
}
END_TEST

/* The face alone: sure of agree and face; a face at rest, in all other kinds, is most often
 * that of a neutral utterance, 1/6; a false smile says nothing, 1/6. */
START_TEST(ceiling_of_the_face_is_as_worked_out)
{
	StageCeiling c = stage_ceiling(faces, STAGE_LOOKS);
	const double sixth = 1.0 / 6;
	const double expected[STAGE_KINDS] = { 1, sixth, sixth, sixth, sixth, sixth, 1,
		sixth };
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		ASSERT_CLOSE(c.kind[kind], expected[kind], 1e-12, 0);
	ASSERT_CLOSE(c.all, (2 + 6 * sixth) / 8, 1e-12, 0);
}
END_TEST

/* Without the face, words and voice that both say it may be masked; but as agree has them
 * too, they are believed: 1/2. What only the face says is a guess: 1/6. */
START_TEST(ceiling_of_both_without_the_face_is_as_worked_out)
{
	StageCeiling both = stage_ceiling(faces, STAGE_BOTH);
	StageCeiling all = stage_ceiling(faces, STAGE_ALL);
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		ASSERT_CLOSE(all.kind[kind], 1, 1e-12, 0);
	for (int kind = 0; kind < STAGE_FACE; kind++)
		ASSERT_CLOSE(both.kind[kind], 1, 1e-12, 0);
	ASSERT_CLOSE(both.kind[STAGE_FACE], 1.0 / 6, 1e-12, 0);
	ASSERT_CLOSE(both.kind[STAGE_MASK], 0.5, 1e-12, 0);
}
END_TEST

START_TEST(views_have_what_they_are_named_after)
{
	ck_assert_int_eq(stage_views(false), 3);
	ck_assert_int_eq(stage_kinds(false), 6);
	ck_assert_int_eq(stage_view(true, false, false), STAGE_TEXT);
	ck_assert_int_eq(stage_view(false, true, false), STAGE_SPEECH);
	ck_assert_int_eq(stage_view(true, true, false), STAGE_BOTH);
	ck_assert_int_eq(stage_view(true, true, true), STAGE_ALL);
	ck_assert_int_eq(stage_view(false, false, true), STAGE_LOOKS);
	ck_assert_str_eq(stage_view_name(stage_view(false, true, true)), "speech+face");
}
END_TEST

START_TEST(ceiling_weighs_kinds_by_mixture)
{
	const double mixture[STAGE_KINDS] = { [STAGE_AGREE] = 3, [STAGE_STRESS] = 1 };
	StageCeiling c = stage_ceiling(mixture, STAGE_TEXT);
	ASSERT_CLOSE(c.all, 0.75 * 1 + 0.25 * 0.5, 1e-12, 0);
}
END_TEST

/* A classifier that reads what a view shows, having counted labels on many draws, comes
 * to within sampling error of the ceiling, and no further. */
static void check_counting(const double mixture[STAGE_KINDS], bool face)
{
	enum { TRAIN = 200000, TEST = 60000 };
	static int counts[STAGE_SIGHTS][STAGE_EMOTIONS];
	int kinds = stage_kinds(face);
	for (int view = 0; view < stage_views(face); view++) {
		Rng rng = rng_new(11);
		memset(counts, 0, sizeof counts);
		for (int i = 0; i < TRAIN; i++) {
			StageTruth t = stage_draw((StageKind)(i % kinds), &rng);
			counts[stage_sight(&t, (StageView)view)][t.label]++;
		}
		double right = 0;
		for (int i = 0; i < TEST; i++) {
			StageTruth t = stage_draw((StageKind)(i % kinds), &rng);
			const int *seen = counts[stage_sight(&t, (StageView)view)];
			int best = 0;
			for (int y = 1; y < STAGE_EMOTIONS; y++)
				best = seen[y] > seen[best] ? y : best;
			right += best == (int)t.label;
		}
		/* Four standard deviations of a share of 60,000 are below 0.0082. */
		ASSERT_CLOSE(right / TEST, stage_ceiling(mixture, (StageView)view).all,
		        0.0082, 0);
	}
}

START_TEST(ceiling_is_reached_by_counting_what_is_seen)
{
	check_counting(even, false);
	check_counting(faces, true);
}
END_TEST

START_TEST(mask_is_an_exclusive_or)
{
	Rng rng = rng_new(8);
	int masked = 0;
	for (int i = 0; i < 2000; i++) {
		StageTruth t = stage_draw(STAGE_MASK, &rng);
		bool mask = t.face == STAGE_FALSE;
		ck_assert(mask || t.face == STAGE_NEUTRAL);
		ck_assert_int_eq(t.words[0], t.manner);
		ck_assert_int_eq(t.label, mask ? stage_opposite(t.words[0]) : t.words[0]);
		masked += mask;
	}
	ASSERT_CLOSE(masked, 1000, 90, 0);
}
END_TEST

/* Irony cannot be had by adding scores: for any scores a(words) + b(tone) of two
 * opposites, the four cells of the exclusive or ask for b(plain) > b(ironic) and for
 * the reverse. */
START_TEST(irony_is_an_exclusive_or)
{
	Rng rng = rng_new(3);
	bool met[STAGE_EMOTIONS][2] = { { false } };
	for (int i = 0; i < 1000; i++) {
		StageTruth t = stage_draw(STAGE_IRONY, &rng);
		bool ironic = t.manner == STAGE_IRONIC;
		ck_assert(ironic || t.manner == STAGE_NEUTRAL);
		StageEmotion words = t.words[0];
		ck_assert_int_eq(t.label, ironic ? stage_opposite(words) : words);
		met[words][ironic] = true;
	}
	for (int e = 0; e < STAGE_EMOTIONS; e++) {
		StageEmotion emotion = (StageEmotion)e;
		ck_assert(met[e][0] && met[e][1]);
		ck_assert_int_ne(stage_opposite(emotion), emotion);
		ck_assert_int_eq(stage_opposite(stage_opposite(emotion)), emotion);
	}
}
END_TEST

START_TEST(stress_decides_between_two_words)
{
	Rng rng = rng_new(4);
	int first = 0;
	for (int i = 0; i < 2000; i++) {
		StageTruth t = stage_draw(STAGE_STRESS, &rng);
		ck_assert_int_ne(t.words[0], t.words[1]);
		ck_assert(t.stressed == 0 || t.stressed == 1);
		ck_assert_int_eq(t.words[t.stressed], t.label);
		ck_assert_int_eq(t.manner, STAGE_NEUTRAL);
		first += t.stressed == 0;
	}
	ASSERT_CLOSE(first, 1000, 90, 0);
}
END_TEST

START_TEST(noise_spoils_exactly_one)
{
	Rng rng = rng_new(5);
	for (int i = 0; i < 1000; i++) {
		StageTruth t = stage_draw(STAGE_NOISE, &rng);
		ck_assert(t.bad_text != t.bad_sound);
		ck_assert_int_eq(t.spoken, t.label);
		ck_assert_int_eq(t.bad_text ? t.manner : t.words[0], t.label);
	}
}
END_TEST

START_TEST(labels_are_even_in_every_kind)
{
	enum { N = 6000 };
	for (int kind = 0; kind < STAGE_KINDS; kind++) {
		Rng rng = rng_new(6);
		int counts[STAGE_EMOTIONS] = { 0 };
		for (int i = 0; i < N; i++)
			counts[stage_draw((StageKind)kind, &rng).label]++;
		for (int y = 0; y < STAGE_EMOTIONS; y++)
			ASSERT_CLOSE(counts[y], N / 6, 120, 0); /* four deviations: 115 */
	}
}
END_TEST

TEST_MAIN("stage_rules", ceiling_of_text_is_as_worked_out,
        ceiling_of_speech_is_as_worked_out, ceiling_of_both_is_one,
        ceiling_weighs_kinds_by_mixture, ceiling_is_reached_by_counting_what_is_seen,
        ceiling_of_the_face_is_as_worked_out,
        ceiling_of_both_without_the_face_is_as_worked_out,
        views_have_what_they_are_named_after, mask_is_an_exclusive_or,
        irony_is_an_exclusive_or, stress_decides_between_two_words,
        noise_spoils_exactly_one, labels_are_even_in_every_kind)
