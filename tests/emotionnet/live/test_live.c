#include "emotionnet/live/live.h"
#include "emotionnet/encoder_causal.h"
#include "emotionnet/train/evaluate.h"
#include "tests/support/harness.h"
#include "tests/support/listener.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000, CLASSES = LISTENER_CLASSES, MOST_ANSWERS = 64 };

static const Listener kinds[] = {
	{ &encoder_cnn_causal, "middle", true, false, NORMALISE_RUNNING },
	{ &encoder_cnn_causal, "late", true, true, NORMALISE_CORPUS },
	{ &encoder_lstm_causal, "middle", true, false, NORMALISE_RUNNING },
	{ &encoder_lstm_causal, "alignment", true, true, NORMALISE_RUNNING },
	{ &encoder_cnn_causal, "early", true, true, NORMALISE_RUNNING },
	{ &encoder_frames_cnn, "middle", false, false, NORMALISE_UTTERANCE },
};
enum { KINDS = sizeof kinds / sizeof kinds[0], STREAMING = 5 };

/* What the model says of a whole clip, as predict does. */
static Tensor batch_of(Arena *arena, const Checkpoint *model, Clip clip, const char *text)
{
	Remarks remarks = { { 0 } };
	Example example;
	Error error;
	double begin;
	clip = frames_trim(arena, clip, &model->frontend.frames, &begin);
	ck_assert_msg(frontend_example(&model->frontend, &example, arena, text, &clip,
	                      &remarks, &error),
	        "%s", error.text);
	Dataset one = { .items = &example, .count = 1 };
	frontend_widths(&model->frontend, &one);
	Shards *shards = model_shards(arena, NULL, &model->params, &model->config, 1);
	Tensor p = predict_all(arena, shards, &one, CLASSES, NULL);
	shards_free(shards);
	return tensor_reshape(p, SHAPE(CLASSES));
}

typedef struct Answers {
	int count;
	LiveAnswer of[MOST_ANSWERS];
	real p[MOST_ANSWERS][CLASSES];
} Answers;

static void collect(Answers *answers, Live *live)
{
	LiveAnswer answer;
	while (live_next(live, &answer)) {
		ck_assert_int_lt(answers->count, MOST_ANSWERS);
		memcpy(answers->p[answers->count], answer.probabilities,
		        sizeof answers->p[0]);
		answers->of[answers->count++] = answer;
	}
}

/* All answers to a clip that comes in blocks of `block` samples. */
static Answers listen(const Checkpoint *models, int count, LiveSettings settings,
        Clip clip, int block, const char *text)
{
	static const char *const paths[] = { "a.safetensors", "b.safetensors" };
	Ensemble ensemble = {
		.models = (Checkpoint *)(uintptr_t)models, .paths = paths, .count = count
	};
	Answers answers = { 0 };
	Error error;
	settings.rate = clip.rate;
	Live *live = live_new(&ensemble, &settings, &error);
	ck_assert_msg(live != NULL, "%s", error.text);
	for (int at = 0; at < clip.count;) {
		int left = clip.count - at, size = left < block ? left : block;
		while (size > 0) {
			int taken = live_sound(live, clip.samples + at, size);
			at += taken;
			size -= taken;
			if (text && live_speaking(live))
				ck_assert(live_text(live, text, &error));
			text = live_speaking(live) ? NULL : text;
			collect(&answers, live);
		}
	}
	live_end(live);
	collect(&answers, live);
	live_free(live);
	return answers;
}

static LiveSettings whole(void)
{
	LiveSettings settings = live_defaults();
	settings.end = 0;
	return settings;
}

static void assert_same(const Answers *a, const Answers *b)
{
	ck_assert_int_eq(a->count, b->count);
	for (int i = 0; i < a->count; i++) {
		ck_assert_mem_eq(a->p[i], b->p[i], sizeof a->p[i]);
		ck_assert_int_eq(a->of[i].final, b->of[i].final);
		ck_assert_int_eq(a->of[i].turn, b->of[i].turn);
		ck_assert(a->of[i].heard >= b->of[i].heard &&
		          a->of[i].heard <= b->of[i].heard);
		ck_assert(a->of[i].received >= b->of[i].received &&
		          a->of[i].received <= b->of[i].received);
	}
}

static const int blocks[] = { 1, 7, 160, 441, 4096, 1 << 20 };
enum { BLOCKS = sizeof blocks / sizeof blocks[0] };

