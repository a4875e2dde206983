/* An encoder reads eight sequences, longer and longer ones. */
#include "layers/attention.h"
#include "layers/conv1d_max.h"
#include "layers/lstm.h"
#include "tensor/denormals.h"
#include "tests/bench/child.h"
#include "tests/bench/growing.h"

enum { UTTERANCES = 8, FEATURES = 64, HIDDEN = 64, HEADS = 4, KERNEL = 5 };

typedef struct Encoder {
	Lstm lstm;
	Conv1d conv;
	Attention attention;
	Tape tape;
	Tensor x;
	int lengths[UTTERANCES];
} Encoder;

static Sequence begin(Encoder *e)
{
	tape_reset(&e->tape);
	return (Sequence){ tape_constant(&e->tape, e->x, "x"), e->lengths };
}

static void run_lstm(void *context)
{
	Encoder *e = context;
	lstm_forward(&e->lstm, &e->tape, begin(e));
}

static void run_conv(void *context)
{
	Encoder *e = context;
	conv1d_max_pool(&e->conv, &e->tape, begin(e), 2);
}

static void run_attention(void *context)
{
	Encoder *e = context;
	attention_forward(&e->attention, &e->tape, begin(e), ATTENTION_ALL, NULL);
}

static const struct {
	const char *what;
	void (*run)(void *context);
	double allowed;
} encoders[] = {
	{ "encode: LSTM", run_lstm, 1 },
	{ "encode: convolution", run_conv, 1 },
	{ "encode: attention, all by all", run_attention, 2 },
};
enum { ENCODERS = sizeof encoders / sizeof encoders[0] };

static void measure(
        const Growing *growing, const char *program, int size, GrowthPoint *point)
{
	(void)program;
	Arena *arena = arena_new("encoder");
	Encoder *e = ARENA_NEW(arena, Encoder);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	e->lstm = lstm_new(&params, "lstm", FEATURES, HIDDEN, LSTM_ONE_DIRECTION, &rng);
	e->conv = conv1d_new(&params, "conv", FEATURES, HIDDEN,
	        (Conv1dOptions){ .kernel = KERNEL }, &rng);
	e->attention = attention_new(&params, "attention", FEATURES, HEADS, &rng);
	e->tape = tape_new(arena_new("step"));
	e->tape.recording = false;
	double before = child_peak();
	e->x = tensor_new(arena, SHAPE(UTTERANCES, size, FEATURES));
	for (size_t i = 0; i < tensor_count(e->x); i++)
		e->x.data[i] = (real)rng_normal(&rng);
	for (int b = 0; b < UTTERANCES; b++)
		e->lengths[b] = size;
	denormals_flush();
	int which = 0;
	while (growing->what != encoders[which].what)
		which++;
	encoders[which].run(e); /* an encoder reads one batch after the other */
	double begin = child_seconds();
	encoders[which].run(e);
	point->seconds = child_seconds() - begin;
	point->bytes = child_peak() - before;
	arena_free(e->tape.arena);
	arena_free(arena);
}

GrowingList growing_layers(void)
{
	static Growing items[ENCODERS];
	for (int i = 0; i < ENCODERS; i++)
		items[i] = (Growing){ .what = encoders[i].what,
			.grows = "steps of a sequence",
			.least = 64,
			.times = 4,
			.count = 4,
			.allowed = encoders[i].allowed,
			.measure = measure };
	return (GrowingList){ items, ENCODERS };
}
