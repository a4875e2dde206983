#include "tensor/elementary.h"
#include "audio/mel/settings.h"
#include "emotionnet/features/frontend.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000 };

/* A tone whose pitch and loudness belong to the utterance: 0.3 s, 0.4 s, ... */
static bool tone(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	if (corpus->utterances[index].speaker[0] == '!')
		return error_set(
		        error, "the voice of %s is gone", corpus->utterances[index].id);
	*clip = (Clip){ .count = RATE * (3 + index) / 10, .rate = RATE };
	clip->samples = ARENA_ARRAY(arena, real, (size_t)clip->count);
	for (int i = 0; i < clip->count; i++)
		clip->samples[i] =
		        (real)(0.1 * (index + 1) * sin(0.05 * (index + 1) * i));
	return true;
}

static const char *const extra_names[] = { "word_times" };
static const char *const spoken[] = { "0.10-0.15 0.15-0.30" };
static const char *const unknown[] = { "" };

static Utterance utterances[] = {
	{ .id = "a",
	        .speaker = "1",
	        .label = "joy",
	        .text = "good day",
	        .wav = "",
	        .split = SPLIT_TRAIN,
	        .extra = spoken },
	{ .id = "b",
	        .speaker = "1",
	        .label = "anger",
	        .text = "bad day",
	        .wav = "",
	        .split = SPLIT_TRAIN,
	        .extra = unknown },
	{ .id = "c",
	        .speaker = "2",
	        .label = "joy",
	        .text = "good night",
	        .wav = "",
	        .split = SPLIT_VALIDATION,
	        .extra = unknown },
	{ .id = "d",
	        .speaker = "3",
	        .label = "anger",
	        .text = "",
	        .wav = "",
	        .split = SPLIT_TEST,
	        .extra = unknown },
};

static Corpus tones(void)
{
	return (Corpus){ .source = "tones",
		.utterances = utterances,
		.count = 4,
		.extra_names = extra_names,
		.extras = 1,
		.sound = tone };
}

static Frontend choices(void)
{
	Frontend frontend = {
		.reads = { .has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true } },
		.min_count = 1,
		.max_words = 10,
		.frames = { .max_seconds = 10 }
	};
	mel_preset(&frontend.frames.mel, "torchaudio");
	frontend.frames.mel.bands.count = 8;
	frontend.frames.mel.stft.hop = 160;
	return frontend;
}

START_TEST(frontend_learns_from_the_training_split_alone)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(2);
	Corpus corpus = tones();
	Frontend frontend = choices();
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Error error;
	ck_assert_msg(frontend_fit(&frontend, data, arena, &corpus, &run, &error), "%s",
	        error.text);
	ck_assert_int_eq(frontend.labels.count, 2);
	ck_assert_str_eq(frontend.labels.names[0], "anger");
	ck_assert_int_eq(
	        vocabulary_id(&frontend.vocabulary, "night"), VOCABULARY_UNKNOWN);
	ck_assert_int_ne(vocabulary_id(&frontend.vocabulary, "day"), VOCABULARY_UNKNOWN);

	/* Over the training frames every band has mean 0 and deviation 1. */
	for (int m = 0; m < 8; m++) {
		double sum = 0, square = 0, n = 0;
		for (int i = 0; i < data[SPLIT_TRAIN].count; i++) {
			Tensor frames = data[SPLIT_TRAIN].items[i].steps[MODALITY_SPEECH];
			for (int t = 0; t < frames.shape[0]; t++, n++) {
				double x = (double)frames.data[t * 8 + m];
				sum += x;
				square += x * x;
			}
		}
		ASSERT_CLOSE(sum / n, 0, 1e-4, 0);
		ASSERT_CLOSE(square / n, 1, 1e-3, 0);
	}
	/* Words are where word_times says: "good" from 0.10 s is frame 10. */
	const Example *a = &data[SPLIT_TRAIN].items[0];
	ck_assert_int_eq(a->words, 2);
	ck_assert_int_eq(a->spans[0], 10);
	ck_assert_int_eq(a->spans[1], 16);
	ck_assert_int_eq(a->spans[3], a->steps[MODALITY_SPEECH].shape[0]);
	/* Without them each word has an even share. */
	const Example *b = &data[SPLIT_TRAIN].items[1];
	ck_assert_int_eq(b->spans[0], 0);
	ck_assert_int_eq(b->spans[2], b->steps[MODALITY_SPEECH].shape[0] / 2);
	/* No text: no words. */
	ck_assert_int_eq(data[SPLIT_TEST].items[0].words, 0);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

