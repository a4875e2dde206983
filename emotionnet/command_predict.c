#include "audio/wav.h"
#include "emotionnet/commands.h"
#include "emotionnet/experiment.h"
#include "emotionnet/print_json.h"

#include <string.h>

static int run(int argc, char **argv);

const Command command_predict = {
	.name = "predict",
	.usage = "MODEL [--wav CLIP.wav] [--text \"...\"] [options]",
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

/* What was given must be what the model reads; less only if it can do without. */
static bool check_inputs(const Checkpoint *checkpoint, const char *model, const char *wav,
        const char *text, Error *error)
{
	const ModelConfig *config = &checkpoint->config;
	if (wav && !config->speech)
		return error_set(
		        error, "%s reads text only: --wav is of no use to it", model);
	if (text && !config->text)
		return error_set(
		        error, "%s reads speech only: --text is of no use to it", model);
	bool lacks = (config->text && !text) || (config->speech && !wav);
	if (lacks && !checkpoint_copes(checkpoint))
		return error_set(error,
		        "%s was trained with text and speech together and cannot do "
		        "without %s. Hint: "
		        "train with --modality-dropout 0.2, or with --fusion late.",
		        model, text ? "--wav" : "--text");
	return true;
}

static bool predict(const char *model, const char *wav, const char *text, bool json,
        Arena *arena, Pool *pool, Error *error)
{
	Checkpoint checkpoint;
	Clip clip;
	Example example;
	if (!checkpoint_load(&checkpoint, arena, model, error) ||
	        !check_inputs(&checkpoint, model, wav, text, error) ||
	        (wav && !wav_read(&clip, arena, wav, error)))
		return false;
	frontend_example(&checkpoint.frontend, &example, arena, text, wav ? &clip : NULL);
	Dataset one = { .items = &example,
		.count = 1,
		.mels = checkpoint.frontend.frames.mel.bands.count };
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
	const char *wav = NULL, *text = NULL;
	bool json = false, help;
	const Option options[] = {
		{ "wav", OPTION_TEXT, &wav, "FILE", "the sound", 0, 0 },
		{ "text", OPTION_TEXT, &text, "TEXT", "the words", 0, 0 },
		{ "json", OPTION_FLAG, &json, NULL, "one JSON object on standard output",
		        0, 0 },
	};
	int operands;
	Error error;
	if (!options_parse(&command_predict, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error))
		return usage_error(&command_predict, error.text);
	if (help)
		return STATUS_OK;
	if (operands != 1)
		return usage_error(&command_predict, "expected one model");
	if (!wav && !text)
		return usage_error(&command_predict,
		        "nothing to predict from: give --wav, --text or both");

	Arena *arena = arena_new("prediction");
	Pool *pool = pool_new(1);
	bool done = predict(argv[0], wav, text, json, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_predict, &error);
}
