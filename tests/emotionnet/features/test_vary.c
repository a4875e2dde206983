/* Copies of the training clips, and the ways to level and to trim: the same on any
 * number of threads. */
#include "emotionnet/features/frontend.h"
#include "audio/mel/settings.h"

#include "audio/mel/normalise.h"
#include "tests/support/harness.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000, UTTERANCES = 7, MELS = 8, QUIET = RATE / 2 };

/* A voice of half a second after half a second of silence, longer and louder for each;
 * the fourth has none. */
static bool voice(const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	(void)corpus;
	(void)error;
	*clip = (Clip){ .count = QUIET + RATE / 2 + 800 * index, .rate = RATE };
	clip->samples = ARENA_ARRAY(arena, real, (size_t)clip->count);
	for (int n = QUIET; n < clip->count; n++)
		clip->samples[n] = (real)((0.02 + 0.03 * index) * sin(0.1 * n) +
		                          0.01 * sin(0.7 * n));
	return true;
}

static bool broken(
        const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error)
{
	if (index == 1)
		return error_set(error, "cannot be read");
	return voice(corpus, index, arena, clip, error);
}

static const char *const extra_names[] = { "word_times" };
static const char *const times[] = { "0.50-0.70 0.75-0.95" };

static Corpus corpus_new(Arena *arena)
{
	static const char *const speakers[] = { "1", "1", "2", "", "2", "3", "4" };
	Utterance *all = ARENA_ARRAY(arena, Utterance, UTTERANCES);
	for (int i = 0; i < UTTERANCES; i++)
		all[i] = (Utterance){ .id = "u",
			.speaker = speakers[i],
			.label = i % 2 ? "joy" : "anger",
			.text = "good day",
			.wav = "",
			.split = i < 5   ? SPLIT_TRAIN
			         : i < 6 ? SPLIT_VALIDATION
			                 : SPLIT_TEST,
			.extra = times };
	return (Corpus){ .source = "voices",
		.utterances = all,
		.count = UTTERANCES,
		.extra_names = extra_names,
		.extras = 1,
		.sound = voice };
}

static Frontend choices(void)
{
	Frontend frontend = {
		.reads = { .has = { [MODALITY_TEXT] = true, [MODALITY_SPEECH] = true } },
		.min_count = 1,
		.max_words = 10,
		.frames = { .max_seconds = 10 },
		.vary = { .seed = 5 },
	};
	mel_preset(&frontend.frames.mel, "torchaudio");
	frontend.frames.mel.bands.count = MELS;
	frontend.frames.mel.stft.hop = 160;
	return frontend;
}

typedef struct Fitted {
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	FrontendRun run;
} Fitted;

static Fitted fit(Arena *arena, Frontend frontend, const Corpus *corpus, int threads)
{
	Pool *pool = pool_new(threads);
	Fitted fitted = { .frontend = frontend,
		.run = { .pool = pool, .skip_bad = true } };
	Error error;
	ck_assert_msg(frontend_fit(&fitted.frontend, fitted.data, arena, corpus,
	                      &fitted.run, &error),
	        "%s", error.text);
	pool_free(pool);
	return fitted;
}

static void fitted_free(Fitted *fitted)
{
	for (int split = 0; split < SPLIT_COUNT; split++)
		dataset_free(&fitted->data[split]);
}

static Tensor sound_of(const Fitted *fitted, Split split, int index)
{
	return fitted->data[split].items[index].steps[MODALITY_SPEECH];
}

START_TEST(copies_are_of_the_training_split_and_the_same_on_any_threads)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	Frontend frontend = choices();
	frontend.vary = (VarySettings){
		.copies = 2, .noise = 10, .speed = 0.1, .gain = 6, .seed = 5
	};
	Fitted one = fit(arena, frontend, &corpus, 1),
	       four = fit(arena, frontend, &corpus, 4);
	const Dataset *training = &one.data[SPLIT_TRAIN];
	ck_assert_int_eq(training->count, 15);
	ck_assert_int_eq(one.data[SPLIT_VALIDATION].count, 1);
	ck_assert_int_eq(one.data[SPLIT_TEST].count, 1);
	for (int i = 0; i < training->count; i++) {
		const Example *example = &training->items[i];
		ck_assert_int_eq(example->copy, i / 5);
		ck_assert_int_eq(example->original, i % 5);
		ck_assert_int_eq(example->label, training->items[i % 5].label);
		ASSERT_TENSOR_SAME(
		        sound_of(&one, SPLIT_TRAIN, i), sound_of(&four, SPLIT_TRAIN, i));
	}
	frontend.vary.seed = 6;
	Fitted other = fit(arena, frontend, &corpus, 1);
	Tensor a = sound_of(&one, SPLIT_TRAIN, 5), b = sound_of(&other, SPLIT_TRAIN, 5);
	ck_assert(
	        a.shape[0] != b.shape[0] || memcmp(a.data, b.data, sizeof(real) * MELS));
	fitted_free(&one);
	fitted_free(&four);
	fitted_free(&other);
	arena_free(arena);
}
END_TEST

/* Faster by f: 1/f as many frames, and the words f times as early. */
START_TEST(copies_faster_are_shorter_and_their_words_earlier)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	Frontend frontend = choices();
	frontend.vary.copies = 1;
	frontend.vary.speed = 0.4;
	Fitted fitted = fit(arena, frontend, &corpus, 2);
	bool differ = false;
	for (int i = 0; i < 5; i++) {
		double speed = vary_speed(&frontend.vary, i, 1);
		ck_assert(speed >= 0.6 && speed <= 1.4);
		const Example *as_it_is = &fitted.data[SPLIT_TRAIN].items[i];
		const Example *copy = &fitted.data[SPLIT_TRAIN].items[5 + i];
		ASSERT_CLOSE(copy->steps[MODALITY_SPEECH].shape[0],
		        as_it_is->steps[MODALITY_SPEECH].shape[0] / speed, 1.01, 0);
		ck_assert_int_eq(as_it_is->spans[0], 50);
		ck_assert_int_eq(copy->spans[0], (int)(50 / speed));
		differ |= fabs(speed - vary_speed(&frontend.vary, 0, 1)) > 0.05;
	}
	ck_assert(differ);
	fitted_free(&fitted);
	arena_free(arena);
}
END_TEST

