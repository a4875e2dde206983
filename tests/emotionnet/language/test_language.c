/* Small models as their publishers' programs save them, beside what transformers computes
 * with them: tests/golden/make_published.py. */
#include "autograd/fast/team.h"
#include "autograd/ops.h"
#include "emotionnet/language/chat.h"
#include "emotionnet/language/language.h"
#include "emotionnet/language/session.h"
#include "tests/support/golden.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GOLDEN    "published.txt"
#define PUBLISHED "tests/golden/published/"

static const char *const texts[] = { "the sea is calm",
	"the calmest sea, and so is the shore in winter!" };

typedef struct Opened {
	Arena *arena;
	LanguageFile file;
	Params params;
	Language model;
	Tape tape;
} Opened;

static Opened opened(const char *path)
{
	Opened o = { .arena = arena_new("test") };
	Error error;
	ck_assert_msg(language_open(&o.file, o.arena, path, &error), "%s", error.text);
	o.params = params_new_to_load(o.arena);
	o.model = language_new(&o.params, NULL, &o.file, 0);
	ck_assert_msg(language_load(&o.params, NULL, &o.file, &error), "%s", error.text);
	o.tape = tape_new(arena_child(o.arena, "tape"));
	o.tape.recording = false;
	return o;
}

/* The golden logits are every ninth of each step. */
static void check_logits(Opened *o, const char *name, int text, Tensor logits)
{
	Tensor expected = golden_tensor(
	        o->arena, GOLDEN, arena_format(o->arena, "%s.out%d", name, text));
	int T = logits.shape[0], V = logits.shape[1];
	ck_assert_int_eq(expected.shape[0], T);
	for (int t = 0; t < T; t++)
		for (int k = 0; 9 * k < V; k++)
			ASSERT_CLOSE(logits.data[t * V + 9 * k],
			        expected.data[t * expected.shape[1] + k], 1e-4, 1e-5);
}

/* The golden ids, as our tokeniser cuts the text, `before` of them put in front. */
static int *ids_of(Opened *o, const char *name, int text, int before, int *count)
{
	int *expected = golden_ints(
	        o->arena, GOLDEN, arena_format(o->arena, "%s.ids%d", name, text));
	TokenIds ids = tokeniser_encode(o->file.tokeniser, o->arena, texts[text],
	        strlen(texts[text]), ENCODE_ENDS);
	for (int i = before; i < ids.count; i++)
		ck_assert_int_eq(ids.at[i], expected[i - before]);
	*count = ids.count - before;
	return expected;
}

static void check_writer(const char *path, const char *name, int before)
{
	Opened o = opened(path);
	for (int text = 0; text < 2; text++) {
		int T, *ids = ids_of(&o, name, text, before, &T);
		Sequence x =
		        language_forward(&o.model, &o.tape, ids, 1, T, &T, NULL, NULL);
		Var *logits = language_logits(&o.model, &o.tape, x.x);
		check_logits(&o, name, text,
		        tensor_reshape(
		                logits->value, SHAPE(T, o.file.config.vocabulary)));
	}
	arena_free(o.arena);
}

START_TEST(language_gpt2_folder_gives_the_logits_of_transformers)
{
	check_writer(PUBLISHED "gpt2", "gpt2", 0);
}
END_TEST

START_TEST(language_llama_folder_gives_the_logits_of_transformers)
{
	check_writer(PUBLISHED "llama", "llama", 0);
}
END_TEST

START_TEST(language_gguf_gives_the_logits_of_transformers)
{
	check_writer(PUBLISHED "llama.gguf", "gguf", 1);
}
END_TEST

START_TEST(language_bert_folder_gives_the_states_of_transformers)
{
	Opened o = opened(PUBLISHED "bert");
	for (int text = 0; text < 2; text++) {
		int T, *ids = ids_of(&o, "bert", text, 0, &T);
		Sequence x =
		        language_forward(&o.model, &o.tape, ids, 1, T, &T, NULL, NULL);
		Tensor expected =
		        golden_tensor(o.arena, GOLDEN, text ? "bert.out1" : "bert.out0");
		ASSERT_TENSOR_CLOSE(tensor_row(x.x->value, 0), expected, 1e-4, 1e-5);
	}
	arena_free(o.arena);
}
END_TEST

/* Token after token, in pieces, with threads: the same as all at once. */
START_TEST(session_gives_what_the_whole_text_gives)
{
	static const char *const paths[] = { PUBLISHED "gpt2", PUBLISHED "llama.gguf" };
	Pool *pool = pool_new(3);
	for (int i = 0; i < 2; i++) {
		Opened o = opened(paths[i]);
		int T, *ids = ids_of(&o, i ? "gguf" : "gpt2", 1, i, &T);
		LanguageSession session = session_new(o.arena, &o.model, 64, pool);
		Sequence x =
		        language_forward(&o.model, &o.tape, ids, 1, T, &T, NULL, NULL);
		Tensor all = language_logits(&o.model, &o.tape, x.x)->value;
		int V = o.file.config.vocabulary;
		session_read(&session, ids, 4);
		for (int t = 4; t < T; t++) {
			Tensor row = tensor_view(
			        all.data + (size_t)(t - 1) * (size_t)V, SHAPE(V));
			ASSERT_TENSOR_CLOSE(session.logits, row, 1e-4, 1e-5);
			session_read(&session, ids + t, 1);
		}
		ck_assert_int_eq(session_room(&session), 64 - T);
		arena_free(o.arena);
	}
	pool_free(pool);
}
END_TEST

