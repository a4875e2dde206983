/* The level of each speaker, worked by hand; and clips of a speaker who enrols first. */
#include "emotionnet/features/enrol.h"
#include "audio/mel/settings.h"
#include "tensor/elementary.h"
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 16000, MELS = 8, CLIPS = 6 };

/* Each speaker is louder than the last; clips of one differ a little. */
static Clip voice(Arena *arena, int index, double seconds)
{
	Clip clip = { .count = (int)(seconds * RATE), .rate = RATE };
	clip.samples = ARENA_ARRAY(arena, real, (size_t)clip.count);
	for (int n = 0; n < clip.count; n++)
		clip.samples[n] = (real)((0.05 + 0.03 * index) * double_sin(0.1 * n) +
		                         0.01 * double_sin(0.7 * n));
	return clip;
}

static bool sound(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)corpus;
	(void)error;
	*clip = voice(arena, index, 0.5 + 0.1 * index);
	return true;
}

/* Of a speaker with two such clips enough is heard. */
static bool long_sound(
        const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)corpus;
	(void)error;
	*clip = voice(arena, index, 16 + 0.1 * index);
	return true;
}

/* "ann" has three clips, "bob" two, and the last is nobody's. */
static Corpus corpus_new(Arena *arena, const char *const speakers[])
{
	Utterance *all = ARENA_ARRAY(arena, Utterance, 2 * CLIPS);
	for (int i = 0; i < 2 * CLIPS; i++)
		all[i] = (Utterance){ .id = "u",
			.speaker = speakers[i % CLIPS],
			.label = i % 2 ? "joy" : "anger",
			.text = "",
			.wav = "",
			.split = i < CLIPS ? SPLIT_TRAIN : SPLIT_TEST };
	return (Corpus){
		.source = "voices", .utterances = all, .count = 2 * CLIPS, .sound = sound
	};
}

static const char *const named[CLIPS] = { "ann", "bob", "ann", "ann", "bob", "" };

static Frontend choices(void)
{
	Frontend frontend = { .reads = { .has = { [MODALITY_SPEECH] = true } },
		.normalise = NORMALISE_SPEAKER,
		.frames = { .max_seconds = 20 },
		.vary = { .seed = 5 } };
	mel_preset(&frontend.frames.mel, "torchaudio");
	frontend.frames.mel.bands.count = MELS;
	return frontend;
}

typedef struct World {
	Arena *arena;
	Pool *pool;
	Corpus corpus;
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	FrontendRun run;
	Error error;
	bool fitted;
} World;

typedef bool Sound(
        const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error);

static World world_of(Frontend frontend, const char *const speakers[], Sound *heard)
{
	World w = { .arena = arena_new("test"), .pool = pool_new(2) };
	w.corpus = corpus_new(w.arena, speakers);
	w.corpus.sound = heard;
	w.frontend = frontend;
	w.run.pool = w.pool;
	w.fitted =
	        frontend_fit(&w.frontend, w.data, w.arena, &w.corpus, &w.run, &w.error);
	return w;
}

static World world_new(Frontend frontend, const char *const speakers[])
{
	return world_of(frontend, speakers, sound);
}

static void world_free(World *w)
{
	for (int split = 0; split < SPLIT_COUNT && w->fitted; split++)
		dataset_free(&w->data[split]);
	pool_free(w->pool);
	arena_free(w->arena);
}

static Tensor steps_of(const Example *example)
{
	return example->steps[MODALITY_SPEECH];
}

