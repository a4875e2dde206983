#include "emotionnet/serve/talk.h"
#include "emotionnet/encoder_causal.h"
#include "tests/support/harness.h"
#include "tests/support/listener.h"

#include <stdlib.h>
#include <string.h>

enum { RATE = 16000, PIXELS = LIVE_PICTURE * LIVE_PICTURE };

/* All that was told: texts, one a line, and frames of the spectrogram. */
typedef struct Told {
	char text[1 << 18];
	size_t used;
	int frames, bands;
	double next; /* seconds at which the next frame begins */
} Told;

static Told told;

static double float_at(const unsigned char *at)
{
	uint32_t bits = (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	                (uint32_t)at[3] << 24;
	float number;
	memcpy(&number, &bits, sizeof number);
	return (double)number;
}

static void tell(void *context, bool text, const void *bytes, size_t size)
{
	ck_assert_ptr_eq(context, &told);
	if (text) {
		ck_assert_uint_lt(told.used + size + 2, sizeof told.text);
		memcpy(told.text + told.used, bytes, size);
		told.used += size;
		told.text[told.used++] = '\n';
		if (size > 15 && !memcmp(bytes, "{\"kind\":\"hello\"", 15))
			told.frames = 0;
		return;
	}
	const unsigned char *at = bytes;
	ck_assert_int_eq(at[0], TALK_FRAMES);
	told.bands = at[1];
	ck_assert_uint_eq((size - 12) % (4 * (size_t)told.bands), 0);
	int frames = (int)((size - 12) / (4 * (size_t)told.bands));
	if (told.frames)
		ASSERT_CLOSE(float_at(at + 4), told.next, 1e-4, 1e-6);
	told.frames += frames;
	told.next = float_at(at + 4) + 0.02 * frames;
}

static Talk *begin_as(Arena *arena, bool words, bool bare)
{
	static const char *const paths[] = { "models/a.safetensors" };
	Checkpoint *model = ARENA_NEW(arena, Checkpoint);
	Ensemble *ensemble = ARENA_NEW(arena, Ensemble);
	*model = listener_model(arena, (Listener){ &encoder_cnn_causal, "late", true,
	                                       words, NORMALISE_RUNNING });
	*ensemble = (Ensemble){ .models = model, .paths = paths, .count = 1 };
	TalkSettings settings = { .ensemble = ensemble,
		.live = live_defaults(),
		.bare = bare,
		.tell = tell,
		.context = &told };
	memset(&told, 0, sizeof told);
	return talk_new(&settings);
}

static Talk *begin(Arena *arena, bool words)
{
	return begin_as(arena, words, false);
}

static bool say(Talk *talk, const char *words)
{
	return talk_hear(talk, true, (const unsigned char *)words, strlen(words));
}

/* Sends a clip in messages of so many samples. */
static void play(Talk *talk, Clip clip, int block)
{
	unsigned char *message = malloc(1 + 2 * (size_t)block);
	ck_assert_ptr_nonnull(message);
	message[0] = TALK_SOUND;
	for (int at = 0; at < clip.count; at += block) {
		int count = clip.count - at < block ? clip.count - at : block;
		for (int i = 0; i < count; i++) {
			int sample = (int)(clip.samples[at + i] * 32767);
			message[1 + 2 * i] = (unsigned char)(sample & 255);
			message[2 + 2 * i] = (unsigned char)(sample >> 8 & 255);
		}
		ck_assert(talk_hear(talk, false, message, 1 + 2 * (size_t)count));
	}
	free(message);
}

static Clip voice(Arena *arena)
{
	Clip clip = listener_silence(arena, RATE, 3.5);
	listener_speak(&clip, 0.5, 2);
	return clip;
}

static int count_of(const char *part)
{
	int count = 0;
	for (const char *at = told.text; (at = strstr(at, part)) != NULL; at++)
		count++;
	return count;
}

/* The sum of the numbers that follow this key, one or an array of them. */
static double sum_after(const char *at, const char *key)
{
	double sum = 0;
	at = strstr(at, key);
	ck_assert_ptr_nonnull(at);
	at += strlen(key);
	for (char *end;; at = end + 1) {
		sum += strtod(at, &end);
		if (*end != ',' || end == at)
			return sum;
	}
}

START_TEST(talk_before_its_rate_hears_nothing)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	static const unsigned char sound[] = { TALK_SOUND, 0, 0 };
	ck_assert(!say(talk, "text glad") && !say(talk, "end"));
	ck_assert(!talk_hear(talk, false, sound, sizeof sound));
	ck_assert_uint_eq(told.used, 0);
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_rate_is_answered_by_what_the_models_are)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	ck_assert(say(talk, "rate 48000"));
	ASSERT_CONTAINS(told.text, "{\"kind\":\"hello\",\"models\":[\"a.safetensors\"],"
	                           "\"labels\":[\"anger\",\"joy\",\"neutral\"],"
	                           "\"reads\":[\"text\",\"speech\"]");
	ASSERT_CONTAINS(told.text, "\"all\":false");
	ASSERT_CONTAINS(told.text, "\"hop\":0.02");
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_sound_becomes_answers_frames_and_reasons)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, false);
	Clip clip = voice(arena);
	ck_assert(say(talk, "rate 16000"));
	play(talk, clip, 320);
	ck_assert_int_ge(count_of("\"final\":false,\"turn\":1"), 3);
	ck_assert_int_eq(count_of("\"final\":true,\"turn\":1"), 1);
	ck_assert_int_eq(count_of("\"kind\":\"why\",\"turn\":1"), 1);
	ck_assert_int_eq(told.bands, LISTENER_MELS);
	ck_assert_int_ge(told.frames, 170);
	const char *why = strstr(told.text, "\"kind\":\"why\"");
	ASSERT_CLOSE(sum_after(why, "\"frames\":["), sum_after(why, "\"speech\":"), 1e-3,
	        1e-3);
	ck_assert(sum_after(why, "\"speech\":") != 0);
	ASSERT_CLOSE(sum_after(why, "\"begin\":"), 0.3, 0.11, 0);
	talk_free(talk);
	arena_free(arena);
}
END_TEST