/* Known are the n-grams of the training texts alone, to each word its own. */
START_TEST(frontend_reads_ngrams_word_by_word)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	Corpus corpus = tones();
	Frontend frontend = choices();
	frontend.ngrams = (NgramSettings){ .words = 2, .letters = 3 };
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Error error;
	ck_assert_msg(frontend_fit(&frontend, data, arena, &corpus, &run, &error), "%s",
	        error.text);
	const Vocabulary *known = &frontend.vocabulary;
	static const char *const expected[] = { "good", "~<go", "~goo", "~ood", "~od>",
		"day", "good day", "~<da", "~day", "~ay>" };
	const Example *a = &data[SPLIT_TRAIN].items[0]; /* good day */
	ck_assert_int_eq(a->words, 2);
	ck_assert_int_eq(a->gram_ends[0], 5);
	ck_assert_int_eq(a->gram_ends[1], 10);
	ck_assert_int_eq(a->ids[0], vocabulary_id(known, "good"));
	for (int k = 0; k < 10; k++)
		ck_assert_str_eq(known->words.names[a->grams[k]], expected[k]);
	/* "good night": of night, which training never read, nothing is known */
	const Example *c = &data[SPLIT_VALIDATION].items[0];
	ck_assert_int_eq(c->gram_ends[0], 5);
	ck_assert_int_eq(c->gram_ends[1], 5);
	ck_assert_int_eq(c->ids[1], VOCABULARY_UNKNOWN);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(frontend_long_clip_is_cut_and_counted)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	Corpus corpus = tones();
	Frontend frontend = choices();
	frontend.frames.max_seconds = 0.45; /* the clips have 0.3 to 0.6 s */
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	ck_assert(frontend_fit(&frontend, data, arena, &corpus, &run, NULL));
	ck_assert_int_eq(run.remarks.of[REMARK_CUT], 2);
	ck_assert_int_eq(data[SPLIT_TEST].items[0].steps[MODALITY_SPEECH].shape[0], 46);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(frontend_sound_that_cannot_be_read_is_named_or_skipped)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(2);
	Corpus corpus = tones();
	utterances[1].speaker = "!"; /* each test is a process of its own */
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Frontend frontend = choices();
	Error error;
	ck_assert(!frontend_fit(&frontend, data, arena, &corpus, &run, &error));
	ASSERT_CONTAINS(error.text, "tones:0: utterance \"b\": the voice of b is gone");
	ASSERT_CONTAINS(error.text, "--skip-bad");
	run.skip_bad = true;
	frontend = choices();
	ck_assert(frontend_fit(&frontend, data, arena, &corpus, &run, &error));
	ck_assert_int_eq(run.skipped, 1);
	ck_assert_int_eq(data[SPLIT_TRAIN].count, 1);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(frontend_label_that_training_never_saw_is_named)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	Corpus corpus = tones();
	utterances[3].label = "envy";
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	Frontend frontend = choices();
	Error error;
	ck_assert(!frontend_fit(&frontend, data, arena, &corpus, &run, &error));
	ASSERT_CONTAINS(error.text,
	        "the label \"envy\" of \"d\" is not one that the model knows");
	pool_free(pool);
	arena_free(arena);
}
END_TEST