/* One number a step: ann 1, 3 and 5, 5 in 40 seconds; bob 10 in 15; nobody's 10 in 2. */
START_TEST(enrol_levels_are_those_worked_by_hand)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena, named);
	Frontend frontend = choices();
	static const real one[] = { 1, 3 }, two[] = { 5, 5 }, ten[] = { 10 };
	Example items[CLIPS + 1];
	for (int i = 0; i < CLIPS; i++)
		items[i] = (Example){ .utterance = i, .seconds = 20 };
	items[0].steps[MODALITY_SPEECH] = tensor_from(arena, one, 2, SHAPE(2, 1));
	items[1].steps[MODALITY_SPEECH] = tensor_from(arena, ten, 1, SHAPE(1, 1));
	items[1].seconds = 15;
	items[2].steps[MODALITY_SPEECH] = tensor_from(arena, two, 2, SHAPE(2, 1));
	items[3].steps[MODALITY_SPEECH] = (Tensor){ .ndim = 2, .shape = { 0, 1 } };
	items[4] = items[3]; /* bob's second clip has no sound */
	items[4].utterance = 4;
	items[5].steps[MODALITY_SPEECH] = tensor_from(arena, ten, 1, SHAPE(1, 1));
	items[5].seconds = 2;
	items[6] = items[1]; /* a copy of ann's first, far away: it does not count */
	items[6].utterance = 0;
	items[6].copy = 1;
	Dataset data = { .items = items, .count = CLIPS + 1 };
	Enrolment e = enrol(arena, &frontend, &data, &corpus, MODALITY_SPEECH);
	ck_assert_int_eq(e.speakers, 3);
	const int first[] = { 0, 2, 3, 4 };
	ck_assert_mem_eq(e.first, first, sizeof first);
	ck_assert_ptr_eq(e.clips[0], &items[0]);
	ck_assert_ptr_eq(e.clips[1], &items[2]);
	const int who[] = { 0, 1, 0, -1, -1, 2, 0 };
	ck_assert_mem_eq(e.who, who, sizeof who);
	ck_assert_int_eq(e.told.speakers, 1);
	ck_assert_int_eq(e.told.alone, 2); /* bob's one, and nobody's */
	ck_assert_int_eq(e.told.least, 2);
	ck_assert_int_eq(e.told.most, 2);
	ASSERT_CLOSE(e.told.seconds, 40, 1e-9, 0);
	const real mean = 4, scale = (real)0.5; /* the average voice: variance 4 */
	Level *levels = enrol_levels(arena, &e, steps_of, 1, (Level){ &mean, &scale });
	/* of 40 seconds the average counts nothing: (1 + 3 + 5 + 5) / 4; 6.25 .25 2.25 2.25 */
	ASSERT_CLOSE(levels[0].mean[0], 3.5, 1e-6, 0);
	ASSERT_CLOSE(levels[0].scale[0], 1 / sqrt(2.75), 1e-6, 0);
	/* of 15 it counts as 4 (1 - 15/30) = 2; what does not vary has the scale 1 */
	ASSERT_CLOSE(levels[1].mean[0], (15 * 10 + 2 * 4) / 17.0, 1e-5, 0);
	ASSERT_CLOSE(levels[1].scale[0], 1 / sqrt((15 * 1 + 2 * 4) / 17.0), 1e-6, 0);
	/* of 2 as 4 (1 - 2/30) = 56/15 */
	ASSERT_CLOSE(
	        levels[2].mean[0], (2 * 10 + 56 / 15.0 * 4) / (2 + 56 / 15.0), 1e-5, 0);
	arena_free(arena);
}
END_TEST

/* Mean 0 and deviation 1 over all frames of these clips, and not over those of one. */
static void check_level(const World *w, const int *indices, int count)
{
	double least = HUGE_VAL; /* mean of a band over one clip */
	for (int m = 0; m < MELS; m++) {
		double sum = 0, square = 0, n = 0;
		for (int i = 0; i < count; i++) {
			Tensor x = steps_of(&w->data[SPLIT_TRAIN].items[indices[i]]);
			double own = 0;
			for (int t = 0; t < x.shape[0]; t++, n++) {
				double value = (double)x.data[t * MELS + m];
				own += value;
				square += value * value;
			}
			sum += own;
			least = fmin(least, own / x.shape[0]);
		}
		ASSERT_CLOSE(sum / n, 0, 1e-3, 0);
		ASSERT_CLOSE(square / n, 1, 1e-2, 0);
	}
	ck_assert(least < -0.5);
}

START_TEST(enrol_speakers_are_brought_to_one_level)
{
	World w = world_of(choices(), named, long_sound);
	ck_assert(w.fitted);
	check_level(&w, (int[]){ 0, 2, 3 }, 3);
	check_level(&w, (int[]){ 1, 4 }, 2);
	world_free(&w);
}
END_TEST

/* Copies are levelled with their clip, and change nothing in the level. */
START_TEST(enrol_copies_are_levelled_as_their_clip)
{
	World plain = world_of(choices(), named, long_sound);
	Frontend frontend = choices();
	frontend.vary.copies = 1;
	frontend.vary.gain = 20;
	World varied = world_of(frontend, named, long_sound);
	ck_assert(plain.fitted && varied.fitted);
	for (int i = 0; i < CLIPS - 1; i++) { /* the last leans to the average voice */
		ASSERT_TENSOR_SAME(steps_of(&plain.data[SPLIT_TRAIN].items[i]),
		        steps_of(&varied.data[SPLIT_TRAIN].items[i]));
		const Example *copy = &varied.data[SPLIT_TRAIN].items[CLIPS + i];
		ck_assert_ptr_eq(copy->mean, varied.data[SPLIT_TRAIN].items[i].mean);
	}
	ck_assert_int_eq(varied.run.remarks.of[REMARK_ALONE], 2); /* one a split */
	Enrolled told = varied.run.enrolled[SPLIT_TEST];
	ck_assert_int_eq(told.speakers, 2);
	ck_assert_int_eq(told.least, 2);
	ck_assert_int_eq(told.most, 3);
	ck_assert_int_eq(told.alone, 1);
	world_free(&plain);
	world_free(&varied);
}
END_TEST

START_TEST(enrol_split_where_nobody_has_two_clips_is_refused)
{
	static const char *const nobody[CLIPS] = { "", "", "", "", "", "" };
	static const char *const each[CLIPS] = { "a", "b", "c", "d", "e", "f" };
	for (int k = 0; k < 2; k++) {
		World w = world_new(choices(), k ? each : nobody);
		ck_assert(!w.fitted);
		ASSERT_CONTAINS(
		        w.error.text, "voices: nobody in the train split has two clips");
		world_free(&w);
	}
}
END_TEST

