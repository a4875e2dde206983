/* One utterance at a time, and the time from the start of a process to its first
 * prediction: that process loads a model that was saved before. */
#include "autograd/fast/kept.h"
#include "layers/safetensors.h"
#include "tensor/denormals.h"
#include "tests/bench/bench.h"
#include "tests/bench/child.h"
#include "tests/bench/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { UTTERANCES = 64 };

typedef struct Inference {
	const Model *model;
	const void *layers;
	const Params *params;
	Tape tape;
	Data data;
	int next;
} Inference;

/* With the values that `params` has, or is given afterwards. */
static Inference *inference_new(Arena *arena, Params *params, int utterances)
{
	Inference *inference = ARENA_NEW(arena, Inference);
	Rng rng = rng_new(1);
	inference->model = model_find("emotionnet");
	inference->params = params;
	inference->layers = inference->model->build(arena, params, &rng);
	inference->data = data_new(arena, inference->model, utterances, &rng);
	inference->tape = tape_new(arena_new("step"));
	inference->tape.recording = false;
	inference->tape.kept = kept_new(arena); /* the weights stay as they are */
	denormals_flush();
	return inference;
}

static Var *predict_next(Inference *inference)
{
	tape_reset(&inference->tape);
	int i = inference->next;
	inference->next = (i + 1) % inference->data.count;
	return inference->model->logits(
	        inference->layers, &inference->tape, &inference->data, i, i + 1);
}

/* ---- emotionnet_infer_b1 ---- */

static void *prepare_inference(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	(void)config;
	Params *params = ARENA_NEW(arena, Params);
	*params = params_new(arena);
	return inference_new(arena, params, UTTERANCES);
}

static void run_inference(void *context)
{
	predict_next(context);
}

/* The tape that predicts records nothing: the same once more on one that does. The weights
 * are read once, but of the table of words only what the graph counts already. */
static Work inference_work(void *context)
{
	Inference *inference = context;
	Tape recording = tape_new(arena_new("graph"));
	inference->model->logits(inference->layers, &recording, &inference->data, 0, 1);
	Work work = work_forward(&recording);
	for (int p = 0; p < inference->params->count; p++) {
		Tensor value = inference->params->items[p]->value;
		double bytes = (double)tensor_count(value) * sizeof(real);
		if (value.ndim == 2 && value.shape[0] == VOCABULARY)
			continue;
		work.bytes += bytes;
		work.held += bytes;
	}
	arena_free(recording.arena);
	return work;
}

/* ---- first_prediction ---- */

static void give_up(const char *why)
{
	fprintf(stderr, "bench: %s\n", why);
	exit(1);
}

static char saved[64]; /* where the model is */

static void remove_saved(void)
{
	remove(saved);
}

void predict_once(const char *path)
{
	if (!*path)
		return; /* process_start */
	Arena *arena = arena_new("model");
	SafetensorsFile file;
	Error error;
	Params params = params_new_to_load(arena);
	Inference *inference = inference_new(arena, &params, 1);
	if (!safetensors_open(&file, arena, path, &error) ||
	        !safetensors_load(&file, &params, &error))
		give_up(error.text);
	Tensor logits = predict_next(inference)->value;
	int best = 0;
	for (int c = 1; c < inference->model->classes; c++)
		if (logits.data[c] > logits.data[best])
			best = c;
	printf("%d\n", best);
	arena_free(inference->tape.arena);
	arena_free(arena);
}

/* What it costs to start a process that does nothing. */
static void *prepare_start(Arena *arena, Pool *pool, const void *config)
{
	(void)arena;
	(void)pool;
	return (void *)config;
}

/* Saves a model with random weights; the file goes when this process ends. */
static void *prepare_first(Arena *arena, Pool *pool, const void *config)
{
	(void)pool;
	Params params = params_new(arena);
	Metadata none = { 0 };
	Error error;
	inference_new(arena, &params, 1);
	snprintf(saved, sizeof saved, "/tmp/bench-%ld.safetensors", (long)getpid());
	if (!safetensors_save(&params, &none, saved, &error))
		give_up(error.text);
	atexit(remove_saved);
	return (void *)config;
}

static void run_first(void *context)
{
	const char *words[] = { context, "-m", saved, NULL };
	child_execute("starting itself", words);
}

void bench_inference(Bench *bench)
{
	BenchCase one = { .name = "emotionnet_infer_b1",
		.one_thread = true,
		.prepare = prepare_inference,
		.run = run_inference,
		.work = inference_work };
	bench_case(bench, one);
	BenchCase start = { .name = "process_start",
		.one_thread = true,
		.config = bench->program,
		.prepare = prepare_start,
		.run = run_first };
	bench_case(bench, start);
	BenchCase first = { .name = "first_prediction",
		.one_thread = true,
		.config = bench->program,
		.prepare = prepare_first,
		.run = run_first };
	bench_case(bench, first);
}
