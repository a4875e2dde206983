/* GPT-2, Llama and BERT as wholes, against the models that transformers builds. */
#include "autograd/ops.h"
#include "layers/bert.h"
#include "layers/gpt2.h"
#include "layers/llama.h"
#include "tensor/reduce.h"
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

/* ---- the two rotary layouts --------------------------------------------------------- */

/* A Llama with the golden weights; for `pairs`, with the rows of its maps to queries and
 * keys in the other order. */
static Tensor golden_llama(Arena *arena, Tape *tape, bool pairs, RotaryLayout layout)
{
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	LlamaConfig config = llama_config(false);
	config.layout = layout;
	Llama *model = llama_new(&params, NULL, &config, &rng);
	for (int i = 0; i < params.count; i++) {
		const char *name = arena_format(arena, "llama.in%d", i);
		params.items[i]->value = golden_tensor(arena, "language.txt", name);
	}
	for (int i = 0; i < LAYERS && pairs; i++) {
		const Grouped *attn = &model->layers[i].self_attn;
		const char *q = arena_format(arena, "llama.pairs.q%d", i);
		const char *k = arena_format(arena, "llama.pairs.k%d", i);
		attn->q.linear.weight->value = golden_tensor(arena, "language.txt", q);
		attn->k.linear.weight->value = golden_tensor(arena, "language.txt", k);
	}
	Sequence x = llama_forward(model, tape, ids, B, T, lengths, NULL, NULL);
	return eighth(tape, llama_logits(model, tape, x.x))->value;
}

START_TEST(llama_layouts_give_the_known_logits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Tensor halves = golden_llama(arena, &tape, false, ROTARY_HALVES);
	Tensor pairs = golden_llama(arena, &tape, true, ROTARY_PAIRS);
	ASSERT_GOLDEN(halves, "language.txt", "llama.out");
	ASSERT_GOLDEN(pairs, "language.txt", "llama.out");
	const double known = -0.718860098; /* of the last id after the first text */
	const size_t last = (T - 1) * VOCABULARY + VOCABULARY - 1;
	ASSERT_CLOSE(8 * (double)halves.data[last], known, 0, 1e-5);
	ASSERT_CLOSE(8 * (double)pairs.data[last], known, 0, 1e-5);
	Tensor wrong = golden_llama(arena, &tape, true, ROTARY_HALVES);
	double off = 8 * (double)wrong.data[last] - known;
	ck_assert_msg(off > 0.01 || off < -0.01, "the wrong layout is off by %g", off);
	arena_free(arena);
}
END_TEST

/* ---- what does not matter ----------------------------------------------------------- */

/* New models of each family, with weights that are large enough to matter. */
typedef struct Models {
	Params params;
	Gpt2 *gpt2;
	Llama *llama;
	Bert *bert;
} Models;

static Models models_new(Arena *arena, Rng *rng)
{
	Models m = { .params = params_new(arena) };
	Gpt2Config gpt2_small = gpt2_config;
	LlamaConfig llama_small = llama_config(true);
	BertConfig bert_small = bert_config;
	gpt2_small.dropout = llama_small.dropout = bert_small.dropout = (real)0.3;
	m.gpt2 = gpt2_new(&m.params, "gpt2", &gpt2_small, rng);
	m.llama = llama_new(&m.params, "llama", &llama_small, rng);
	m.bert = bert_new(&m.params, "bert", &bert_small, rng);
	for (int i = 0; i < m.params.count; i++)
		if (m.params.items[i]->value.ndim == 2)
			params_init_normal(&m.params, m.params.items[i], (real)0.5, rng);
	return m;
}

enum { FAMILIES = 3 };

/* The last hidden steps of family 0, 1 or 2. */
static Sequence hidden(const Models *m, int family, Tape *tape, const int *own, int batch,
        int longest, const int *steps, KeysValues *past, Rng *rng)
{
	if (family == 0)
		return gpt2_forward(m->gpt2, tape, own, batch, longest, steps, past, rng);
	if (family == 1)
		return llama_forward(
		        m->llama, tape, own, batch, longest, steps, past, rng);
	return bert_forward(m->bert, tape, own, batch, longest, steps, rng);
}

START_TEST(language_alone_or_in_a_batch_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Models m = models_new(arena, &rng);
	for (int f = 0; f < FAMILIES; f++) {
		Tensor both =
		        hidden(&m, f, &tape, ids, B, T, lengths, NULL, NULL).x->value;
		for (int b = 0; b < B; b++) {
			Tensor own = hidden(&m, f, &tape, ids + b * T, 1, lengths[b],
			        lengths + b, NULL, NULL)
			                     .x->value;
			Tensor part = tensor_slice(tensor_row(both, b), 0, lengths[b]);
			ASSERT_TENSOR_SAME(tensor_row(own, 0), part);
		}
		Tensor padding = tensor_slice(tensor_row(both, 1), lengths[1], T);
		ASSERT_TENSOR_SAME(
		        padding, tensor_zeros(arena, padding.ndim, padding.shape));
	}
	arena_free(arena);
}
END_TEST