/* One utterance by itself is what it is in a corpus. */
START_TEST(frontend_example_is_that_of_the_dataset)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	Corpus corpus = tones();
	Frontend frontend = choices();
	Dataset data[SPLIT_COUNT];
	FrontendRun run = { .pool = pool };
	ck_assert(frontend_fit(&frontend, data, arena, &corpus, &run, NULL));
	Clip clip;
	Example example;
	ck_assert(tone(&corpus, 2, arena, &clip, NULL));
	Remarks remarks = { { 0 } };
	Error error;
	ck_assert(frontend_example(
	        &frontend, &example, arena, "good night", &clip, &remarks, &error));
	const Example *same = &data[SPLIT_VALIDATION].items[0];
	ASSERT_TENSOR_SAME(example.steps[MODALITY_SPEECH], same->steps[MODALITY_SPEECH]);
	ck_assert_int_eq(example.words, same->words);
	ck_assert_mem_eq(example.ids, same->ids, sizeof(int) * (size_t)same->words);
	ck_assert_mem_eq(
	        example.spans, same->spans, 2 * sizeof(int) * (size_t)same->words);
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&data[split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

/* Of two training clips each number is 1 or -1 where they differ, else 0; nothing is NaN,
 * and alone they are what they are beside frames. */
START_TEST(frontend_functionals_are_levelled_over_the_training_split)
{
	Arena *arena = arena_new("test");
	Pool *pool = pool_new(1);
	Corpus corpus = tones();
	Dataset data[2][SPLIT_COUNT];
	Frontend frontend[2];
	for (int alone = 0; alone < 2; alone++) {
		FrontendRun run = { .pool = pool };
		frontend[alone] = choices();
		frontend[alone].frames.hears = alone ? HEARS_FUNCTIONALS : HEARS_BOTH;
		/* their own normalisation is not that of frames */
		frontend[alone].normalise = NORMALISE_UTTERANCE;
		ck_assert(frontend_fit(
		        &frontend[alone], data[alone], arena, &corpus, &run, NULL));
	}
	const Example *items = data[0][SPLIT_TRAIN].items;
	int K = functionals_count(), told = 0;
	ck_assert_int_eq(data[0][SPLIT_TRAIN].whole, K);
	ck_assert_int_eq(data[1][SPLIT_TRAIN].whole, 0);
	ck_assert_int_eq(data[1][SPLIT_TRAIN].width[MODALITY_SPEECH], K);
	for (int k = 0; k < K; k++) {
		double a = (double)items[0].whole.data[k];
		ASSERT_CLOSE((double)items[1].whole.data[k], -a, 1e-2, 0);
		told += fabs(fabs(a) - 1) < 1e-2;
	}
	ck_assert_int_gt(told, K / 2);
	for (int split = 0; split < SPLIT_COUNT; split++)
		for (int i = 0; i < data[0][split].count; i++) {
			Tensor whole = data[0][split].items[i].whole;
			Tensor step = data[1][split].items[i].steps[MODALITY_SPEECH];
			ASSERT_TENSOR_SAME(whole, step);
			for (int k = 0; k < K; k++)
				ck_assert(
				        fabs((double)whole.data[k]) <= FUNCTIONALS_MOST);
		}
	Clip clip;
	Example example;
	Remarks remarks = { { 0 } };
	Error error;
	ck_assert(tone(&corpus, 2, arena, &clip, NULL));
	ck_assert(frontend_example(
	        &frontend[0], &example, arena, NULL, &clip, &remarks, &error));
	ASSERT_TENSOR_SAME(example.whole, data[0][SPLIT_VALIDATION].items[0].whole);
	for (int alone = 0; alone < 2; alone++)
		for (int split = 0; split < SPLIT_COUNT; split++)
			dataset_free(&data[alone][split]);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(functionals_tame_leaves_nothing_wild)
{
	Arena *arena = arena_new("test");
	Tensor x = tensor_from(
	        arena, ((const real[]){ (real)NAN, 9, -9, 2 }), 4, SHAPE(1, 4));
	functionals_tame(x);
	Tensor expected =
	        tensor_from(arena, ((const real[]){ 0, 5, -5, 2 }), 4, SHAPE(1, 4));
	ASSERT_TENSOR_SAME(x, expected);
	arena_free(arena);
}
END_TEST

START_TEST(frames_normalise_over_utterance_forgets_level)
{
	Arena *arena = arena_new("test");
	Tensor frames =
	        tensor_from(arena, ((const real[]){ 1, 10, 3, 10 }), 4, SHAPE(2, 2));
	frames_normalise(arena, frames, NORMALISE_UTTERANCE, NULL, NULL, 0);
	Tensor expected =
	        tensor_from(arena, ((const real[]){ -1, 0, 1, 0 }), 4, SHAPE(2, 2));
	ASSERT_TENSOR_CLOSE(frames, expected, 1e-6, 0);
	arena_free(arena);
}
END_TEST

/* Tones of 0.05 and 0.1 radians a sample: 127 and 255 Hz, all the way; then one that
 * climbs an octave. */
START_TEST(frames_pitch_is_that_of_the_tone)
{
	Arena *arena = arena_new("test");
	Corpus corpus = tones();
	FrameSettings settings = choices().frames;
	settings.pitch = true;
	ck_assert_int_eq(frames_width(&settings), 8 + FRAMES_PITCH);
	const char *const presets[] = { "torchaudio", "kaldi" };
	for (int p = 0; p < 2; p++) {
		mel_preset(&settings.mel, presets[p]);
		settings.mel.bands.count = 8;
		settings.plan = mel_plan(arena, &settings.mel, RATE);
		for (int i = 0; i < 2; i++) {
			Clip clip;
			Error error;
			bool cut;
			ck_assert(tone(&corpus, i, arena, &clip, &error));
			Tensor frames = frames_of_clip(arena, clip, &settings, &cut);
			double octaves = log2(0.05 * (i + 1) * RATE / (2 * PI) / 110);
			for (int t = 0; t < frames.shape[0]; t++) {
				const real *row =
				        frames.data + t * (8 + FRAMES_PITCH) + 8;
				ASSERT_CLOSE(row[0], octaves, 5e-3, 0);
				ASSERT_CLOSE(row[1], 0, 5e-3, 0);
				ASSERT_CLOSE(row[2], 1, 1e-2, 0);
			}
		}
	}
	arena_free(arena);
}
END_TEST

/* From 110 Hz to 220 Hz in a second: each frame has the pitch of its own middle, so
 * contour and level rise alike. */
START_TEST(frames_pitch_follows_a_glide)
{
	Arena *arena = arena_new("test");
	FrameSettings settings = choices().frames;
	settings.pitch = true;
	settings.plan = mel_plan(arena, &settings.mel, RATE);
	Clip clip = { .count = RATE, .rate = RATE };
	clip.samples = ARENA_ARRAY(arena, real, RATE);
	double phase = 0;
	for (int n = 0; n < RATE; n++) {
		phase += 2 * PI * 110 * exp2((double)n / RATE) / RATE;
		clip.samples[n] = (real)(0.3 * sin(phase));
	}
	bool cut;
	Tensor frames = frames_of_clip(arena, clip, &settings, &cut);
	ck_assert_int_eq(frames.shape[0], 101);
	for (int t = 5; t <= 95; t++) {
		const real *row = frames.data + t * (8 + FRAMES_PITCH) + 8;
		ASSERT_CLOSE(row[0], t / 100.0, 0.02, 0);
		ASSERT_CLOSE(row[1], t / 100.0 - 0.5, 0.02, 0);
	}
	/* Silence has no pitch. */
	for (int n = 0; n < RATE; n++)
		clip.samples[n] = 0;
	frames = frames_of_clip(arena, clip, &settings, &cut);
	for (int t = 0; t < frames.shape[0]; t++)
		for (int k = 0; k < FRAMES_PITCH; k++)
			ASSERT_CLOSE(
			        frames.data[t * (8 + FRAMES_PITCH) + 8 + k], 0, 0, 0);
	arena_free(arena);
}
END_TEST

TEST_MAIN("frontend", frontend_learns_from_the_training_split_alone,
        frontend_reads_ngrams_word_by_word, frontend_long_clip_is_cut_and_counted,
        frontend_sound_that_cannot_be_read_is_named_or_skipped,
        frontend_label_that_training_never_saw_is_named,
        frontend_example_is_that_of_the_dataset,
        frontend_functionals_are_levelled_over_the_training_split,
        functionals_tame_leaves_nothing_wild,
        frames_normalise_over_utterance_forgets_level, frames_pitch_is_that_of_the_tone,
        frames_pitch_follows_a_glide)
