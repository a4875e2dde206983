#include "emotionnet/experiment/checkpoint.h"
#include "audio/mel/settings.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "text/vocabulary_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static Checkpoint small_of(Arena *arena, const Fusion *fusion, bool heads)
{
	static const char *const names[] = { "anger", "joy" };
	static real numbers[8] = { 0.1f, 1.0f / 3, -5, 7, 1, 2, 3, 4 };
	Checkpoint c = {
		.config = { .reads = { .has = { [MODALITY_TEXT] = true,
		                               [MODALITY_SPEECH] = true } },
		        .fusion = fusion,
		        .heads = heads,
		        .encoder[MODALITY_TEXT] = { .kind = &encoder_words_cnn,
		                .embed = 4,
		                .hidden = 6 },
		        .encoder[MODALITY_SPEECH] = { .kind = &encoder_frames_lstm,
		                .in = 8,
		                .hidden = 4 },
		        .classes = 2,
		        .hidden = 5 },
		.frontend = { .reads = { .has = { [MODALITY_TEXT] = true,
		                                 [MODALITY_SPEECH] = true } },
		        .width[MODALITY_SPEECH] = 8,
		        .max_words = 50,
		        .frames = { .max_seconds = 7.5, .pitch = true, .trim = true },
		        .normalise = NORMALISE_UTTERANCE,
		        .labels = { .names = names, .count = 2 },
		        .mean[MODALITY_SPEECH] = numbers,
		        .scale[MODALITY_SPEECH] = numbers },
		.params = params_new(arena),
		.modality_dropout = 0.25,
		.source = "a \"corpus\"\twith\nodd letters é",
		.speakers = "ann\nbob",
		.paired = true,
	};
	mel_preset(&c.frontend.frames.mel, "kaldi");
	c.frontend.frames.mel.bands.count = 8 - FRAMES_PITCH;
	Error error;
	ck_assert_msg(vocabulary_from_text(&c.frontend.vocabulary, arena, "test",
	                      "<pad>\n<unk>\nglad\nn't\n\xf0\x9f\x98\x80", &error),
	        "%s", error.text);
	checkpoint_widths(&c);
	Rng rng = rng_new(5);
	model_new(arena, &c.params, &c.config, &rng);
	return c;
}

static Checkpoint small(Arena *arena)
{
	return small_of(arena, fusion_find("middle"), false);
}

/* Each strategy, with heads and without: what is built for a load must need no values
 * before it has them. */
START_TEST(checkpoint_of_every_strategy_comes_back)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		for (int heads = 0; heads < 2; heads++) {
			Arena *arena = arena_new("test");
			Checkpoint saved = small_of(arena, fusion, heads), loaded;
			const char *path = arena_format(
			        arena, "%s/every.safetensors", harness_directory());
			Error error;
			ck_assert_msg(
			        checkpoint_save(&saved, path, &error), "%s", error.text);
			ck_assert_msg(checkpoint_load(&loaded, arena, path, &error),
			        "%s: %s", fusion->name, error.text);
			ck_assert_int_eq(loaded.config.heads, heads);
			ck_assert(loaded.frontend.frames.pitch);
			ck_assert_int_eq(loaded.frontend.width[MODALITY_SPEECH], 8);
			ck_assert_int_eq(loaded.params.count, saved.params.count);
			for (int i = 0; i < saved.params.count; i++)
				ASSERT_TENSOR_SAME(loaded.params.items[i]->value,
				        saved.params.items[i]->value);
			arena_free(arena);
		}
}
END_TEST

