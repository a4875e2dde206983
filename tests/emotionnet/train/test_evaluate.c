/* Predictions of many examples: batches of like length, in the order of the examples. */
#include "emotionnet/train/evaluate.h"
#include "tests/support/harness.h"
#include "tests/support/utterances.h"

#include <string.h>

enum { MANY = 301 };

typedef struct Asked {
	Arena *arena;
	Pool *pool;
	Shards *shards;
	Dataset data;
} Asked;

static Asked asked_new(const char *fusion, const char *text, const char *speech)
{
	Arena *arena = arena_new("test");
	Rng rng = rng_new(5);
	ModelConfig *config = ARENA_NEW(arena, ModelConfig);
	*config = utterances_model(fusion, text, speech);
	Params *params = ARENA_NEW(arena, Params);
	*params = params_new(arena);
	model_new(arena, params, config, &rng);
	Pool *pool = pool_new(3);
	return (Asked){ arena, pool, model_shards(arena, pool, params, config, 24),
		utterances_new(arena, MANY, &rng) };
}

static void asked_free(Asked *asked)
{
	shards_free(asked->shards);
	pool_free(asked->pool);
	arena_free(asked->arena);
}

static void check_company(const char *fusion, const char *text, const char *speech)
{
	const ModalitySet silent = { .has = { [MODALITY_SPEECH] = true } };
	const ModalitySet *const masks[] = { NULL, &silent };
	Asked asked = asked_new(fusion, text, speech);
	for (int m = 0; m < 2; m++) {
		Tensor all = predict_all(asked.arena, asked.shards, &asked.data,
		        UTTERANCE_CLASSES, masks[m]);
		ck_assert_int_eq(all.shape[0], MANY);
		for (int i = 0; i < MANY; i++) {
			Dataset one = asked.data;
			one.items += i;
			one.count = 1;
			ASSERT_TENSOR_SAME(tensor_slice(all, i, i + 1),
			        predict_all(asked.arena, asked.shards, &one,
			                UTTERANCE_CLASSES, masks[m]));
		}
	}
	asked_free(&asked);
}

/* To the bit. Some of the utterances lack a modality, all of the second round sound. */
START_TEST(predict_all_says_the_same_in_any_company)
{
	check_company("early", "lstm", "cnn");
	check_company("middle", "cnn", "lstm");
	check_company("late", "transformer", "transformer");
	check_company("gated", "lstm", "cnn");
	check_company("cross", "lstm", "cnn");
	check_company("alignment", "cnn", "cnn");
}
END_TEST

START_TEST(predict_all_of_nothing_is_empty)
{
	Asked asked = asked_new("middle", "lstm", "cnn");
	asked.data.count = 0;
	Tensor none = predict_all(
	        asked.arena, asked.shards, &asked.data, UTTERANCE_CLASSES, NULL);
	ck_assert_int_eq(none.shape[0], 0);
	asked_free(&asked);
}
END_TEST

TEST_MAIN("evaluate", predict_all_says_the_same_in_any_company,
        predict_all_of_nothing_is_empty)