/* The prompt, then one id after the other, as a text is generated. */
START_TEST(language_with_a_past_gives_same_bits)
{
	static const int whole[] = { T, T };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Rng rng = rng_new(1);
	Models m = models_new(arena, &rng);
	const int columns[] = { D, llama_columns(m.llama) };
	for (int f = 0; f < 2; f++) {
		Tensor all = hidden(&m, f, &tape, ids, B, T, whole, NULL, NULL).x->value;
		KeysValues *past = keys_values_new(arena, LAYERS, B, LONGEST, columns[f]);
		for (int begin = 0, end = 3; begin < T; begin = end++) {
			int next[B * T], steps[B];
			for (int b = 0; b < B; b++) {
				steps[b] = end - begin;
				for (int t = begin; t < end; t++)
					next[b * (end - begin) + t - begin] =
					        ids[b * T + t];
			}
			Tensor y = hidden(
			        &m, f, &tape, next, B, end - begin, steps, past, NULL)
			                   .x->value;
			for (int b = 0; b < B; b++)
				ASSERT_TENSOR_SAME(tensor_row(y, b),
				        tensor_slice(tensor_row(all, b), begin, end));
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(language_dropout_drops_only_in_training)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Models m = models_new(arena, &rng);
	for (int f = 0; f < FAMILIES; f++) {
		Rng a = rng_new(7), b = rng_new(7), c = rng_new(8);
		Tensor x = hidden(&m, f, &tape, ids, B, T, lengths, NULL, &a).x->value;
		Tensor same = hidden(&m, f, &tape, ids, B, T, lengths, NULL, &b).x->value;
		Tensor other =
		        hidden(&m, f, &tape, ids, B, T, lengths, NULL, &c).x->value;
		ASSERT_TENSOR_SAME(x, same);
		ck_assert(memcmp(x.data, other.data, sizeof(real) * B * T * D) != 0);
	}
	arena_free(arena);
}
END_TEST

/* ---- adapters and names ------------------------------------------------------------- */

/* With all else frozen, only adapters have a gradient, and every family has some. */
START_TEST(language_adapters_alone_learn)
{
	static const char *const has[] = { "gpt2.h.1.attn.c_attn.lora_B.weight",
		"llama.model.layers.0.self_attn.v_proj.lora_A.weight",
		"bert.encoder.layer.1.attention.self.query.lora_B.weight" };
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Rng rng = rng_new(1);
	Models m = models_new(arena, &rng);
	params_freeze(&m.params, "");
	int frozen = m.params.count;
	gpt2_adapt(m.gpt2, &m.params, 2, 4, &rng);
	llama_adapt(m.llama, &m.params, 2, 4, &rng);
	bert_adapt(m.bert, &m.params, 2, 4, &rng);
	ck_assert_int_eq(m.params.count - frozen, LAYERS * (2 + 4 + 4));
	for (int f = 0; f < FAMILIES; f++) {
		ck_assert_ptr_nonnull(params_find(&m.params, has[f]));
		Sequence x = hidden(&m, f, &tape, ids, B, T, lengths, NULL, NULL);
		Var *weights = random_constant(arena, "w", f, SHAPE(B, T, D));
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, x.x, weights)));
	}
	for (int i = frozen; i < m.params.count; i++) {
		Var *p = m.params.items[i];
		bool is_b = strstr(p->name, "lora_B") != NULL; /* 0, so A has none yet */
		bool learns =
		        real_dot(p->grad.data, p->grad.data, tensor_count(p->grad)) > 0;
		ck_assert_msg(learns == is_b, "%s", p->name);
	}
	arena_free(arena);
}
END_TEST

START_TEST(language_parameters_have_published_names)
{
	static const char *const names[] = { "gpt2.wte.weight", "gpt2.wpe.weight",
		"gpt2.h.0.ln_1.bias", "gpt2.h.1.attn.c_attn.weight",
		"gpt2.h.1.mlp.c_proj.bias", "gpt2.ln_f.weight",
		"llama.model.embed_tokens.weight",
		"llama.model.layers.1.self_attn.o_proj.weight",
		"llama.model.layers.0.mlp.gate_proj.weight", "llama.model.norm.weight",
		"bert.embeddings.token_type_embeddings.weight",
		"bert.embeddings.LayerNorm.bias",
		"bert.encoder.layer.1.attention.output.LayerNorm.weight",
		"bert.encoder.layer.0.attention.self.key.bias",
		"bert.encoder.layer.0.intermediate.dense.weight" };
	Arena *arena = arena_new("test");
	Rng rng = rng_new(1);
	Models m = models_new(arena, &rng);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		ck_assert_msg(params_find(&m.params, names[i]) != NULL, "%s", names[i]);
	LlamaConfig config = llama_config(false);
	Llama *bare = llama_new(&m.params, "", &config, &rng);
	ck_assert_str_eq(bare->lm_head.weight->name, "lm_head.weight");
	ck_assert(gpt2_turned("transformer.h.3.attn.c_attn.weight"));
	ck_assert(gpt2_turned("h.0.mlp.c_proj.weight"));
	ck_assert(!gpt2_turned("h.0.mlp.c_proj.bias") && !gpt2_turned("wte.weight"));
	arena_free(arena);
}
END_TEST

START_TEST(language_wrong_sizes_stop)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Gpt2Config gpt2_wrong = gpt2_config;
	gpt2_wrong.heads = 3;
	ASSERT_STOPS("\"g.h.0.attn\", 4 wide: 3 heads",
	        gpt2_new(&params, "g", &gpt2_wrong, &rng));
	LlamaConfig llama_wrong = llama_config(true);
	llama_wrong.inner = 0;
	ASSERT_STOPS("2 layers of 4 heads, 4 wide, 0 inside, for 8 steps",
	        llama_new(&params, "l", &llama_wrong, &rng));
	BertConfig bert_wrong = bert_config;
	bert_wrong.longest = 0;
	ASSERT_STOPS("bert_new at tests/layers/test_language.c:",
	        bert_new(&params, "b", &bert_wrong, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("language", language_models_agree_with_transformers,
        llama_layouts_give_the_known_logits, language_alone_or_in_a_batch_gives_same_bits,
        language_with_a_past_gives_same_bits, language_dropout_drops_only_in_training,
        language_adapters_alone_learn, language_parameters_have_published_names,
        language_wrong_sizes_stop)