START_TEST(checkpoint_comes_back_as_it_was)
{
	Arena *arena = arena_new("test");
	Checkpoint saved = small(arena), loaded;
	const char *path = arena_format(arena, "%s/m.safetensors", harness_directory());
	Error error;
	ck_assert_msg(checkpoint_save(&saved, path, &error), "%s", error.text);
	ck_assert_msg(checkpoint_load(&loaded, arena, path, &error), "%s", error.text);
	ck_assert_int_eq(loaded.params.count, saved.params.count);
	for (int i = 0; i < saved.params.count; i++) {
		ck_assert_str_eq(
		        loaded.params.items[i]->name, saved.params.items[i]->name);
		ASSERT_TENSOR_SAME(
		        loaded.params.items[i]->value, saved.params.items[i]->value);
	}
	ck_assert_ptr_eq(loaded.config.fusion, saved.config.fusion);
	ck_assert_ptr_eq(
	        loaded.config.encoder[MODALITY_SPEECH].kind, &encoder_frames_lstm);
	ck_assert_int_eq(loaded.frontend.normalise, NORMALISE_UTTERANCE);
	ck_assert(loaded.frontend.frames.trim);
	ck_assert_mem_eq(loaded.frontend.mean[MODALITY_SPEECH],
	        saved.frontend.mean[MODALITY_SPEECH], 8 * sizeof(real));
	ck_assert_str_eq(mel_settings_text(&loaded.frontend.frames.mel, arena),
	        mel_settings_text(&saved.frontend.frames.mel, arena));
	ck_assert_int_eq(vocabulary_id(&loaded.frontend.vocabulary, "n't"), 3);
	ck_assert_str_eq(loaded.frontend.labels.names[1], "joy");
	ck_assert_str_eq(loaded.source, saved.source);
	ck_assert_str_eq(loaded.speakers, saved.speakers);
	ck_assert(loaded.paired);
	ASSERT_CLOSE(loaded.modality_dropout, 0.25, 0, 0);
	arena_free(arena);
}
END_TEST

/* Cut anywhere, the file is refused: never a crash, never half a model. */
START_TEST(checkpoint_cut_at_any_byte_is_refused)
{
	Arena *arena = arena_new("test");
	Checkpoint saved = small(arena), loaded;
	const char *path = arena_format(arena, "%s/m.safetensors", harness_directory());
	ck_assert(checkpoint_save(&saved, path, NULL));
	Bytes whole;
	ck_assert(file_read(&whole, arena, path, NULL));
	for (size_t size = 0; size < whole.size; size += size < 64 ? 1 : 97) {
		FILE *out = fopen(path, "wb");
		ck_assert_uint_eq(fwrite(whole.data, 1, size, out), size);
		ck_assert_int_eq(fclose(out), 0);
		Error error = { "" };
		ArenaMark mark = arena_mark(arena);
		ck_assert_msg(!checkpoint_load(&loaded, arena, path, &error), "%zu bytes",
		        size);
		ASSERT_CONTAINS(error.text, "m.safetensors");
		arena_rewind(arena, mark);
	}
	arena_free(arena);
}
END_TEST

/* A file whose metadata lie is refused with the key's name, also where no checksum tells
 * that it was changed. */