START_TEST(vary_noise_and_gain_are_within_what_was_asked)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	Clip clip;
	ck_assert(voice(&corpus, 2, arena, &clip, NULL));
	double power = 0;
	for (int n = 0; n < clip.count; n++)
		power += (double)clip.samples[n] * (double)clip.samples[n];
	for (int copy = 1; copy < 6; copy++) {
		VarySettings s = { .copies = 5, .noise = 10, .seed = 3 };
		Clip noisy = vary(arena, clip, &s, 2, copy);
		double noise = 0;
		for (int n = 0; n < clip.count; n++) {
			double d = (double)noisy.samples[n] - (double)clip.samples[n];
			noise += d * d;
		}
		double ratio = 10 * log10(power / noise);
		ck_assert_msg(ratio > 9.9 && ratio < 30.1, "%g dB", ratio);
		s = (VarySettings){ .copies = 5, .gain = 6, .seed = 3 };
		Clip loud = vary(arena, clip, &s, 2, copy);
		double factor = (double)loud.samples[QUIET + 15] /
		                (double)clip.samples[QUIET + 15];
		ck_assert(fabs(20 * log10(factor)) < 6.001);
	}
	arena_free(arena);
}
END_TEST

START_TEST(copies_of_what_cannot_be_read_are_left_out_with_it)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	corpus.sound = broken;
	Frontend frontend = choices();
	frontend.vary.copies = 2;
	frontend.vary.gain = 3;
	Fitted fitted = fit(arena, frontend, &corpus, 2);
	const Dataset *training = &fitted.data[SPLIT_TRAIN];
	ck_assert_int_eq(fitted.run.skipped, 1); /* named once */
	ck_assert_int_eq(training->count, 12);
	for (int i = 0; i < training->count; i++) {
		const Example *example = &training->items[i];
		ck_assert_int_eq(
		        training->items[example->original].utterance, example->utterance);
		ck_assert_int_eq(training->items[example->original].copy, 0);
	}
	fitted_free(&fitted);
	arena_free(arena);
}
END_TEST

/* 0.5 s of silence, of which 0.1 stay: the frames before the voice go, and the words
 * move with it. */
START_TEST(trim_takes_silence_off_and_moves_the_words)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	Frontend frontend = choices();
	Fitted whole = fit(arena, frontend, &corpus, 1);
	frontend.frames.trim = true;
	Fitted trimmed = fit(arena, frontend, &corpus, 1);
	for (int i = 0; i < 5; i++) {
		const Example *example = &trimmed.data[SPLIT_TRAIN].items[i];
		ASSERT_CLOSE(example->begin, 0.4, 0.03, 0);
		ASSERT_CLOSE(sound_of(&trimmed, SPLIT_TRAIN, i).shape[0],
		        sound_of(&whole, SPLIT_TRAIN, i).shape[0] - 100 * example->begin,
		        1.01, 0);
		ASSERT_CLOSE(example->spans[0], 50 - 100 * example->begin, 1.01, 0);
	}
	fitted_free(&whole);
	fitted_free(&trimmed);
	arena_free(arena);
}
END_TEST

START_TEST(normalise_running_is_that_of_the_frames_so_far)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	Frontend frontend = choices();
	frontend.normalise = NORMALISE_RUNNING;
	Fitted fitted = fit(arena, frontend, &corpus, 1);
	Clip clip;
	bool cut;
	ck_assert(voice(&corpus, 2, arena, &clip, NULL));
	Tensor expected = frames_of_clip(arena, clip, &fitted.frontend.frames, &cut);
	Moments moments = moments_new(arena, MELS);
	normalise_running(&moments, expected, 300); /* 3 s of frames */
	ASSERT_TENSOR_SAME(sound_of(&fitted, SPLIT_TRAIN, 2), expected);
	fitted_free(&fitted);
	arena_free(arena);
}
END_TEST

START_TEST(unknown_share_counts_tokens)
{
	Arena *arena = arena_new("test");
	Corpus corpus = corpus_new(arena);
	corpus.utterances[5].text = "good night my day";
	corpus.utterances[6].text = "";
	Frontend frontend = choices();
	frontend.vary.copies = 1;
	frontend.vary.gain = 3;
	Fitted fitted = fit(arena, frontend, &corpus, 1);
	ASSERT_CLOSE(frontend_unknown_share(&fitted.data[SPLIT_TRAIN]), 0, 0, 0);
	ASSERT_CLOSE(frontend_unknown_share(&fitted.data[SPLIT_VALIDATION]), 0.5, 0, 0);
	ck_assert(isnan(frontend_unknown_share(&fitted.data[SPLIT_TEST])));
	fitted_free(&fitted);
	arena_free(arena);
}
END_TEST

TEST_MAIN("vary", copies_are_of_the_training_split_and_the_same_on_any_threads,
        copies_faster_are_shorter_and_their_words_earlier,
        vary_noise_and_gain_are_within_what_was_asked,
        copies_of_what_cannot_be_read_are_left_out_with_it,
        trim_takes_silence_off_and_moves_the_words,
        normalise_running_is_that_of_the_frames_so_far, unknown_share_counts_tokens)
