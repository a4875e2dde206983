#include "emotionnet/command/commands.h"
#include "emotionnet/train/evaluate.h"
#include "emotionnet/command/input.h"
#include "tensor/file/json_write.h"

static int run(int argc, char **argv);

const Command command_predict = {
	.name = "predict",
	.usage = "MODEL [--wav CLIP.wav] [--text \"...\"] [--face-row F.npy:0] [options]",
	.summary = "tell the emotion of one utterance",
	.run = run,
};

enum { BAR = 30 };

static void print_json(const Labels *labels, const real *p, int best)
{
	printf("{\"label\":");
	json_text(stdout, labels->names[best]);
	printf(",\"probabilities\":{");
	for (int c = 0; c < labels->count; c++) {
		if (c)
			putchar(',');
		json_text(stdout, labels->names[c]);
		printf(":%.6f", (double)p[c]);
	}
	printf("}}\n");
}

static void print_bars(const Labels *labels, const real *p, int best)
{
	printf("%s\n", labels->names[best]);
	for (int c = 0; c < labels->count; c++) {
		printf("  %-12s %.3f ", labels->names[c], (double)p[c]);
		for (int i = 0; i < (int)(p[c] * BAR + (real)0.5); i++)
			fputs("█", stdout);
		putchar('\n');
	}
}

static bool predict(const char *model, const Input *input, bool json, Arena *arena,
        Pool *pool, Error *error)
{
	Checkpoint checkpoint;
	Example example;
	if (!checkpoint_load(&checkpoint, arena, model, error) ||
	        !input_read(input, &example, NULL, arena, &checkpoint, model, error))
		return false;
	Dataset one = input_dataset(&example, &checkpoint);
	Shards *shards =
	        model_shards(arena, pool, &checkpoint.params, &checkpoint.config, 1);
	const Labels *labels = &checkpoint.frontend.labels;
	const real *p = predict_all(arena, shards, &one, labels->count, NULL).data;
	int best = 0;
	for (int c = 1; c < labels->count; c++)
		if (p[c] > p[best])
			best = c;
	(json ? print_json : print_bars)(labels, p, best);
	shards_free(shards);
	return true;
}

static int run(int argc, char **argv)
{
	Input input = { .wav = NULL };
	bool json = false, help;
	Option options[INPUT_OPTIONS + 1] = {
		{ "json", OPTION_FLAG, &json, NULL, "one JSON object on standard output",
		        0, 0 },
	};
	int count = 1 + input_options(&input, options + 1);
	int operands;
	Error error;
	if (!options_parse(&command_predict, options, count, argc, argv, &operands, &help,
	            &error))
		return usage_error(&command_predict, error.text);
	if (help)
		return STATUS_OK;
	if (operands != 1)
		return usage_error(&command_predict, "expected one model");
	if (!input_given(&input))
		return usage_error(&command_predict,
		        "nothing to predict from: give --wav, --text or both, or rows");

	Arena *arena = arena_new("prediction");
	Pool *pool = pool_new(1);
	bool done = predict(argv[0], &input, json, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_predict, &error);
}