static void refuse_of(Checkpoint small_of_kind(Arena *arena), const char *key,
        const char *lie, const char *expected)
{
	Arena *arena = arena_new("test");
	Checkpoint saved = small_of_kind(arena), loaded;
	const char *path = arena_format(arena, "%s/m.safetensors", harness_directory());
	ck_assert(checkpoint_save(&saved, path, NULL));
	Bytes whole;
	ck_assert(file_read(&whole, arena, path, NULL));
	char *text = arena_copy(arena, whole.data, whole.size + 1);
	const char *entry = arena_format(arena, "\"%s\":\"", key);
	char *at = NULL;
	for (size_t i = 0; i + strlen(entry) < whole.size && !at; i++)
		if (!memcmp(text + i, entry, strlen(entry)))
			at = text + i + strlen(entry);
	ck_assert_msg(at, "no %s in the header", key);
	memcpy(at, lie, strlen(lie));
	memcpy(strstr(text + 8, "crc32"), "other", 5);
	FILE *out = fopen(path, "wb");
	fwrite(text, 1, whole.size, out);
	fclose(out);
	Error error;
	ck_assert(!checkpoint_load(&loaded, arena, path, &error));
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

static void refuse(const char *key, const char *lie, const char *expected)
{
	refuse_of(small, key, lie, expected);
}

/* The same model with functionals beside its frames. */
static Checkpoint small_beside(Arena *arena)
{
	Checkpoint c = small(arena);
	size_t size = (size_t)functionals_count();
	real *numbers = ARENA_ARRAY(arena, real, size);
	for (size_t k = 0; k < size; k++)
		numbers[k] = 1 + (real)k / 3;
	c.config.encoder[MODALITY_SPEECH].kind = &encoder_cnn_functionals;
	c.frontend.frames.hears = HEARS_BOTH;
	c.frontend.whole = (Level){ numbers, numbers };
	c.params = params_new(arena);
	checkpoint_widths(&c);
	Rng rng = rng_new(5);
	model_new(arena, &c.params, &c.config, &rng);
	return c;
}

START_TEST(checkpoint_of_functionals_comes_back_and_knows_which)
{
	Arena *arena = arena_new("test");
	Checkpoint saved = small_beside(arena), loaded;
	const char *path = arena_format(arena, "%s/f.safetensors", harness_directory());
	Error error;
	ck_assert_msg(checkpoint_save(&saved, path, &error), "%s", error.text);
	ck_assert_msg(checkpoint_load(&loaded, arena, path, &error), "%s", error.text);
	ck_assert_ptr_eq(
	        loaded.config.encoder[MODALITY_SPEECH].kind, &encoder_cnn_functionals);
	ck_assert_int_eq(loaded.frontend.frames.hears, HEARS_BOTH);
	ck_assert_ptr_nonnull(loaded.frontend.frames.functionals);
	size_t size = (size_t)functionals_count() * sizeof(real);
	ck_assert_mem_eq(loaded.frontend.whole.mean, saved.frontend.whole.mean, size);
	ck_assert_mem_eq(loaded.frontend.whole.scale, saved.frontend.whole.scale, size);
	ck_assert_int_eq(loaded.params.count, saved.params.count);
	refuse_of(small_beside, "speech.functionals", "beside 0.1",
	        "the functionals that this program measures");
	arena_free(arena);
}
END_TEST

START_TEST(checkpoint_with_unknown_settings_is_refused)
{
	refuse("format", "emotionnet 9",
	        "metadata \"format\" is \"emotionnet 9\": expected \"emotionnet 1\"");
	refuse("fusion", "muddle",
	        "expected a strategy in the table of emotionnet/fusion.c");
	refuse("text.encoder", "cow",
	        "expected cnn, lstm, transformer, ngrams, vector or lm");
	refuse("speech.normalise", "sometimes",
	        "expected corpus, speaker, utterance or running");
	refuse("fusion.hidden", "x", "expected a whole number from 2 to");
	refuse("fusion.hidden", "1", "expected a whole number from 2 to");
	refuse("text.hidden", "5", "expected a whole number from 6 to");
	refuse("speech.hidden", "1", "expected a whole number from 2 to");
	refuse("speech.max_seconds", "0.0", "expected a number from 0.1 to");
	refuse("text.vocabulary", "<bad>", "m.safetensors");
}
END_TEST

START_TEST(checkpoint_of_numbers_that_are_not_finite_is_refused)
{
	Arena *arena = arena_new("test");
	Checkpoint saved = small(arena), loaded;
	const char *path = arena_format(arena, "%s/nan.safetensors", harness_directory());
	Error error;
	Var *weight = params_find(&saved.params, "fusion.out.weight");
	weight->value.data[3] = (real)NAN;
	ck_assert(!checkpoint_save(&saved, path, &error));
	ASSERT_CONTAINS(error.text, "\"fusion.out.weight\" holds a nan: expected");
	ck_assert(!checkpoint_load(&loaded, arena, path, NULL)); /* nothing is left */
	/* as an earlier program saved it */
	weight->value.data[3] = 7;
	ck_assert(checkpoint_save(&saved, path, &error));
	SafetensorsFile file;
	ck_assert(safetensors_open(&file, arena, path, &error));
	weight->value.data[3] = (real)INFINITY;
	ck_assert(safetensors_save(&saved.params, &file.metadata, path, &error));
	ck_assert(!checkpoint_load(&loaded, arena, path, &error));
	ASSERT_CONTAINS(error.text, "\"fusion.out.weight\" holds a inf: expected");
	arena_free(arena);
}
END_TEST

/* What a load would refuse is refused before anything is trained, in the same words. */
START_TEST(checkpoint_that_could_not_be_read_again_is_refused)
{
	static const char *const names[] = { "anger", "so\nglad" };
	Arena *arena = arena_new("test");
	Checkpoint good = small(arena), bad = good;
	real numbers[8] = { 1 };
	Error error;
	ck_assert_msg(checkpoint_check(&good, "c.csv", &error), "%s", error.text);
	bad.frontend.labels.names = names;
	ck_assert(!checkpoint_check(&bad, "c.csv", &error));
	ck_assert_str_eq(error.text,
	        "c.csv: metadata \"labels\" is \"a list\": expected names of one line each, none of them empty");
	bad = good;
	bad.config.hidden = 8193;
	ck_assert(!checkpoint_check(&bad, "c.csv", &error));
	ASSERT_CONTAINS(error.text, "\"fusion.hidden\" is \"8193\": expected a whole");
	bad = good;
	bad.frontend.max_words = FRONTEND_WORDS + 1;
	ck_assert(!checkpoint_check(&bad, "c.csv", &error));
	ASSERT_CONTAINS(error.text, "\"text.max_words\" is \"10001\"");
	bad = good;
	bad.frontend.mean[MODALITY_SPEECH] = numbers;
	numbers[7] = (real)2e30;
	ck_assert(!checkpoint_check(&bad, "c.csv", &error));
	ASSERT_CONTAINS(error.text, "metadata \"speech.mean\" is");
	numbers[7] = (real)NAN;
	ck_assert(!checkpoint_check(&bad, "c.csv", &error));
	ASSERT_CONTAINS(error.text, "c.csv: \"speech.mean\" would be nan");
	arena_free(arena);
}
END_TEST

START_TEST(checkpoint_knows_its_speakers)
{
	static Utterance utterances[] = {
		{ .id = "1",
		        .speaker = "bob",
		        .label = "joy",
		        .text = "x",
		        .wav = "",
		        .split = SPLIT_TEST },
		{ .id = "2",
		        .speaker = "bo",
		        .label = "joy",
		        .text = "x",
		        .wav = "",
		        .split = SPLIT_TEST },
		{ .id = "3",
		        .speaker = "ann",
		        .label = "joy",
		        .text = "x",
		        .wav = "",
		        .split = SPLIT_TRAIN },
		{ .id = "4",
		        .speaker = "bob",
		        .label = "joy",
		        .text = "x",
		        .wav = "",
		        .split = SPLIT_TEST },
		{ .id = "5",
		        .speaker = "",
		        .label = "joy",
		        .text = "x",
		        .wav = "",
		        .split = SPLIT_TRAIN },
	};
	Arena *arena = arena_new("test");
	Checkpoint c = small(arena);
	Corpus corpus = { .source = "test", .utterances = utterances, .count = 5 };
	const char *first;
	ck_assert_int_eq(checkpoint_leak(&c, &corpus, SPLIT_TEST, &first), 1);
	ck_assert_str_eq(first, "bob");
	ck_assert_int_eq(checkpoint_leak(&c, &corpus, SPLIT_VALIDATION, &first), 0);
	StringSet speakers = corpus_speakers(&corpus, SPLIT_TRAIN, arena);
	ck_assert_int_eq(speakers.count, 1);
	ck_assert_str_eq(speakers.names[0], "ann");
	arena_free(arena);
}
END_TEST

TEST_MAIN("checkpoint", checkpoint_of_every_strategy_comes_back,
        checkpoint_comes_back_as_it_was, checkpoint_cut_at_any_byte_is_refused,
        checkpoint_of_functionals_comes_back_and_knows_which,
        checkpoint_with_unknown_settings_is_refused,
        checkpoint_of_numbers_that_are_not_finite_is_refused,
        checkpoint_that_could_not_be_read_again_is_refused, checkpoint_knows_its_speakers)