START_TEST(whole_clip_in_blocks_of_any_size_is_the_batch_to_the_bit)
{
	for (int k = 0; k < KINDS; k++) {
		Arena *arena = arena_new("test");
		Checkpoint model = listener_model(arena, kinds[k]);
		Clip clip = listener_silence(arena, RATE, 1.537);
		listener_speak(&clip, 0.1, 1.5);
		Tensor expected = batch_of(arena, &model, clip, NULL);
		Answers first = { 0 };
		for (int b = 0; b < BLOCKS; b++) {
			Answers answers =
			        listen(&model, 1, whole(), clip, blocks[b], NULL);
			ck_assert_int_eq(answers.count, 7); /* six provisional */
			ck_assert(answers.of[6].final && !answers.of[5].final);
			ck_assert_mem_eq(
			        answers.p[6], expected.data, sizeof answers.p[6]);
			if (b)
				assert_same(&answers, &first);
			else
				first = answers;
		}
		ck_assert_mem_ne(first.p[0], first.p[6], sizeof first.p[0]);
		arena_free(arena);
	}
}
END_TEST

START_TEST(other_rates_are_resampled_to_the_bit)
{
	static const int rates[] = { 8000, 44100, 48000 };
	for (int r = 0; r < 3; r++) {
		Arena *arena = arena_new("test");
		Checkpoint model = listener_model(arena, kinds[0]);
		Clip clip = listener_silence(arena, rates[r], 0.9);
		listener_speak(&clip, 0.1, 0.8);
		Tensor expected = batch_of(arena, &model, clip, NULL);
		for (int b = 1; b < BLOCKS; b++) {
			Answers answers =
			        listen(&model, 1, whole(), clip, blocks[b], NULL);
			ck_assert(answers.of[answers.count - 1].final);
			ck_assert_mem_eq(answers.p[answers.count - 1], expected.data,
			        sizeof answers.p[0]);
		}
		arena_free(arena);
	}
}
END_TEST

/* A provisional answer is that of a clip that ends where it has heard to. */
START_TEST(each_answer_rests_on_what_it_says)
{
	for (int k = 0; k < STREAMING; k++) {
		Arena *arena = arena_new("test");
		Checkpoint model = listener_model(arena, kinds[k]);
		Clip clip = listener_silence(arena, RATE, 4);
		listener_speak(&clip, 0.5, 1.2);
		listener_speak(&clip, 1.45, 2.1);
		listener_speak(&clip, 3.2, 3.9);
		Answers answers = listen(&model, 1, live_defaults(), clip, 320, NULL);
		int finals = 0;
		for (int i = 0; i < answers.count; i++) {
			const LiveAnswer *a = &answers.of[i];
			int begin = (int)lround(a->begin * RATE);
			Clip part = { .samples = clip.samples + begin,
				.count = (int)lround(a->heard * RATE) - begin,
				.rate = RATE };
			Tensor expected = batch_of(arena, &model, part, NULL);
			ck_assert_mem_eq(
			        answers.p[i], expected.data, sizeof answers.p[i]);
			ck_assert(a->delay >= 0 && a->heard <= a->received);
			finals += a->final;
		}
		ck_assert_int_eq(finals, 2);
		ck_assert_int_eq(answers.of[answers.count - 1].turn, 2);
		/* the pause within the first turn was no end; the margins stand */
		ASSERT_CLOSE(answers.of[0].begin, 0.3, 0.021, 0);
		for (int i = 0; i < answers.count; i++)
			if (answers.of[i].final && answers.of[i].turn == 1) {
				ASSERT_CLOSE(answers.of[i].heard, 2.3, 0.041, 0);
				ASSERT_CLOSE(answers.of[i].received, 2.8, 0.021, 0);
			}
		arena_free(arena);
	}
}
END_TEST

