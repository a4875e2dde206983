/* A face in time beside a sound and words: step t of the one is step t of the other. The face
 * of these speakers shows what time it is, so that each step can be asked when it was. */
#include "emotionnet/features/faces.h"
#include "audio/mel/settings.h"
#include "tensor/elementary.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RATE = 16000, HOP = 320, CLIPS = 8, TIME = 0, WHO = 1, NUMBERS = 2 };

static bool sound(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)corpus;
	(void)error;
	*clip = (Clip){ .count = (int)((1 + 0.25 * index) * RATE), .rate = RATE };
	clip->samples = ARENA_ARRAY(arena, real, (size_t)clip->count);
	for (int n = 0; n < clip->count; n++)
		clip->samples[n] = (real)(0.2 * double_sin(0.1 * n));
	return true;
}

/* 25 a second for three seconds; without the frames in which no face was found. */
static Track track_of(Arena *arena, int who, double hidden_begin, double hidden_end)
{
	static const char *const names[NUMBERS] = { "time", "who" };
	Track track = { .names = names, .width = NUMBERS };
	for (int t = 0; t < 75; t++) {
		double seconds = t / 25.0;
		if (seconds > hidden_begin && seconds < hidden_end)
			continue;
		real *frame = track_grow(&track, arena, seconds);
		frame[TIME] = (real)seconds;
		frame[WHO] = (real)(10 * who + (t % 2));
	}
	return track;
}

/* Clips of an odd number are another speaker's; in clip 3 nothing is seen from 0.2 to 0.8. */
static bool face(
        const Corpus *corpus, int index, Arena *arena, Track *track, Error *error)
{
	(void)corpus;
	(void)error;
	bool hidden = index == 3;
	*track = track_of(arena, index % 2, hidden ? 0.21 : 9, hidden ? 0.79 : 9);
	return true;
}

typedef struct World {
	Arena *arena;
	Pool *pool;
	Corpus corpus;
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	FrontendRun run;
	Error error;
} World;

static World world_new(bool speech, bool text)
{
	World w = { .arena = arena_new("test"), .pool = pool_new(2) };
	Utterance *all = ARENA_ARRAY(w.arena, Utterance, CLIPS);
	for (int i = 0; i < CLIPS; i++)
		all[i] = (Utterance){ .id = "u",
			.speaker = i % 2 ? "bob" : "ann",
			.label = i % 4 < 2 ? "joy" : "anger",
			.text = "one two three",
			.wav = "",
			.end = -1,
			.split = i < 4 ? SPLIT_TRAIN : SPLIT_TEST };
	w.corpus = (Corpus){ .source = "faces",
		.utterances = all,
		.count = CLIPS,
		.sound = sound,
		.face = face };
	w.frontend = (Frontend){ .reads = { .has = { text, speech, true } },
		.normalise = NORMALISE_CORPUS,
		.min_count = 1,
		.max_words = 10,
		.frames = { .max_seconds = 20 },
		.vary = { .seed = 5 } };
	mel_preset(&w.frontend.frames.mel, "torchaudio");
	w.frontend.frames.mel.bands.count = 8;
	w.frontend.frames.mel.stft.hop = HOP;
	w.run.pool = w.pool;
	return w;
}

static void world_fit(World *w)
{
	ck_assert_msg(frontend_fit(&w->frontend, w->data, w->arena, &w->corpus, &w->run,
	                      &w->error),
	        "%s", w->error.text);
}

static void world_free(World *w)
{
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&w->data[split]);
	pool_free(w->pool);
	arena_free(w->arena);
}

/* What the face shows at step t, before it was normalised. */
static double shown(const World *w, const Example *example, int t, int number)
{
	double x = (double)tensor_row(example->steps[MODALITY_FACE], t).data[number];
	return x / (double)w->frontend.scale[MODALITY_FACE][number] +
	       (double)w->frontend.mean[MODALITY_FACE][number];
}