/* But for how many frames come at a time, the same to the last sign. */
/* The probabilities of the first final answer, as text that ends at the line's end. */
static const char *final_p(void)
{
	char *p = strstr(told.text, "\"final\":true");
	p = p ? strstr(p, "\"p\":[") : NULL;
	ck_assert_ptr_nonnull(p);
	p[strcspn(p, "\n")] = '\0';
	return p;
}

START_TEST(talk_that_is_bare_tells_the_same_answers_alone)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin_as(arena, true, true);
	ck_assert(say(talk, "rate 16000"));
	ck_assert_uint_eq(told.used, 0);
	play(talk, voice(arena), 320);
	ck_assert(say(talk, "text glad"));
	ck_assert_int_eq(told.frames, 0);
	ck_assert_int_eq(count_of("\"kind\":"), count_of("\"kind\":\"answer\""));
	const char *bare = arena_string(arena, final_p());
	talk_free(talk);
	talk = begin(arena, true);
	ck_assert(say(talk, "rate 16000"));
	play(talk, voice(arena), 320);
	ck_assert_str_eq(bare, final_p());
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_of_any_blocks_is_the_same)
{
	static const int blocks[] = { 1, 441, 1500, 30000 };
	static Told first;
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
		Arena *arena = arena_new("test");
		Talk *talk = begin(arena, true);
		ck_assert(say(talk, "rate 16000"));
		play(talk, voice(arena), blocks[i]);
		ck_assert(say(talk, "end"));
		if (!i)
			first = told;
		ck_assert_str_eq(told.text, first.text);
		ck_assert_int_eq(told.frames, first.frames);
		talk_free(talk);
		arena_free(arena);
	}
}
END_TEST

