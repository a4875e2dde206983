/* Two published models, where `make weights` has fetched them, beside what transformers
 * computes with the same weights: tests/golden/make_weights.py. */
#include "emotionnet/language/sampling.h"
#include "emotionnet/language/session.h"
#include "tensor/file/folder.h"
#include "tests/support/golden.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GOLDEN "weights.txt"

typedef struct Opened {
	Arena *arena;
	LanguageFile file;
	Params params;
	Language model;
	Pool *pool;
} Opened;

/* False, with a message, where it has not been fetched. */
static bool opened(Opened *o, const char *name)
{
	const char *folder = getenv("EMOTIONNET_WEIGHTS");
	*o = (Opened){ .arena = arena_new("test") };
	const char *path = arena_format(
	        o->arena, "%s/%s", folder && folder[0] ? folder : "build/weights", name);
	if (sizeof(real) != sizeof(float)) {
		printf("skipped: the figures are those of floats\n");
		arena_free(o->arena);
		return false;
	}
	if (!path_is_folder(path) && !path_check_file(path, NULL)) {
		printf("skipped: %s is not there: make weights fetches it\n", path);
		arena_free(o->arena);
		return false;
	}
	Error error;
	ck_assert_msg(language_open(&o->file, o->arena, path, &error), "%s", error.text);
	o->params = params_new_to_load(o->arena);
	o->model = language_new(&o->params, NULL, &o->file, 256);
	ck_assert_msg(
	        language_load(&o->params, NULL, &o->file, &error), "%s", error.text);
	o->pool = pool_new(1); /* any number gives the same bits */
	return true;
}

static void closed(Opened *o)
{
	pool_free(o->pool);
	arena_free(o->arena);
}

START_TEST(minilm_gives_the_sentence_vectors_of_transformers)
{
	static const char *const sentences[] = { "I am so happy to see you!",
		"Why did you leave me there, in the dark?",
		"The train to Lublin departs at 9:15.",
		"Zażółć gęślą jaźń; naïve café, 東京." };
	Opened o;
	if (!opened(&o, "minilm"))
		return;
	Tape tape = tape_new(arena_child(o.arena, "tape"));
	tape.recording = false;
	for (int i = 0; i < 4; i++) {
		TokenIds ids = tokeniser_encode(o.file.tokeniser, o.arena, sentences[i],
		        strlen(sentences[i]), ENCODE_ENDS);
		Sequence x = language_forward(
		        &o.model, &tape, ids.at, 1, ids.count, &ids.count, NULL, NULL);
		double mean[384] = { 0 }, square = 0;
		for (int t = 0; t < ids.count; t++)
			for (int k = 0; k < 384; k++)
				mean[k] += (double)sequence_step(x.x->value, 0, t)[k];
		for (int k = 0; k < 384; k++)
			square += mean[k] * mean[k];
		Tensor expected = golden_tensor(
		        o.arena, GOLDEN, arena_format(o.arena, "minilm.%d", i));
		for (int k = 0; k < 384; k++)
			ASSERT_CLOSE(mean[k] / sqrt(square), expected.data[k], 1e-5, 0);
	}
	closed(&o);
}
END_TEST

static const char smollm2[] = "smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";

/* Read at once, and token by token with sums in another order. */
START_TEST(smollm2_gives_the_logits_of_transformers)
{
	Opened o;
	if (!opened(&o, smollm2))
		return;
	Tensor expected = golden_tensor(o.arena, GOLDEN, "smollm2.logits");
	int T = expected.shape[0], *ids = golden_ints(o.arena, GOLDEN, "smollm2.ids");
	Tape tape = tape_new(arena_child(o.arena, "tape"));
	tape.recording = false;
	Sequence x = language_forward(&o.model, &tape, ids, 1, T, &T, NULL, NULL);
	LanguageSession session = session_new(o.arena, &o.model, 256, o.pool);
	double furthest[2] = { 0, 0 };
	for (int t = 0; t < T; t++) {
		ArenaMark mark = arena_mark(tape.arena);
		Tensor row = tensor_slice(tensor_row(x.x->value, 0), t, t + 1);
		Tensor logits[2];
		logits[0] =
		        language_logits(&o.model, &tape, tape_constant(&tape, row, NULL))
		                ->value;
		session_read(&session, ids + t, 1);
		logits[1] = session.logits;
		for (int way = 0; way < 2; way++)
			for (int k = 0; k < expected.shape[1]; k++) {
				real found = logits[way].data[4001 * k];
				real right = expected.data[t * expected.shape[1] + k];
				furthest[way] = fmax(
				        furthest[way], fabs((double)(found - right)));
			}
		arena_rewind(tape.arena, mark);
	}
	printf("SmolLM2's logits: at most %.1e from transformers', %.1e token by token\n",
	        furthest[0], furthest[1]);
	ck_assert(furthest[0] < 1e-3 && furthest[1] < 1e-3);
	closed(&o);
}
END_TEST

/* Where two tokens are nearly as probable, either may come: the golden says how near the
 * two leading logits came. */
START_TEST(smollm2_writes_the_greedy_texts_of_transformers)
{
	Opened o;
	if (!opened(&o, smollm2))
		return;
	Sampling sampling = { .temperature = 0 };
	for (int i = 0; i < 5; i++) {
		LanguageSession session = session_new(o.arena, &o.model, 128, o.pool);
		Tensor prompt = golden_tensor(
		        o.arena, GOLDEN, arena_format(o.arena, "smollm2.prompt%d", i));
		int *ids = golden_ints(
		        o.arena, GOLDEN, arena_format(o.arena, "smollm2.prompt%d", i));
		int *expected = golden_ints(
		        o.arena, GOLDEN, arena_format(o.arena, "smollm2.greedy%d", i));
		session_read(&session, ids, prompt.shape[0]);
		for (int k = 0; k < 64; k++) {
			int next = sample(&sampling, o.arena, session.logits);
			ck_assert_msg(next == expected[k],
			        "prompt %d, token %d: %d, expected %d", i, k, next,
			        expected[k]);
			session_read(&session, &next, 1);
		}
	}
	closed(&o);
}
END_TEST

TEST_MAIN("weights", minilm_gives_the_sentence_vectors_of_transformers,
        smollm2_gives_the_logits_of_transformers,
        smollm2_writes_the_greedy_texts_of_transformers)
