/* The face of the embedded corpus: as its rules say, and the same from a file. */
#include "emotionnet/face/track.h"
#include "emotionnet/stage/face.h"
#include "emotionnet/stage/stage.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

static Corpus corpus_of(Arena *arena, int test, bool face)
{
	StageOptions options = stage_defaults();
	if (face)
		stage_add_face(&options);
	options.train = options.validation = 0;
	options.test = test;
	Corpus corpus;
	stage_make(&corpus, arena, options);
	return corpus;
}

static Track face_of(const Corpus *corpus, int index, Arena *arena)
{
	Track track;
	Error error;
	ck_assert(corpus->face(corpus, index, arena, &track, &error));
	return track;
}

static double most_of(const Track *track, int unit)
{
	double most = 0;
	for (int t = 0; t < track->count; t++)
		most = fmax(most, (double)track->frames[t][unit]);
	return most;
}

/* At the height of an expression its units stand out from all others but the mouth's and the
 * eyelids', which move while people speak and see. */
START_TEST(face_shows_the_units_of_its_emotion)
{
	enum { N = 400, MOUTH = 14, JAW = 15, LIDS = 16 };
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_of(arena, N, true);
	int shown[STAGE_MANNERS] = { 0 };
	for (int i = 0; i < N; i++) {
		StageEmotion face = stage_truth(&corpus, i).face;
		const double *units = stage_units(face);
		Track track = face_of(&corpus, i, arena);
		ck_assert_int_eq(track.width, STAGE_UNITS);
		double least = 9, other = 0;
		for (int u = 0; u < MOUTH; u++) {
			double most = most_of(&track, u);
			if (units[u] >= 2)
				least = fmin(least, most);
			else if (units[u] <= 0)
				other = fmax(other, most);
		}
		if (face != STAGE_NEUTRAL)
			ck_assert_msg(least > 0.9, "%s: only %g", corpus.utterances[i].id,
			        least);
		ck_assert_msg(other < 1.9, "%s: %g", corpus.utterances[i].id, other);
		shown[face]++;
	}
	for (int face = 0; face < STAGE_MANNERS; face++)
		ck_assert_int_gt(shown[face], 5);
	arena_free(arena);
}
END_TEST

/* AU 6, around the eyes, tells a smile of joy from a false one; AU 12 does not. */
START_TEST(face_with_a_false_smile_does_not_move_the_eyes)
{
	const double *joy = stage_units(STAGE_JOY), *false_one = stage_units(STAGE_FALSE);
	ck_assert_str_eq(stage_unit_names()[4], "AU06_r");
	ck_assert_str_eq(stage_unit_names()[8], "AU12_r");
	ck_assert(joy[4] > 2 && false_one[4] <= 0);
	ASSERT_CLOSE(joy[8], false_one[8], 0, 0);
}
END_TEST

START_TEST(face_lasts_as_long_as_the_clip)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_of(arena, 40, true);
	int hidden = 0;
	for (int i = 0; i < corpus.count; i++) {
		Track track = face_of(&corpus, i, arena);
		Clip clip;
		ck_assert(corpus.sound(&corpus, i, arena, &clip, NULL));
		double seconds = (double)clip.count / clip.rate;
		double last = track.seconds[track.count - 1];
		ck_assert(last <= seconds && last > seconds - 0.5);
		double gap = 0;
		for (int t = 1; t < track.count; t++)
			gap = fmax(gap, track.seconds[t] - track.seconds[t - 1]);
		ck_assert(gap <= TRACK_GAP);
		hidden += gap > 0.05;
	}
	ck_assert(hidden > 0 && hidden < corpus.count / 2);
	arena_free(arena);
}
END_TEST

/* What is written in hundredths is read to the bit. */
START_TEST(face_from_a_file_is_the_same)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_of(arena, 24, true), read;
	Error error;
	const char *folder = arena_format(arena, "%s/stage", harness_directory());
	ck_assert_msg(stage_write(&corpus, folder, &error), "%s", error.text);
	ck_assert_msg(
	        corpus_read(&read, arena, arena_format(arena, "%s/corpus.csv", folder),
	                false, NULL, &error),
	        "%s", error.text);
	for (int i = 0; i < corpus.count; i++) {
		Track made = face_of(&corpus, i, arena), track;
		const char *path = corpus_extra(&read, &read.utterances[i], "face_track");
		ck_assert_msg(track_read(&track, arena, path, &error), "%s", error.text);
		ck_assert(track_alike(&made, &track));
		ck_assert_int_eq(made.count, track.count);
		for (int t = 0; t < made.count; t++) {
			ASSERT_CLOSE(track.seconds[t], made.seconds[t], 0, 0);
			ck_assert_mem_eq(track.frames[t], made.frames[t],
			        STAGE_UNITS * sizeof(real));
		}
	}
	arena_free(arena);
}
END_TEST

/* A face, and the two kinds that come with it, change nothing of who has none. */
START_TEST(face_is_not_there_unless_it_is_asked_for)
{
	Arena *arena = arena_new("test");
	Corpus plain = corpus_of(arena, 12, false), with;
	ck_assert_ptr_null(plain.face);
	StageOptions options = stage_defaults();
	options.face = true; /* but none of the two kinds */
	options.train = options.validation = 0;
	options.test = 12;
	stage_make(&with, arena, options);
	for (int i = 0; i < plain.count; i++) {
		Clip a, b;
		ck_assert_str_eq(plain.utterances[i].text, with.utterances[i].text);
		ck_assert_str_eq(plain.utterances[i].label, with.utterances[i].label);
		ck_assert(plain.sound(&plain, i, arena, &a, NULL));
		ck_assert(with.sound(&with, i, arena, &b, NULL));
		ck_assert_int_eq(a.count, b.count);
		ck_assert_mem_eq(
		        a.samples, b.samples, (size_t)a.count * sizeof *a.samples);
	}
	options.face = false;
	options.mixture[STAGE_MASK] = 1;
	ASSERT_STOPS("the kind mask needs speakers with a face",
	        stage_make(&with, arena, options));
	arena_free(arena);
}
END_TEST

TEST_MAIN("stage_face", face_shows_the_units_of_its_emotion,
        face_with_a_false_smile_does_not_move_the_eyes, face_lasts_as_long_as_the_clip,
        face_from_a_file_is_the_same, face_is_not_there_unless_it_is_asked_for)
