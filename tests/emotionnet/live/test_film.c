/* A face in time beside a sound as both come: the last answer is that of the whole. */
#include "emotionnet/encoder_causal.h"
#include "emotionnet/face/track.h"
#include "emotionnet/features/faces.h"
#include "emotionnet/features/level.h"
#include "emotionnet/live/live.h"
#include "emotionnet/train/evaluate.h"
#include "tensor/elementary.h"
#include "tests/support/harness.h"
#include "tests/support/listener.h"

#include <string.h>

enum { RATE = 16000, CLASSES = LISTENER_CLASSES };

static const Listener kinds[] = {
	{ &encoder_cnn_causal, "early", true, true, NORMALISE_RUNNING },
	{ &encoder_lstm_causal, "middle", true, false, NORMALISE_RUNNING },
	{ &encoder_frames_cnn, "late", false, false, NORMALISE_UTTERANCE },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static Track film_of(Arena *arena, double seconds)
{
	static const char *const names[] = { "a", "b" };
	Track track = { .names = names, .width = 2 };
	for (int t = 0; t / 25.0 < seconds; t++) {
		if (t % 11 == 4)
			continue; /* no face was found */
		real *frame = track_grow(&track, arena, t / 25.0);
		frame[0] = (real)(1 + double_sin(0.3 * t));
		frame[1] = (real)(2 + double_sin(0.2 * t));
	}
	return track;
}

static Clip clip_of(Arena *arena)
{
	Clip clip = listener_silence(arena, RATE, 2.5);
	listener_speak(&clip, 0.2, 2.3);
	return clip;
}

/* What predict says of the whole. */
static Tensor whole_of(
        Arena *arena, const Checkpoint *model, Clip clip, const Track *film)
{
	Remarks remarks = { { 0 } };
	Example example;
	Error error;
	double begin;
	clip = frames_trim(arena, clip, &model->frontend.frames, &begin);
	ck_assert(frontend_example(
	        &model->frontend, &example, arena, NULL, &clip, &remarks, &error));
	example.begin = begin;
	ck_assert(faces_steps(&model->frontend, &example, arena, film,
	        (FaceTimes){ .speed = 1 }, &error));
	level_example(&model->frontend, &example, MODALITY_FACE, arena);
	Dataset one = { .items = &example, .count = 1 };
	frontend_widths(&model->frontend, &one);
	Shards *shards = model_shards(arena, NULL, &model->params, &model->config, 1);
	Tensor p = predict_all(arena, shards, &one, CLASSES, NULL);
	shards_free(shards);
	return p;
}

/* All of the sound as one turn, in blocks; how often it was answered, and the last answer. */
static int listen(
        const Checkpoint *model, Clip clip, const Track *film, int block, real p[CLASSES])
{
	static const char *const paths[] = { "a.safetensors" };
	Ensemble ensemble = {
		.models = (Checkpoint *)(uintptr_t)model, .paths = paths, .count = 1
	};
	LiveSettings settings = live_defaults();
	LiveAnswer answer;
	Error error;
	int answers = 0, seen = 0;
	settings.end = 0;
	Live *live = live_new(&ensemble, &settings, &error);
	ck_assert_msg(live != NULL, "%s", error.text);
	if (film)
		ck_assert_msg(live_film(live, film, &error), "%s", error.text);
	for (int at = 0, ended = 0; !ended;) {
		int left = clip.count - at;
		at += live_sound(live, clip.samples + at, left < block ? left : block);
		ended = at == clip.count;
		if (ended)
			live_end(live);
		for (; live_next(live, &answer); answers++) {
			memcpy(p, answer.probabilities, CLASSES * sizeof *p);
			seen += answer.has.has[MODALITY_FACE];
		}
	}
	live_free(live);
	ck_assert_int_eq(seen, film ? answers : 0);
	return answers;
}

START_TEST(film_streamed_is_the_film_as_a_whole)
{
	static const int blocks[] = { 7, 441, 4096, 1 << 20 };
	for (int k = 0; k < KINDS; k++) {
		Arena *arena = arena_new("test");
		Checkpoint model = listener_model_with_face(arena, kinds[k]);
		Clip clip = clip_of(arena);
		Track film = film_of(arena, 2.5);
		real p[CLASSES], deaf[CLASSES];
		Tensor whole = whole_of(arena, &model, clip, &film);
		for (size_t b = 0; b < sizeof blocks / sizeof blocks[0]; b++) {
			ck_assert_int_gt(listen(&model, clip, &film, blocks[b], p), 4);
			ck_assert_mem_eq(p, whole.data, sizeof p);
		}
		listen(&model, clip, NULL, 4096, deaf);
		ck_assert(memcmp(p, deaf, sizeof p) != 0);
		arena_free(arena);
	}
}
END_TEST

/* What the film shows later changes no answer before. */
START_TEST(film_is_not_looked_ahead_in)
{
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model_with_face(arena, kinds[1]);
	Clip clip = clip_of(arena);
	Track film = film_of(arena, 2.5), longer = film_of(arena, 9);
	real a[CLASSES], b[CLASSES];
	for (int t = film.count; t < longer.count; t++)
		longer.frames[t][0] = 100;
	listen(&model, clip, &film, 4096, a);
	listen(&model, clip, &longer, 4096, b);
	ck_assert_mem_eq(a, b, sizeof a);
	arena_free(arena);
}
END_TEST

START_TEST(film_of_other_numbers_is_refused)
{
	static const char *const names[] = { "a", "c" };
	static const char *const paths[] = { "a.safetensors" };
	Arena *arena = arena_new("test");
	Checkpoint model = listener_model_with_face(arena, kinds[0]);
	Ensemble ensemble = { .models = &model, .paths = paths, .count = 1 };
	LiveSettings settings = live_defaults();
	Track film = film_of(arena, 1);
	Error error;
	film.names = names;
	Live *live = live_new(&ensemble, &settings, &error);
	ck_assert(!live_film(live, &film, &error));
	ASSERT_CONTAINS(error.text,
	        "a.safetensors reads no face in time with 2 numbers from \"a\" to \"c\"");
	ck_assert(live_film(live, NULL, &error));
	live_free(live);
	arena_free(arena);
}
END_TEST

TEST_MAIN("film", film_streamed_is_the_film_as_a_whole, film_is_not_looked_ahead_in,
        film_of_other_numbers_is_refused)
