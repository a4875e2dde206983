/* GPT-2, Llama and BERT as wholes, against the models that transformers builds. */
#include "autograd/ops.h"
#include "layers/bert.h"
#include "layers/gpt2.h"
#include "layers/llama.h"
#include "tests/support/golden.h"
#include "tests/support/gradient.h"

#include <string.h>

/* As in tests/golden/make_language.py. */
enum { B = 2, T = 6, VOCABULARY = 11, D = 4, HEADS = 4, GROUPS = 2, HEAD = 4 };
enum { LAYERS = 2, LONGEST = 8 };
enum { GPT2_WEIGHTS = 28, LLAMA_WEIGHTS = 21, BERT_WEIGHTS = 37 };
static const int ids[] = { 3, 9, 1, 10, 4, 4, 7, 2, 2, 5, 0, 0 };
static const int lengths[] = { 6, 4 };

static const Gpt2Config gpt2_config = { .vocabulary = VOCABULARY,
	.width = D,
	.layers = LAYERS,
	.heads = 2,
	.longest = LONGEST };
static const BertConfig bert_config = { .vocabulary = VOCABULARY,
	.width = D,
	.layers = LAYERS,
	.heads = 2,
	.inner = 6,
	.longest = LONGEST };

static LlamaConfig llama_config(bool tied)
{
	return (LlamaConfig){ .vocabulary = VOCABULARY,
		.width = D,
		.layers = LAYERS,
		.heads = HEADS,
		.groups = GROUPS,
		.head = HEAD,
		.inner = 6,
		.longest = LONGEST,
		.theta = 100,
		.tied = tied };
}

/* The values and the gradients of `from` take the place of the model's own. */
static void give(const Params *params, Var *const from[])
{
	for (int i = 0; i < params->count; i++) {
		ck_assert(tensor_same_shape(params->items[i]->value, from[i]->value));
		params->items[i]->value = from[i]->value;
		params->items[i]->grad = from[i]->grad;
	}
}

static Var *eighth(Tape *tape, Var *x)
{
	return op_scale(tape, x, (real)0.125);
}

static Var *gpt2(Tape *tape, const void *in)
{
	Params params = params_new(tape->arena);
	Rng rng = rng_new(1);
	Gpt2 *model = gpt2_new(&params, NULL, &gpt2_config, &rng);
	ck_assert_int_eq(params.count, GPT2_WEIGHTS);
	give(&params, in);
	Sequence x = gpt2_forward(model, tape, ids, B, T, lengths, NULL, NULL);
	return eighth(tape, gpt2_logits(model, tape, x.x));
}

static Var *llama_with(Tape *tape, Var *const in[], LlamaConfig config)
{
	Params params = params_new(tape->arena);
	Rng rng = rng_new(1);
	Llama *model = llama_new(&params, NULL, &config, &rng);
	ck_assert_int_eq(params.count, LLAMA_WEIGHTS - config.tied);
	give(&params, in);
	Sequence x = llama_forward(model, tape, ids, B, T, lengths, NULL, NULL);
	return eighth(tape, llama_logits(model, tape, x.x));
}

static Var *llama(Tape *tape, const void *in)
{
	return llama_with(tape, in, llama_config(false));
}

static Var *llama_tied(Tape *tape, const void *in)
{
	return llama_with(tape, in, llama_config(true));
}

static Var *bert(Tape *tape, const void *in)
{
	Params params = params_new(tape->arena);
	Rng rng = rng_new(1);
	Bert *model = bert_new(&params, NULL, &bert_config, &rng);
	ck_assert_int_eq(params.count, BERT_WEIGHTS);
	give(&params, in);
	return eighth(tape, bert_forward(model, tape, ids, B, T, lengths, NULL).x);
}

START_TEST(language_models_agree_with_transformers)
{
	ASSERT_AGREES(gpt2, "language.txt", "gpt2", GPT2_WEIGHTS);
	ASSERT_AGREES(llama, "language.txt", "llama", LLAMA_WEIGHTS);
	ASSERT_AGREES(llama_tied, "language.txt", "llama.tied", LLAMA_WEIGHTS - 1);
	ASSERT_AGREES(bert, "language.txt", "bert", BERT_WEIGHTS);
}
END_TEST

TEST_MAIN("language", language_models_agree_with_transformers)