/* A clip with reference clips is what it is in a split with the same clips. */
START_TEST(enrol_reference_gives_the_answer_of_the_corpus)
{
	static const char *const one[CLIPS] = { "ann", "ann", "ann", "ann", "ann",
		"ann" };
	World w = world_new(choices(), one);
	ck_assert(w.fitted);
	Reference clips[CLIPS];
	for (int i = 0; i + 1 < CLIPS; i++) { /* all but the first of the test */
		int index = CLIPS + 1 + i;
		clips[i] =
		        (Reference){ "r.wav", voice(w.arena, index, 0.5 + 0.1 * index) };
	}
	Dataset reference;
	Error error;
	ck_assert_msg(enrol_reference(
	                      &reference, w.arena, &w.frontend, clips, CLIPS - 1, &error),
	        "%s", error.text);
	w.frontend.reference = &reference;
	Clip own = voice(w.arena, CLIPS, 0.5 + 0.1 * CLIPS);
	Example example;
	Remarks remarks = { { 0 } };
	ck_assert(frontend_example(
	        &w.frontend, &example, w.arena, NULL, &own, &remarks, &error));
	/* the same sum, in another order */
	ASSERT_TENSOR_CLOSE(
	        steps_of(&example), steps_of(&w.data[SPLIT_TEST].items[0]), 1e-4, 1e-4);
	/* A noisy sound of it keeps that level. */
	Tensor before = tensor_clone(w.arena, steps_of(&example));
	frontend_resound(&w.frontend, &example, w.arena, own);
	ASSERT_TENSOR_SAME(steps_of(&example), before);
	world_free(&w);
}
END_TEST

START_TEST(enrol_lone_clip_and_useless_references_are_refused)
{
	World w = world_new(choices(), named);
	ck_assert(w.fitted);
	Clip own = voice(w.arena, 3, 1);
	Example example;
	Dataset reference;
	Remarks remarks = { { 0 } };
	Error error;
	ck_assert(!frontend_example(
	        &w.frontend, &example, w.arena, NULL, &own, &remarks, &error));
	ASSERT_CONTAINS(error.text,
	        "one clip alone tells too little of his voice. Hint: --reference CLIP...");
	Reference clip = { "r.wav", voice(w.arena, 1, 0.4) };
	ck_assert(!enrol_reference(&reference, w.arena, &w.frontend, &clip, 1, &error));
	ASSERT_CONTAINS(error.text, "expected 1 seconds of the speaker's voice at least");
	clip.clip = voice(w.arena, 1, 0.01);
	ck_assert(!enrol_reference(&reference, w.arena, &w.frontend, &clip, 1, &error));
	ASSERT_CONTAINS(error.text, "--reference r.wav: ");
	clip.clip = voice(w.arena, 1, 2);
	memset(clip.clip.samples, 0, sizeof(real) * (size_t)clip.clip.count);
	ck_assert(!enrol_reference(&reference, w.arena, &w.frontend, &clip, 1, &error));
	ASSERT_CONTAINS(error.text, "--reference r.wav: there is no voice in it");
	world_free(&w);
}
END_TEST

START_TEST(enrolled_print_says_whose_clips_were_read)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	Enrolled told = { .speakers = 2, .least = 3, .most = 5, .alone = 1 };
	enrolled_print(out, &(Enrolled){ .speakers = 0 });
	enrolled_print_json(out, &(Enrolled){ .speakers = 0 });
	enrolled_print(out, &told);
	told.least = 5;
	enrolled_print(out, &told);
	enrolled_print(out, &(Enrolled){ .speakers = 1,
	                            .least = 3,
	                            .most = 3,
	                            .reference = 2,
	                            .seconds = 9.14 });
	told.seconds = 2.5;
	enrolled_print_json(out, &told);
	ck_assert_int_eq(fclose(out), 0);
	ck_assert_str_eq(text,
	        "normalised by speaker: each speaker's own 3 to 5 clips of the split, without their labels, were read first (enrolment)\n"
	        "normalised by speaker: each speaker's own 5 clips of the split, without their labels, were read first (enrolment)\n"
	        "normalised by speaker: 2 reference clips and the 1 to be judged, 9.1 seconds of one speaker, without their labels, were read first (enrolment)\n"
	        "Note: the answer is safer with 30 seconds or more, in several emotions.\n"
	        ",\"enrolment\":{\"speakers\":2,\"clips\":[5,5],\"alone\":1,\"reference\":0,\"seconds\":2.500000}");
	free(text);
}
END_TEST

TEST_MAIN("enrol", enrol_levels_are_those_worked_by_hand,
        enrol_speakers_are_brought_to_one_level, enrol_copies_are_levelled_as_their_clip,
        enrol_split_where_nobody_has_two_clips_is_refused,
        enrol_reference_gives_the_answer_of_the_corpus,
        enrol_lone_clip_and_useless_references_are_refused,
        enrolled_print_says_whose_clips_were_read)
