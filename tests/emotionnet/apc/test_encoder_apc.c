/* An encoder that begins with a file: what of it is the model's, and what is not. */
#include "audio/mel/settings.h"
#include "autograd/ops.h"
#include "emotionnet/apc/encoder_apc.h"
#include "emotionnet/train/train.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <string.h>

static const ApcConfig sizes = {
	.in = UTTERANCE_MELS, .hidden = 5, .layers = 2, .ahead = 3
};

/* Writes a model of sound with random weights; returns its path. */
static const char *write_file_heard(Arena *arena, uint64_t seed, const char *heard)
{
	ApcFile file = { .config = sizes,
		.frames = { .max_seconds = 15 },
		.normalise = NORMALISE_UTTERANCE,
		.source = "test",
		.heard = heard,
		.params = params_new(arena) };
	ck_assert(mel_preset(&file.frames.mel, "torchaudio"));
	file.frames.mel.bands.count = UTTERANCE_MELS;
	Rng rng = rng_new(seed);
	file.apc = apc_new(&file.config, &file.params, &rng);
	const char *path = arena_format(arena, "%s/apc", harness_directory());
	Error error;
	ck_assert_msg(apc_file_save(&file, &file.params, NULL, NULL, NULL, path, &error),
	        "%s", error.text);
	return path;
}

static const char *write_file(Arena *arena, uint64_t seed)
{
	return write_file_heard(arena, seed, "0-a one");
}

static Pretrained opened(Arena *arena, Tune tune, bool random)
{
	Pretrained pretrained = {
		.path = write_file(arena, 3), .tune = tune, .random = random
	};
	Error error;
	ck_assert_msg(encoder_apc_open(&pretrained, arena, &error), "%s", error.text);
	return pretrained;
}

/* A model of speech alone over it. */
static ModelConfig model_over(const Pretrained *pretrained)
{
	ModelConfig config = utterances_model("middle", "lstm", "cnn");
	config.encoder[MODALITY_SPEECH].kind = &encoder_apc;
	config.encoder[MODALITY_SPEECH].pretrained = pretrained;
	return config;
}

static int speech_params(const Params *params, bool learning)
{
	int count = 0;
	for (int i = 0; i < params->count; i++)
		count += !strncmp(params->items[i]->name, "speech.", 7) &&
		         (!learning || params->items[i]->grad.data);
	return count;
}

/* Four tensors a layer, and the two of the norm, which always learn. */
START_TEST(encoder_apc_owns_what_learns_or_is_random)
{
	static const struct {
		Tune tune;
		bool random;
		int own, learning;
	} cases[] = {
		{ { TUNE_NONE, 0 }, false, 2, 2 },
		{ { TUNE_TOP, 1 }, false, 6, 6 },
		{ { TUNE_ALL, 0 }, false, 10, 10 },
		{ { TUNE_NONE, 0 }, true, 10, 2 },
		{ { TUNE_TOP, 1 }, true, 10, 6 },
		{ { TUNE_ALL, 0 }, true, 10, 10 },
	};
	for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
		Arena *arena = arena_new("test");
		Pretrained pretrained = opened(arena, cases[c].tune, cases[c].random);
		const ApcFile *file = encoder_apc_file(&pretrained);
		ModelConfig config = model_over(&pretrained);
		Params params = params_new(arena);
		Rng rng = rng_new(1);
		model_new(arena, &params, &config, &rng);
		ck_assert_int_eq(speech_params(&params, false), cases[c].own);
		ck_assert_int_eq(speech_params(&params, true), cases[c].learning);
		const Var *own = params_find(&params, "speech.gru.weight_hh_l1");
		const Var *first = params_find(&file->params, "gru.weight_hh_l1");
		if (own)
			ck_assert_int_eq(!memcmp(own->value.data, first->value.data,
			                         tensor_count(own->value) * sizeof(real)),
			        !cases[c].random);
		arena_free(arena);
	}
}
END_TEST

/* All weights after two epochs. */
static Params trained(Arena *arena, const Pretrained *pretrained, int threads)
{
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, 40, &rng), none = { 0 };
	ModelConfig config = model_over(pretrained);
	Params params = params_new(arena);
	model_new(arena, &params, &config, &draws);
	TrainOptions options = train_defaults();
	options.epochs = 2;
	Pool *pool = pool_new(threads);
	Progress quiet = { .quiet = true };
	ck_assert(
	        !train(&params, &config, &data, &none, &options, pool, &quiet).diverged);
	pool_free(pool);
	return params;
}

/* In the second epoch the states of the frozen layer are those that were kept. */
START_TEST(encoder_apc_trains_to_the_same_bits_on_any_number_of_threads)
{
	Arena *arena = arena_new("test");
	Pretrained pretrained = opened(arena, (Tune){ TUNE_TOP, 1 }, false);
	Params one = trained(arena, &pretrained, 1);
	Params many = trained(arena, &pretrained, 3);
	Pretrained anew = opened(arena, (Tune){ TUNE_TOP, 1 }, false);
	Params again = trained(arena, &anew, 2);
	for (int i = 0; i < one.count; i++) {
		ASSERT_TENSOR_SAME(one.items[i]->value, many.items[i]->value);
		ASSERT_TENSOR_SAME(one.items[i]->value, again.items[i]->value);
	}
	arena_free(arena);
}
END_TEST