START_TEST(faces_have_the_steps_of_the_sound)
{
	World w = world_new(true, true);
	world_fit(&w);
	ck_assert_int_eq(w.frontend.width[MODALITY_FACE], NUMBERS);
	ck_assert_str_eq(w.frontend.face_names[WHO], "who");
	double hop = (double)HOP / RATE;
	for (int i = 0; i < 4; i++) {
		const Example *example = &w.data[SPLIT_TEST].items[i];
		int T = example->steps[MODALITY_SPEECH].shape[0];
		ck_assert_int_eq(example->steps[MODALITY_FACE].shape[0], T);
		ck_assert_int_eq(example->span_steps, T);
		for (int t = 0; t < T - 1; t++)
			if ((t + 2) * hop < 2.9)
				ASSERT_CLOSE(shown(&w, example, t + 1, TIME) -
				                     shown(&w, example, t, TIME),
				        hop, 1e-4, 0);
		/* a frame is seen at its middle, within its own window */
		double first = shown(&w, example, 0, TIME);
		ck_assert(first > -1e-4 && first < 0.05);
	}
	world_free(&w);
}
END_TEST

START_TEST(faces_of_a_copy_go_with_its_speed)
{
	World w = world_new(true, false);
	w.frontend.vary = (VarySettings){ .copies = 2, .speed = 0.3, .seed = 5 };
	world_fit(&w);
	int copies = 0;
	for (int i = 0; i < w.data[SPLIT_TRAIN].count; i++) {
		const Example *example = &w.data[SPLIT_TRAIN].items[i];
		if (!example->copy || example->utterance == 3)
			continue;
		double speed =
		        vary_speed(&w.frontend.vary, example->utterance, example->copy);
		ck_assert_int_eq(example->steps[MODALITY_FACE].shape[0],
		        example->steps[MODALITY_SPEECH].shape[0]);
		ASSERT_CLOSE(shown(&w, example, 30, TIME) - shown(&w, example, 10, TIME),
		        20 * speed * HOP / RATE, 1e-4, 0);
		copies++;
	}
	ck_assert_int_eq(copies, 6);
	world_free(&w);
}
END_TEST

/* From its beginning to its end, 2.96 s, and the words lie over that. */
START_TEST(faces_without_a_sound_have_steps_of_their_own)
{
	World w = world_new(false, true);
	world_fit(&w);
	const Example *example = &w.data[SPLIT_TEST].items[0];
	ck_assert_int_eq(example->steps[MODALITY_FACE].shape[0], 149);
	ASSERT_CLOSE(shown(&w, example, 100, TIME), 2, 1e-4, 0);
	ck_assert_int_eq(example->span_steps, 149);
	ck_assert_int_eq(example->spans[0], 0);
	ck_assert_int_eq(example->spans[5], 149);
	world_free(&w);
}
END_TEST

START_TEST(faces_of_a_part_of_a_film_begin_there)
{
	World w = world_new(false, false);
	w.corpus.utterances[4].start = 1;
	w.corpus.utterances[4].end = 1.5;
	w.frontend.frames.max_seconds = 1.2;
	world_fit(&w);
	const Example *example = &w.data[SPLIT_TEST].items[0];
	ck_assert_int_eq(example->steps[MODALITY_FACE].shape[0], 26);
	ASSERT_CLOSE(shown(&w, example, 0, TIME), 1, 1e-4, 0);
	ASSERT_CLOSE(shown(&w, example, 25, TIME), 1.5, 1e-4, 0);
	ck_assert_int_eq(w.data[SPLIT_TEST].items[1].steps[MODALITY_FACE].shape[0], 61);
	world_free(&w);
}
END_TEST

/* Clip 3 of the training: a gap counts as the mean of all, and does not move that mean. */
START_TEST(faces_in_a_gap_are_the_mean)
{
	World w = world_new(false, false);
	world_fit(&w);
	const Example *example = &w.data[SPLIT_TRAIN].items[3];
	double sum = 0;
	int count = 0;
	for (int t = 0; t < 149; t++) {
		double x = (double)tensor_row(example->steps[MODALITY_FACE], t).data[WHO];
		bool gap = t > 10 && t < 40;
		ck_assert_msg(gap == (fabs(x) < 1e-9), "step %d is %g", t, x);
	}
	for (int i = 0; i < 4; i++)
		for (int t = 0; t < 149; t++, count++)
			sum += (double)tensor_row(
			        w.data[SPLIT_TRAIN].items[i].steps[MODALITY_FACE], t)
			               .data[WHO];
	ASSERT_CLOSE(sum / count, 0, 1e-5, 0);
	world_free(&w);
}
END_TEST

