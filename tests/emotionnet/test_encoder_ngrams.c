#include "emotionnet/train/train.h"
#include "tensor/reduce.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>

enum { COUNT = 60 };

/* All weights after two epochs over utterances that are the same in every test. */
static Params trained(
        Arena *arena, const char *fusion, int threads, const char *optimiser)
{
	Rng rng = rng_new(3);
	Dataset data = utterances_new(arena, COUNT, &rng), none = { 0 };
	ModelConfig config = utterances_model(fusion, "ngrams", "cnn");
	Params params = params_new(arena);
	Rng draws = rng_new(4);
	model_new(arena, &params, &config, &draws);
	TrainOptions options = train_defaults();
	options.epochs = 2;
	options.batch = 24;
	options.modality_dropout = 0.2;
	options.optimiser.name = optimiser;
	Pool *pool = pool_new(threads);
	Progress quiet = { .quiet = true };
	TrainResult result =
	        train(&params, &config, &data, &none, &options, pool, &quiet);
	ck_assert(!result.diverged);
	ck_assert(isfinite(result.loss));
	pool_free(pool);
	return params;
}

START_TEST(ngrams_train_to_the_same_bits_on_any_number_of_threads)
{
	static const char *const fusions[] = { "middle", "early", "cross" };
	static const char *const optimisers[] = { "adam", "sgd", "rmsprop" };
	for (int f = 0; f < 3; f++) {
		Arena *arena = arena_new("test");
		Params one = trained(arena, fusions[f], 1, optimisers[f]);
		Params many = trained(arena, fusions[f], 3, optimisers[f]);
		const Var *table = params_find(&one, "text.embedding.weight");
		ck_assert(tensor_finite(table->value));
		/* id 0 is no n-gram, and stays; all others are met, and move */
		for (int id = 0; id < UTTERANCE_VOCABULARY; id++)
			ck_assert(!id == (tensor_row(table->value, id).data[0] == 0));
		for (int i = 0; i < one.count; i++)
			ASSERT_TENSOR_SAME(one.items[i]->value, many.items[i]->value);
		arena_free(arena);
	}
}
END_TEST

/* Beside longer ones an utterance has the answer that it has alone. */
START_TEST(ngrams_alone_or_in_a_batch_give_the_same_answer)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, 8, &rng);
	ModelConfig config = utterances_model("middle", "ngrams", "cnn");
	Params params = params_new(arena);
	EmotionNet *model = model_new(arena, &params, &config, &draws);
	Var *table = params_find(&params, "text.embedding.weight");
	params_init_normal(&params, table, 1, &draws);
	Tape tape = tape_new(arena_new("step"));
	tape.recording = false;
	const int all[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	Batch batch = batch_make(arena, &data, all, 8, NULL);
	Tensor together = model_logits(model, &tape, &batch, NULL)->value;
	for (int i = 0; i < 8; i++) {
		Batch one = batch_make(arena, &data, all + i, 1, NULL);
		Tensor alone = model_logits(model, &tape, &one, NULL)->value;
		ASSERT_TENSOR_CLOSE(
		        tensor_row(alone, 0), tensor_row(together, i), 1e-6, 1e-6);
	}
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

/* Without its text an utterance says what one without words says. */
START_TEST(ngrams_of_a_masked_text_are_not_read)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, 8, &rng);
	ModelConfig config = utterances_model("middle", "ngrams", "cnn");
	Params params = params_new(arena);
	EmotionNet *model = model_new(arena, &params, &config, &draws);
	params_init_normal(
	        &params, params_find(&params, "text.embedding.weight"), 1, &draws);
	Tape tape = tape_new(arena_new("step"));
	tape.recording = false;
	const int one[] = { 1 };
	ModalitySet text = { .has = { [MODALITY_TEXT] = true } };
	Batch as_is = batch_make(arena, &data, one, 1, NULL);
	Batch masked = batch_make(arena, &data, one, 1, &text);
	data.items[1].words = 0;
	Batch mute = batch_make(arena, &data, one, 1, NULL);
	Tensor expected = model_logits(model, &tape, &mute, NULL)->value;
	ASSERT_TENSOR_SAME(model_logits(model, &tape, &masked, NULL)->value, expected);
	data.items[1].words = as_is.words;
	Tensor spoken = model_logits(model, &tape, &as_is, NULL)->value;
	ck_assert(spoken.data[0] != expected.data[0]);
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

TEST_MAIN("encoder_ngrams", ngrams_train_to_the_same_bits_on_any_number_of_threads,
        ngrams_alone_or_in_a_batch_give_the_same_answer,
        ngrams_of_a_masked_text_are_not_read)