/* A gradient goes through the frozen layers to the frames, as explaining needs. */
START_TEST(encoder_apc_frozen_passes_a_gradient_to_its_frames)
{
	Arena *arena = arena_new("test");
	Pretrained pretrained = opened(arena, (Tune){ TUNE_NONE, 0 }, false);
	ModelConfig config = model_over(&pretrained);
	Params params = params_new(arena);
	Rng rng = rng_new(1), draws = rng_new(2);
	EmotionNet *model = model_new(arena, &params, &config, &rng);
	Dataset data = utterances_new(arena, 4, &draws);
	Tape tape = tape_new(arena_new("step"));
	const int all[] = { 0, 1, 2, 3 };
	Batch batch = batch_make(arena, &data, all, 4, NULL);
	Embedded embedded = model_embed(model, &tape, &batch, NULL);
	Tensor plain = tensor_clone(
	        arena, model_forward(model, &tape, &batch, &embedded, NULL, false)
	                       .logits->value);
	Var *frames = tape_variable(&tape, embedded.of[1].x->value, "frames");
	embedded.of[1].x = frames;
	Var *logits = model_forward(model, &tape, &batch, &embedded, NULL, false).logits;
	ASSERT_TENSOR_SAME(logits->value, plain);
	Var *sum = op_sum(&tape, logits);
	tape_backward(&tape, sum);
	bool any = false;
	for (size_t i = 0; i < tensor_count(frames->grad); i++)
		any |= frames->grad.data[i] != 0;
	ck_assert(any);
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

START_TEST(apc_file_that_is_cut_or_another_is_refused)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, 3);
	Bytes whole;
	Error error;
	ck_assert(file_read(&whole, arena, path, &error));
	ApcFile file;
	ck_assert_msg(apc_file_load(&file, arena, path, &error), "%s", error.text);
	ck_assert_str_eq(file.heard, "0-a one");
	ck_assert_int_eq(file.config.in, UTTERANCE_MELS);
	const char *cut = arena_format(arena, "%s.cut", path);
	for (size_t size = 0; size < whole.size; size += 1 + size / 16) {
		FileWriter *writer = file_open(arena, cut, &error);
		file_write(writer, whole.data, size);
		ck_assert(file_close(writer, &error));
		ck_assert(!apc_file_load(&file, arena, cut, &error));
		ASSERT_CONTAINS(error.text, cut);
	}
	arena_free(arena);
}
END_TEST

/* Whose voices it has heard decides who may be tested: the same weights are not enough. */
START_TEST(apc_file_with_other_metadata_is_another_file)
{
	static const char *const heard[] = { "0-a one", "0-a two", "0-a one" };
	Arena *arena = arena_new("test");
	uint64_t hashes[3];
	for (int i = 0; i < 3; i++) {
		ApcFile file;
		Error error;
		const char *path = write_file_heard(arena, 3, heard[i]);
		ck_assert_msg(
		        apc_file_load(&file, arena, path, &error), "%s", error.text);
		hashes[i] = file.hash;
	}
	ck_assert_uint_ne(hashes[0], hashes[1]);
	ck_assert_uint_eq(hashes[0], hashes[2]);
	arena_free(arena);
}
END_TEST

START_TEST(apc_file_and_front_end_must_hear_alike)
{
	Arena *arena = arena_new("test");
	Pretrained pretrained = opened(arena, (Tune){ TUNE_NONE, 0 }, false);
	const ApcFile *file = encoder_apc_file(&pretrained);
	Error error;
	Frontend frontend = { .frames = file->frames, .normalise = NORMALISE_UTTERANCE };
	ck_assert(encoder_apc_agrees(&pretrained, &frontend, &error));
	frontend.normalise = NORMALISE_CORPUS;
	ck_assert(!encoder_apc_agrees(&pretrained, &frontend, &error));
	ASSERT_CONTAINS(error.text, "Hint: --normalise utterance");
	frontend.frames.pitch = true;
	ck_assert(!encoder_apc_agrees(&pretrained, &frontend, &error));
	ASSERT_CONTAINS(error.text, "Hint: --no-pitch --no-trim");
	frontend.frames.mel.bands.count++;
	ck_assert(!encoder_apc_agrees(&pretrained, &frontend, &error));
	ASSERT_CONTAINS(error.text, "--mels 19");
	pretrained.tune = (Tune){ TUNE_LORA, 4 };
	ck_assert(!encoder_apc_open(&pretrained, arena, &error));
	ASSERT_CONTAINS(error.text, "adapters are for language models");
	pretrained.tune = (Tune){ TUNE_TOP, 3 };
	ck_assert(!encoder_apc_open(&pretrained, arena, &error));
	ASSERT_CONTAINS(error.text, "has 2 layers");
	arena_free(arena);
}
END_TEST

TEST_MAIN("encoder_apc", encoder_apc_owns_what_learns_or_is_random,
        encoder_apc_trains_to_the_same_bits_on_any_number_of_threads,
        encoder_apc_frozen_passes_a_gradient_to_its_frames,
        apc_file_that_is_cut_or_another_is_refused,
        apc_file_with_other_metadata_is_another_file,
        apc_file_and_front_end_must_hear_alike)