START_TEST(talk_words_alone_are_a_turn_whose_words_are_told)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	ck_assert(say(talk, "rate 16000") && say(talk, "text A \"glad\" day"));
	ASSERT_CONTAINS(told.text, "\"has\":[\"text\"],\"text\":\"A \\\"glad\\\" day\"");
	ASSERT_CONTAINS(told.text, "\"words\":[{\"text\":\"A\",\"adds\":");
	ASSERT_CONTAINS(told.text, "{\"text\":\"glad\",\"adds\":");
	ck_assert_int_eq(count_of("\"final\":true"), 1);
	ck_assert(!strstr(told.text, "\"frames\":"));
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_switch_leaves_a_modality_out_until_it_is_on_again)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	ck_assert(say(talk, "rate 16000") && say(talk, "switch speech off"));
	ck_assert(say(talk, "rate 16000")); /* begins anew, with the switch as it was */
	play(talk, voice(arena), 320);
	ck_assert_int_eq(count_of("\"speech\"]"), 2); /* of both hellos */
	ck_assert(say(talk, "switch speech on") && say(talk, "rate 16000"));
	play(talk, voice(arena), 320);
	ck_assert_int_gt(count_of("\"has\":[\"speech\"]"), 3);
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_after_its_end_passes_sound_over)
{
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, false);
	ck_assert(say(talk, "rate 16000") && say(talk, "end"));
	play(talk, voice(arena), 320);
	ck_assert_int_eq(count_of("\"kind\":\"answer\""), 0);
	ck_assert(say(talk, "rate 16000"));
	play(talk, voice(arena), 320);
	ck_assert_int_gt(count_of("\"kind\":\"answer\""), 0);
	talk_free(talk);
	arena_free(arena);
}
END_TEST

START_TEST(talk_that_means_nothing_is_refused)
{
	static const char *const wrong[] = { "", "rate", "rate ", "rate x", "rate 0",
		"rate -1", "rate 1e9", "rate nan", "switch", "switch voice off",
		"switch speech", "switch speech of", "switch speech off ", "face",
		"face off ", "end ", "texts", "text" };
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	ck_assert(say(talk, "rate 16000"));
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		ck_assert_msg(!say(talk, wrong[i]), "\"%s\" is taken", wrong[i]);
	ck_assert(!talk_hear(talk, true, (const unsigned char *)"end\0", 4));
	unsigned char bytes[PIXELS + 2] = { 0 };
	for (int kind = 0; kind < 256; kind++) {
		bytes[0] = (unsigned char)kind;
		for (size_t size = 0; size <= sizeof bytes; size += size < 4 ? 1 : 767) {
			bool sound = kind == TALK_SOUND && size % 2;
			bool face = kind == TALK_FACE && size == PIXELS + 1;
			ck_assert_int_eq(
			        talk_hear(talk, false, bytes, size), sound || face);
		}
	}
	talk_free(talk);
	arena_free(arena);
}
END_TEST

/* What the models refuse is told, and the talk goes on. */
START_TEST(talk_of_too_many_words_is_told_so)
{
	static char words[5 + LIVE_TEXT + 2];
	Arena *arena = arena_new("test");
	Talk *talk = begin(arena, true);
	memset(words, 'a', sizeof words - 1);
	memcpy(words, "text ", 5);
	ck_assert(say(talk, "rate 16000") && say(talk, words));
	ASSERT_CONTAINS(told.text, "{\"kind\":\"error\",\"text\":");
	ck_assert(say(talk, "text glad"));
	ck_assert_int_eq(count_of("\"final\":true"), 1);
	talk_free(talk);
	arena_free(arena);
}
END_TEST

TEST_MAIN("talk", talk_before_its_rate_hears_nothing,
        talk_rate_is_answered_by_what_the_models_are,
        talk_sound_becomes_answers_frames_and_reasons,
        talk_that_is_bare_tells_the_same_answers_alone, talk_of_any_blocks_is_the_same,
        talk_words_alone_are_a_turn_whose_words_are_told,
        talk_switch_leaves_a_modality_out_until_it_is_on_again,
        talk_after_its_end_passes_sound_over, talk_that_means_nothing_is_refused,
        talk_of_too_many_words_is_told_so)
