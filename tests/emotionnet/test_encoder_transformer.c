#include "autograd/look/gradcheck.h"
#include "emotionnet/train/objective.h"
#include "emotionnet/train/train.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <math.h>
#include <string.h>

enum { COUNT = 30, EXAMPLES = 4 };

static ModelConfig small(const char *fusion)
{
	return utterances_model(fusion, "transformer", "transformer");
}

typedef struct Problem {
	const EmotionNet *model;
	const Dataset *data;
} Problem;

static Var *problem_loss(Tape *tape, const void *context)
{
	const Problem *problem = context;
	static const int some[EXAMPLES] = { 1, 2, 4, 5 };
	static const Objective plain = { .fused = 1 };
	Batch *batch = ARENA_NEW(tape->arena, Batch);
	*batch = batch_make(tape->arena, problem->data, some, EXAMPLES, NULL);
	return objective_loss(&plain, problem->model, tape, batch, NULL);
}

START_TEST(transformer_encoders_have_right_gradients)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, 8, &rng);
	ModelConfig config = small("middle");
	for (int m = 0; m < MODALITIES; m++)
		config.encoder[m].hidden = 16;
	Params params = params_new(arena);
	Problem problem = { model_new(arena, &params, &config, &draws), &data };
	static const char *const some[] = { "text.map.bias", "text.layers.1.linear1.bias",
		"text.norm.bias", "speech.conv1.bias",
		"speech.layers.0.self_attn.out_proj.weight",
		"speech.layers.1.norm2.weight" };
	enum { SOME = sizeof some / sizeof some[0] };
	Var *learn[SOME];
	for (int i = 0; i < SOME; i++) {
		learn[i] = params_find(&params, some[i]);
		ck_assert_msg(learn[i] != NULL, "%s", some[i]);
	}
	GradcheckResult result = gradcheck(arena, problem_loss, &problem, SOME, learn);
	ck_assert_msg(result.passed, "%s", result.text);
	for (int i = 0; i < SOME; i++) {
		double size = 0;
		for (size_t k = 0; k < tensor_count(learn[i]->grad); k++)
			size += fabs((double)learn[i]->grad.data[k]);
		ck_assert_msg(size > 1e-4, "%s: no gradient to it", some[i]);
	}
	arena_free(arena);
}
END_TEST

/* All weights after two epochs over utterances that are the same in every test. */
static Params trained(Arena *arena, const char *fusion, int threads)
{
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, COUNT, &rng), none = { 0 };
	ModelConfig config = small(fusion);
	Params params = params_new(arena);
	model_new(arena, &params, &config, &draws);
	TrainOptions options = train_defaults();
	options.epochs = 2;
	options.batch = 24;
	options.modality_dropout = 0.2;
	Pool *pool = pool_new(threads);
	Progress quiet = { .quiet = true };
	TrainResult result =
	        train(&params, &config, &data, &none, &options, pool, &quiet);
	ck_assert(!result.diverged && isfinite(result.loss));
	pool_free(pool);
	return params;
}

START_TEST(transformer_encoders_train_to_the_same_bits_on_any_number_of_threads)
{
	static const char *const fusions[] = { "middle", "cross" };
	for (int f = 0; f < 2; f++) {
		Arena *arena = arena_new("test");
		Params one = trained(arena, fusions[f], 1);
		Params many = trained(arena, fusions[f], 3);
		for (int i = 0; i < one.count; i++)
			ASSERT_TENSOR_SAME(one.items[i]->value, many.items[i]->value);
		arena_free(arena);
	}
}
END_TEST

/* Beside longer ones an utterance has the answer that it has alone, with every strategy. */
START_TEST(transformer_encoders_alone_or_in_a_batch_give_the_same_answer)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3);
	Dataset data = utterances_new(arena, 8, &rng);
	Tape tape = tape_new(arena_new("step"));
	tape.recording = false;
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++) {
		ModelConfig config = small(fusion->name);
		Params params = params_new(arena);
		Rng draws = rng_new(4);
		EmotionNet *model = model_new(arena, &params, &config, &draws);
		const int all[] = { 0, 1, 2, 3, 4, 5, 6, 7 };
		Batch batch = batch_make(arena, &data, all, 8, NULL);
		Tensor together = model_logits(model, &tape, &batch, NULL)->value;
		for (int i = 0; i < 8; i++) {
			Batch one = batch_make(arena, &data, all + i, 1, NULL);
			Tensor alone = model_logits(model, &tape, &one, NULL)->value;
			ASSERT_TENSOR_CLOSE(tensor_row(alone, 0), tensor_row(together, i),
			        1e-5, 1e-5);
		}
	}
	arena_free(tape.arena);
	arena_free(arena);
}
END_TEST

/* The order of words is seen: positions tell steps apart. */
START_TEST(transformer_words_in_another_order_give_another_answer)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(3), draws = rng_new(4);
	Dataset data = utterances_new(arena, 2, &rng);
	static const int forth[] = { 5, 9, 23, 14 }, back[] = { 14, 23, 9, 5 };
	ModelConfig config = small("middle");
	config.reads.has[MODALITY_SPEECH] = false;
	Params params = params_new(arena);
	EmotionNet *model = model_new(arena, &params, &config, &draws);
	Tape tape = tape_new(arena);
	const int one[] = { 1 };
	data.items[1].words = 4;
	Tensor answer[2];
	for (int i = 0; i < 2; i++) {
		data.items[1].ids = i ? back : forth;
		Batch batch = batch_make(arena, &data, one, 1, NULL);
		answer[i] = model_logits(model, &tape, &batch, NULL)->value;
	}
	ck_assert(fabs((double)(answer[0].data[0] - answer[1].data[0])) > 1e-4);
	arena_free(arena);
}
END_TEST

START_TEST(transformer_widths_are_multiples_of_the_heads)
{
	static const int asked[] = { 6, 15, 16, 47 }, given[] = { 6, 15, 16, 44 };
	for (int i = 0; i < 4; i++) {
		Arena *arena = arena_new("test");
		Rng draws = rng_new(4);
		ModelConfig config = small("middle");
		config.encoder[MODALITY_TEXT].hidden = asked[i];
		Params params = params_new(arena);
		const EmotionNet *model = model_new(arena, &params, &config, &draws);
		ck_assert_int_eq(model->encoder[MODALITY_TEXT].pooled, given[i]);
		arena_free(arena);
	}
}
END_TEST

TEST_MAIN("encoder_transformer", transformer_encoders_have_right_gradients,
        transformer_encoders_train_to_the_same_bits_on_any_number_of_threads,
        transformer_encoders_alone_or_in_a_batch_give_the_same_answer,
        transformer_words_in_another_order_give_another_answer,
        transformer_widths_are_multiples_of_the_heads)