START_TEST(session_score_is_the_logarithm_of_softmax)
{
	Opened o = opened(PUBLISHED "llama");
	int T, *ids = ids_of(&o, "llama", 1, 0, &T);
	LanguageSession session = session_new(o.arena, &o.model, 64, NULL);
	double found[64], again[64];
	session_score(&session, ids, T, found);
	ck_assert(isnan(found[0]));
	Sequence x = language_forward(&o.model, &o.tape, ids, 1, T, &T, NULL, NULL);
	Tensor all = language_logits(&o.model, &o.tape, x.x)->value;
	for (int t = 1; t < T; t++) {
		const real *row = all.data + (size_t)(t - 1) * 267;
		double sum = 0;
		for (int k = 0; k < 267; k++)
			sum += exp((double)row[k]);
		ASSERT_CLOSE(found[t], (double)row[ids[t]] - log(sum), 1e-4, 1e-5);
	}
	session_rewind(&session, 5);
	session_score(&session, ids + 5, T - 5, again);
	ck_assert(isnan(again[0])); /* what came before it is known no more */
	for (int t = 1; t < T - 5; t++)
		ASSERT_CLOSE(again[t], found[t + 5], 1e-4, 1e-5);
	arena_free(o.arena);
}
END_TEST

/* A block of its own numbers learns, through blocks that stay as the file has them. */
START_TEST(language_learn_gives_gradients_to_a_block_alone)
{
	Arena *arena = arena_new("test");
	LanguageFile file;
	Error error;
	ck_assert(language_open(&file, arena, PUBLISHED "llama.gguf", &error));
	Params params = params_new_to_load(arena);
	Language model = language_new(&params, "text.lm", &file, 32);
	ck_assert_msg(language_load(&params, "text.lm", &file, &error), "%s", error.text);
	language_learn(&params, "text.lm", &file, 1);
	Params replica = params_replica(arena, &params);
	Language again = language_new(&replica, "text.lm", &file, 32);
	Tape tape = tape_new(arena_child(arena, "tape"));
	int ids[] = { 5, 6, 7 }, T = 3;
	Tensor values[2];
	for (int i = 0; i < 2; i++) {
		const Language *m = i ? &again : &model;
		Sequence x = language_forward(m, &tape, ids, 1, T, &T, NULL, NULL);
		values[i] = tensor_clone(arena, x.x->value);
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, x.x, x.x)));
	}
	ASSERT_TENSOR_SAME(values[0], values[1]);
	for (int i = 0; i < params.count; i++) {
		const Var *p = params.items[i], *r = replica.items[i];
		bool learnt = strstr(p->name, "layers.1.");
		ck_assert_msg(!p->grad.data == !learnt, "%s", p->name);
		ck_assert_msg(!r->grad.data == !learnt, "%s", p->name);
		if (learnt)
			ASSERT_TENSOR_SAME(p->grad, r->grad);
		if (learnt && p->value.ndim == 2)
			ck_assert_msg(p->grad.data[0] != 0, "%s", p->name);
	}
	arena_free(arena);
}
END_TEST

START_TEST(chat_of_a_file_is_known_or_refused)
{
	Opened o = opened(PUBLISHED "llama");
	Chat chat;
	Error error;
	ck_assert_msg(chat_known(&chat, o.arena, "x", o.file.chat_template,
	                      o.file.tokeniser, &error),
	        "%s", error.text);
	TokenIds ids = { NULL, 0, 0 };
	chat_add(&chat, o.file.tokeniser, o.arena, &ids, "<|im_end|> a", true);
	ck_assert_int_eq(ids.at[0], 1);
	int ends = 0;
	for (int i = 0; i < ids.count; i++)
		ends += ids.at[i] == 2;
	ck_assert_int_eq(ends, 1); /* what the user types is text */
	ck_assert(!chat_known(&chat, o.arena, "x", NULL, o.file.tokeniser, &error));
	ASSERT_CONTAINS(error.text, "x: it does not say in which form to talk");
	ck_assert(!chat_known(
	        &chat, o.arena, "x", "[INST] {{ x }} [/INST]", o.file.tokeniser, &error));
	ASSERT_CONTAINS(error.text, "is not one that is known");
	arena_free(o.arena);
}
END_TEST

/* ---- what is wrong or missing is told by name ---- */