/* Who it is can be seen before, and less after. Each speaker is seen for 5 seconds, which
 * count for 0.6 of his level (enrol.h): of 10 that they are apart, 4 are left, and a
 * deviation is sqrt(0.6 * 0.25 + 0.4 * 25.25) = 3.2, so they are 1.25 of it apart. */
START_TEST(faces_by_speaker_lose_who_it_is)
{
	for (int by = 0; by < 2; by++) {
		World w = world_new(true, false);
		w.frontend.faces = by ? NORMALISE_SPEAKER : NORMALISE_CORPUS;
		world_fit(&w);
		double mean[2] = { 0 };
		for (int i = 0; i < 4; i++) {
			Tensor steps = w.data[SPLIT_TEST].items[i].steps[MODALITY_FACE];
			for (int t = 0; t < steps.shape[0]; t++)
				mean[i % 2] += (double)tensor_row(steps, t).data[WHO] /
				               (2.0 * steps.shape[0]);
		}
		double apart = fabs(mean[1] - mean[0]);
		ck_assert_msg(
		        by ? fabs(apart - 1.25) < 0.1 : apart > 1.9, "%g apart", apart);
		ck_assert_int_eq(w.run.enrolled[SPLIT_TEST].speakers, by ? 2 : 0);
		world_free(&w);
	}
}
END_TEST

START_TEST(faces_of_other_numbers_are_refused)
{
	World w = world_new(true, false);
	world_fit(&w);
	static const char *const names[] = { "time", "mood" };
	Track other = track_of(w.arena, 0, 9, 9);
	other.names = names;
	Example example = w.data[SPLIT_TEST].items[0];
	ck_assert(!faces_steps(&w.frontend, &example, w.arena, &other,
	        (FaceTimes){ .speed = 1 }, &w.error));
	ASSERT_CONTAINS(w.error.text,
	        "expected a face with the numbers of the training, 2 from \"time\" to \"who\", found 2 from \"time\" to \"mood\"");
	world_free(&w);
}
END_TEST

/* Nobody has a face: there is nothing to learn; one lacks it: it is missing, as any other. */
START_TEST(faces_that_are_missing_are_missing)
{
	World w = world_new(true, false);
	w.corpus.face = NULL;
	ck_assert(
	        !frontend_fit(&w.frontend, w.data, w.arena, &w.corpus, &w.run, &w.error));
	ASSERT_CONTAINS(
	        w.error.text, "faces: no utterance of the train split has a face_track");
	static const char *const columns[] = { "face_track" };
	const char *path = arena_format(w.arena, "%s/face.csv", harness_directory());
	FILE *file = fopen(path, "w");
	fputs("timestamp,AU06_r\n0,1\n0.4,2\n0.8,1\n", file);
	fclose(file);
	w.corpus.extra_names = columns;
	w.corpus.extras = 1;
	for (int i = 0; i < CLIPS; i++) {
		const char **extra = ARENA_ARRAY(w.arena, const char *, 1);
		extra[0] = i == 5 ? "" : path;
		w.corpus.utterances[i].extra = extra;
	}
	world_fit(&w);
	ck_assert(example_has(&w.data[SPLIT_TEST].items[0], MODALITY_FACE));
	ck_assert(!example_has(&w.data[SPLIT_TEST].items[1], MODALITY_FACE));
	ck_assert(example_has(&w.data[SPLIT_TEST].items[1], MODALITY_SPEECH));
	world_free(&w);
}
END_TEST

TEST_MAIN("faces", faces_have_the_steps_of_the_sound, faces_of_a_copy_go_with_its_speed,
        faces_without_a_sound_have_steps_of_their_own,
        faces_of_a_part_of_a_film_begin_there, faces_in_a_gap_are_the_mean,
        faces_by_speaker_lose_who_it_is, faces_of_other_numbers_are_refused,
        faces_that_are_missing_are_missing)
