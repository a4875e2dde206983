/* predict.c: the command predict: a probability for each emotion. */
#include "emotionnet/command/commands.h"
#include "emotionnet/train/evaluate.h"
#include "emotionnet/command/input.h"
#include "tensor/file/json_write.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"
#include "tensor/plot/escape.h"

enum { BAR = 30 };

static void print_json(const Labels *labels, const real *p, int best, const Input *input)
{
	printf("{\"label\":");
	json_text(stdout, labels->names[best]);
	printf(",\"probabilities\":{");
	for (int c = 0; c < labels->count; c++) {
		if (c)
			putchar(',');
		json_text(stdout, labels->names[c]);
		putchar(':');
		json_share(stdout, (double)p[c]);
	}
	putchar('}');
	remarks_print_json(stdout, &input->remarks);
	printf("}\n");
}

static void print_bars(const Labels *labels, const real *p, int best)
{
	terminal_print(stdout, "%s\n", labels->names[best]);
	for (int c = 0; c < labels->count; c++) {
		terminal_print(stdout, "  %-12s %.3f ", labels->names[c], (double)p[c]);
		for (int i = 0; i < (int)(p[c] * BAR + (real)0.5); i++)
			fputs("█", stdout);
		putchar('\n');
	}
}

static bool predict(const char *model, Input *input, bool json, Arena *arena, Pool *pool,
        Error *error)
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
	Tensor p = predict_all(arena, shards, &one, labels->count, NULL);
	shards_free(shards);
	if (!answers_check(p.data, tensor_count(p), model, error))
		return false;
	if (json)
		print_json(labels, p.data, tensor_argmax(p), input);
	else
		print_bars(labels, p.data, tensor_argmax(p));
	return true;
}

static Status run(Options *options, Error *error)
{
	Input input = { .wav = NULL };
	bool json = false;
	option_flag(options, &json, "json", "one JSON object on standard output");
	input_options(options, &input);
	if (!options_read(options, 1, 1, "expected one model", error))
		return options_status(options);
	if (!input_given(&input))
		return options_wrong(error,
		        "nothing to predict from: give --wav, --text or both, or rows");

	Pool *pool = pool_new(1);
	bool done =
	        predict(options->operands[0], &input, json, options->arena, pool, error);
	pool_free(pool);
	return done ? STATUS_OK : STATUS_FAILED;
}

const Command command_predict = {
	.name = "predict",
	.usage = "MODEL [--wav CLIP.wav] [--text \"...\"] [--face-row F.npy:0] [options]",
	.summary = "tell the emotion of one utterance",
	.run = run,
};