static void copy_but(const char *folder, const char *name, const char *from,
        const char *what, const char *by)
{
	static const char *const names[] = { "config.json", "model.safetensors",
		"tokenizer.json" };
	for (int i = 0; i < 3; i++) {
		Arena *arena = arena_new("copy");
		Bytes bytes;
		Error error;
		const char *path = arena_format(arena, "%s/%s", from, names[i]);
		ck_assert(file_read(&bytes, arena, path, &error));
		FileWriter *out = file_open(
		        arena, arena_format(arena, "%s/%s", folder, names[i]), &error);
		const char *text = (const char *)bytes.data;
		const char *found = strcmp(names[i], name) ? NULL : strstr(text, what);
		size_t head = found ? (size_t)(found - text) : bytes.size;
		file_write(out, text, head);
		if (found) {
			file_write(out, by, strlen(by));
			file_write(out, found + strlen(what),
			        bytes.size - head - strlen(what));
		}
		ck_assert(file_close(out, &error));
		ck_assert(found || strcmp(names[i], name));
		arena_free(arena);
	}
}

static void check_refused(const char *path, const char *expected)
{
	Arena *arena = arena_new("refused");
	LanguageFile file;
	Error error;
	bool read = language_open(&file, arena, path, &error);
	if (read) {
		Params params = params_new_to_load(arena);
		language_new(&params, NULL, &file, 0);
		read = language_load(&params, NULL, &file, &error);
	}
	ck_assert_msg(!read, "opened, expected \"%s\"", expected);
	ASSERT_CONTAINS(error.text, expected);
	arena_free(arena);
}

START_TEST(language_open_of_a_wrong_config_is_refused_by_name)
{
	static const struct {
		const char *what, *by, *expected;
	} cases[] = {
		{ "\"llama\"", "\"mamba\"",
		        "a model of the family \"mamba\": expected llama, gpt2 or bert" },
		{ "\"silu\"", "\"gelu\"",
		        "\"hidden_act\" is \"gelu\": only \"silu\" can be built" },
		{ "\"hidden_size\": 32", "\"hidden_size\": 33",
		        "another shape: \"model.embed_tokens.weight\" (267,32), expected (267,33)" },
		{ "\"hidden_size\"", "\"hidden_sise\"",
		        "\"hidden_size\" is missing: expected a whole number" },
		{ "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3",
		        "missing: \"model.layers.2.self_attn.q_proj.weight\" (32,32)" },
		{ "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1",
		        "unexpected: \"model.layers.1.input_layernorm.weight\" (32)" },
		{ "\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3",
		        "4 heads over 3 of keys and values" },
		{ "\"head_dim\": 8", "\"head_dim\": 7", "need an even number" },
		{ "\"attention_bias\": false", "\"attention_bias\": true",
		        "\"attention_bias\" is true: only false can be built" },
		{ "\"rope_type\": \"default\"", "\"rope_type\": \"yarn\"",
		        "\"rope_type\" is \"yarn\": only \"default\" can be built" },
		{ "\"vocab_size\": 267", "\"vocab_size\": 100",
		        "its tokeniser has 267 tokens, but its model knows 100" },
		{ "\"vocab_size\": 267", "\"vocab_size\": 99999999999",
		        "\"vocab_size\" is too large" },
		{ "\"num_attention_heads\": 4", "\"num_attention_heads\": 0",
		        "heads: 0, expected 1 to 1024" },
		{ "1e-05", "-1", "the epsilon of the norms is -1" },
		{ "\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false",
		        "missing: \"lm_head.weight\" (267,32)" },
		{ "{", "[", "config.json: byte 0: expected" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		copy_but(harness_directory(), "config.json", PUBLISHED "llama",
		        cases[i].what, cases[i].by);
		check_refused(harness_directory(), cases[i].expected);
	}
}
END_TEST

START_TEST(language_open_of_an_incomplete_folder_is_refused)
{
	const char *folder = harness_directory();
	check_refused(folder, "config.json");
	check_refused(PUBLISHED "none.gguf", "none.gguf");
	check_refused("tests/golden/" GOLDEN,
	        "expected a file that begins with the letters GGUF");
	copy_but(folder, "config.json", PUBLISHED "llama", "\"llama\"", "\"llama\"");
	char path[512];
	snprintf(path, sizeof path, "%s/tokenizer.json", folder);
	ck_assert(!unlink(path));
	check_refused(folder,
	        "Hint: a language model is a .gguf file, or a folder with config.json");
}
END_TEST

TEST_MAIN("language", language_gpt2_folder_gives_the_logits_of_transformers,
        language_llama_folder_gives_the_logits_of_transformers,
        language_gguf_gives_the_logits_of_transformers,
        language_bert_folder_gives_the_states_of_transformers,
        session_gives_what_the_whole_text_gives,
        session_score_is_the_logarithm_of_softmax,
        language_learn_gives_gradients_to_a_block_alone,
        chat_of_a_file_is_known_or_refused,
        language_open_of_a_wrong_config_is_refused_by_name,
        language_open_of_an_incomplete_folder_is_refused)
