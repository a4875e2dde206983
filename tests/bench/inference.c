/* One utterance at a time, and the time from the start of a process to its first prediction. */
#include "tensor/denormals.h"
#include "tests/bench/bench.h"
#include "tests/bench/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { UTTERANCES = 64 };

typedef struct Inference {
	const Model *model;
	const void *layers;
	Tape tape;
	Data data;
	int next;
} Inference;

static Inference *inference_new(Arena *arena, int utterances)
{
	Inference *inference = ARENA_NEW(arena, Inference);
	Rng rng = rng_new(1);
	Params params = params_new(arena);
	inference->model = model_find("emotionnet");
	inference->layers = inference->model->build(arena, &params, &rng);
	inference->data = data_new(arena, inference->model, utterances, &rng);
	inference->tape = tape_new(arena_new("step"));
	inference->tape.recording = false;
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
	return inference_new(arena, UTTERANCES);
}

static void run_inference(void *context)
{
	predict_next(context);
}

/* ---- first_prediction ---- */

void predict_once(void)
{
	Arena *arena = arena_new("model");
	Inference *inference = inference_new(arena, 1);
	Tensor logits = predict_next(inference)->value;
	int best = 0;
	for (int c = 1; c < inference->model->classes; c++)
		if (logits.data[c] > logits.data[best])
			best = c;
	printf("%d\n", best);
	arena_free(inference->tape.arena);
	arena_free(arena);
}

static void *prepare_first(Arena *arena, Pool *pool, const void *config)
{
	(void)arena;
	(void)pool;
	return (void *)config;
}

static void run_first(void *context)
{
	const char *program = context;
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(1);
		execl(program, program, "-p", (char *)NULL);
		_exit(1);
	}
	int status;
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
		fprintf(stderr, "bench: cannot start %s\n", program);
		exit(1);
	}
}

void bench_inference(const Bench *bench)
{
	BenchCase one = { .name = "emotionnet_infer_b1",
		.one_thread = true,
		.prepare = prepare_inference,
		.run = run_inference };
	bench_case(bench, one);
	BenchCase first = { .name = "first_prediction",
		.one_thread = true,
		.config = bench->program,
		.prepare = prepare_first,
		.run = run_first };
	bench_case(bench, first);
}