START_TEST(words_take_part_and_switches_leave_them_out)
{
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model(arena, kinds[3]);
	Clip clip = listener_silence(arena, RATE, 2);
	listener_speak(&clip, 0.3, 1.9);
	Answers with = listen(&model, 1, whole(), clip, 160, "bad day");
	Answers without = listen(&model, 1, whole(), clip, 160, NULL);
	const LiveAnswer *last = &with.of[with.count - 1];
	Tensor expected = batch_of(arena, &model, clip, "bad day");
	ck_assert(last->has.has[MODALITY_TEXT] && last->has.has[MODALITY_SPEECH]);
	ck_assert_mem_eq(with.p[with.count - 1], expected.data, sizeof with.p[0]);
	ck_assert_mem_ne(
	        with.p[with.count - 1], without.p[without.count - 1], sizeof with.p[0]);

	static const char *const path = "m.safetensors";
	Ensemble ensemble = { .models = &model, .paths = &path, .count = 1 };
	LiveSettings settings = live_defaults();
	Error error;
	LiveAnswer answer;
	Live *live = live_new(&ensemble, &settings, &error);
	ck_assert(live_text(live, "so glad", &error)); /* a turn by itself */
	ck_assert(live_next(live, &answer));
	ck_assert(answer.final && answer.turn == 1 && !answer.has.has[MODALITY_SPEECH]);
	ck_assert_str_eq(answer.text, "so glad");
	ck_assert(!live_next(live, &answer));
	live_switch(live, MODALITY_TEXT, false);
	ck_assert(live_text(live, "so glad", &error));
	ck_assert(!live_next(live, &answer)); /* nothing is left to answer from */
	live_switch(live, MODALITY_TEXT, true);
	ck_assert(!live_text(live, "\xff", &error));
	ASSERT_CONTAINS(error.text, "UTF-8");
	/* words that come after a turn belong to it */
	for (int at = 0; at < clip.count && !live_next(live, &answer);)
		at += live_sound(live, clip.samples + at, clip.count - at);
	live_end(live);
	while (live_next(live, &answer))
		;
	int turn = answer.turn;
	ck_assert(answer.final && !answer.has.has[MODALITY_TEXT]);
	ck_assert(live_text(live, "bad day", &error) && live_next(live, &answer));
	ck_assert(answer.turn == turn && answer.has.has[MODALITY_SPEECH]);
	live_free(live);
	arena_free(arena);
}
END_TEST

START_TEST(several_models_are_averaged_and_unsure_is_said)
{
	Arena *arena = arena_new("test");
	Checkpoint models[2] = { listener_model(arena, kinds[0]),
		listener_model(arena, kinds[5]) };
	Clip clip = listener_silence(arena, RATE, 1);
	listener_speak(&clip, 0.1, 0.9);
	LiveSettings settings = whole();
	settings.abstain = 0.999;
	Answers both = listen(models, 2, settings, clip, 500, NULL);
	Tensor a = batch_of(arena, &models[0], clip, NULL);
	Tensor b = batch_of(arena, &models[1], clip, NULL);
	const LiveAnswer *last = &both.of[both.count - 1];
	ck_assert_int_eq(last->models, 2);
	ck_assert(!last->sure);
	for (int c = 0; c < CLASSES; c++)
		ASSERT_CLOSE(
		        both.p[both.count - 1][c], (a.data[c] + b.data[c]) / 2, 0, 1e-6);
	arena_free(arena);
}
END_TEST

START_TEST(a_long_turn_is_cut_and_nothing_is_lost)
{
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model(arena, kinds[0]);
	Clip clip = listener_silence(arena, RATE, 3.5);
	listener_speak(&clip, 0, 3.5);
	LiveSettings settings = live_defaults();
	settings.longest = 1;
	Answers answers = listen(&model, 1, settings, clip, 333, NULL);
	double end = 0;
	for (int i = 0; i < answers.count; i++) {
		const LiveAnswer *a = &answers.of[i];
		if (a->turn > 1)
			ASSERT_CLOSE(
			        a->begin, a->turn - 1 + answers.of[0].begin, 1e-9, 0);
		end = a->heard;
	}
	ck_assert_int_eq(answers.of[answers.count - 1].turn, 4);
	ASSERT_CLOSE(end, 3.5, 0.04, 0);
	arena_free(arena);
}
END_TEST

/* The end may complete an answer that is due, or cut a turn that is as long as it may be; the
 * rest is answered all the same. */
START_TEST(each_end_has_its_final_answer)
{
	static const int rates[] = { 8000, 44100 };
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model(arena, kinds[0]);
	for (int r = 0; r < 2; r++)
		for (int ms = 1002; ms < 1100; ms += 7) {
			LiveSettings settings = whole();
			settings.longest = 1;
			settings.every = 0.05;
			Clip clip = listener_silence(arena, rates[r], ms / 1000.0);
			listener_speak(&clip, 0.1, 0.9);
			Answers answers = listen(&model, 1, settings, clip, 4096, NULL);
			const LiveAnswer *last = &answers.of[answers.count - 1];
			double end = ms / 1000.0 - 0.041;
			ck_assert_msg(last->final && last->heard >= end,
			        "%d Hz, %d ms: heard to %g", rates[r], ms, last->heard);
		}
	arena_free(arena);
}
END_TEST

START_TEST(noise_is_no_voice_and_silence_no_turn)
{
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model(arena, kinds[0]);
	Clip clip = listener_silence(arena, RATE, 8);
	ck_assert_int_eq(listen(&model, 1, live_defaults(), clip, 160, NULL).count, 0);
	for (int n = 0; n < clip.count; n++) /* 46 dB louder, from the first second on */
		clip.samples[n] *= n < RATE ? 1 : 30;
	Answers answers = listen(&model, 1, live_defaults(), clip, 160, NULL);
	/* a fan that is switched on is taken for a voice for some seconds at most */
	for (int i = 0; i < answers.count; i++)
		ck_assert(answers.of[i].heard < 7);
	arena_free(arena);
}
END_TEST

START_TEST(spectrogram_comes_frame_by_frame)
{
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model(arena, kinds[0]);
	Clip clip = listener_silence(arena, RATE, 12);
	static const char *const path = "m.safetensors";
	Ensemble ensemble = { .models = &model, .paths = &path, .count = 1 };
	LiveSettings settings = live_defaults();
	Error error;
	double seconds;
	Live *live = live_new(&ensemble, &settings, &error);
	live_sound(live, clip.samples, RATE);
	ck_assert_int_eq(live_spectrogram(live, &seconds).shape[0], 0);
	ck_assert_int_eq(live_sound(live, clip.samples, RATE), RATE);
	Tensor shown = live_spectrogram(live, &seconds);
	ASSERT_CLOSE(seconds, 1, 1e-9, 0);
	ck_assert_int_eq(shown.shape[0], 49);
	ck_assert_int_eq(shown.shape[1], LISTENER_MELS);
	live_sound(live, clip.samples, 10 * RATE);
	shown = live_spectrogram(live, &seconds);
	ck_assert_int_eq(shown.shape[0], LIVE_SHOWN);
	ASSERT_CLOSE(seconds, 1 + 0.02 * (549 - LIVE_SHOWN), 1e-9, 0);
	live_free(live);
	arena_free(arena);
}
END_TEST

START_TEST(what_cannot_listen_is_refused)
{
	Arena *arena = arena_new("test");
	static const char *const path = "m.safetensors";
	Checkpoint model = listener_model(arena, kinds[5]);
	Ensemble ensemble = { .models = &model, .paths = &path, .count = 1 };
	LiveSettings settings = live_defaults();
	Error error;
	settings.rate = 100;
	ck_assert_ptr_null(live_new(&ensemble, &settings, &error));
	ASSERT_CONTAINS(error.text, "--rate 100");
	settings = live_defaults();
	settings.margin = 1;
	ck_assert_ptr_null(live_new(&ensemble, &settings, &error));
	ASSERT_CONTAINS(error.text, "--margin");
	settings = live_defaults();
	model.frontend.normalise = NORMALISE_SPEAKER;
	ck_assert_ptr_null(live_new(&ensemble, &settings, &error));
	ASSERT_CONTAINS(error.text, "normalises by speaker");
	model.frontend.normalise = NORMALISE_UTTERANCE;
	model.frontend.vectors.has[MODALITY_SPEECH] = true;
	ck_assert_ptr_null(live_new(&ensemble, &settings, &error));
	ASSERT_CONTAINS(error.text, "rows");
	arena_free(arena);
}
END_TEST

TEST_MAIN("live", whole_clip_in_blocks_of_any_size_is_the_batch_to_the_bit,
        other_rates_are_resampled_to_the_bit, each_answer_rests_on_what_it_says,
        words_take_part_and_switches_leave_them_out,
        several_models_are_averaged_and_unsure_is_said,
        a_long_turn_is_cut_and_nothing_is_lost, each_end_has_its_final_answer,
        noise_is_no_voice_and_silence_no_turn, spectrogram_comes_frame_by_frame,
        what_cannot_listen_is_refused)
