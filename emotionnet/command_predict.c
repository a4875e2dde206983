#include "audio/wav.h"
#include "emotionnet/commands.h"
#include "emotionnet/experiment.h"
#include "emotionnet/print_json.h"

#include <string.h>

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

/* What is known of the utterance; NULL: nothing. */
typedef struct Input {
	const char *wav, *text, *rows[MODALITIES];
} Input;

/* The option that gives a modality to a model that reads it by words, sound or a vector. */
static const char *option_of(const Checkpoint *checkpoint, ModalityKind kind)
{
	static const char *const rows[MODALITIES] = { "--text-row", "--speech-row",
		"--face-row" };
	if (checkpoint->frontend.vectors.has[kind])
		return rows[kind];
	return kind == MODALITY_TEXT ? "--text" : "--wav";
}

/* What is of no use to the model is a mistake. */
static bool check_use(const Checkpoint *checkpoint, const char *model, const char *option,
        bool given, ModalityKind kind, Error *error)
{
	ModalitySet reads = checkpoint->config.reads;
	if (!given || (reads.has[kind] && !strcmp(option, option_of(checkpoint, kind))))
		return true;
	Arena *arena = checkpoint->params.arena;
	if (reads.has[kind])
		return error_set(error, "%s reads %s by %s: %s is of no use to it", model,
		        modality_name(kind), option_of(checkpoint, kind), option);
	return error_set(error, "%s reads %s only: %s is of no use to it", model,
	        modalities_text(arena, reads, " and "), option);
}

/* What was given must be what the model reads; less only if it can do without. */
static bool check_inputs(
        const Checkpoint *checkpoint, const char *model, const Input *input, Error *error)
{
	ModalitySet reads = checkpoint->config.reads;
	Arena *arena = checkpoint->params.arena;
	if (!check_use(checkpoint, model, "--wav", input->wav, MODALITY_SPEECH, error) ||
	        !check_use(
	                checkpoint, model, "--text", input->text, MODALITY_TEXT, error))
		return false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		const char *option = arena_format(arena, "--%s-row", modality_name(kind));
		if (!check_use(checkpoint, model, option, input->rows[kind], kind, error))
			return false;
		bool raw = kind == MODALITY_TEXT     ? input->text != NULL
		           : kind == MODALITY_SPEECH ? input->wav != NULL
		                                     : false;
		if (!reads.has[kind] || raw || input->rows[kind] ||
		        checkpoint_copes(checkpoint))
			continue;
		return error_set(error,
		        "%s was trained with %s together and cannot do without %s. Hint: "
		        "train with --modality-dropout 0.2, or with --fusion late.",
		        model, modalities_text(arena, reads, " and "),
		        option_of(checkpoint, kind));
	}
	return true;
}

static bool read_input(Example *example, const Checkpoint *checkpoint, const Input *input,
        Arena *arena, Error *error)
{
	Clip clip;
	if (input->wav && !wav_read(&clip, arena, input->wav, error))
		return false;
	frontend_example(&checkpoint->frontend, example, arena, input->text,
	        input->wav ? &clip : NULL);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (input->rows[kind] && !frontend_vector(&checkpoint->frontend, example,
		                                 arena, kind, input->rows[kind], error))
			return false;
	return true;
}

static bool predict(const char *model, const Input *input, bool json, Arena *arena,
        Pool *pool, Error *error)
{
	Checkpoint checkpoint;
	Example example;
	if (!checkpoint_load(&checkpoint, arena, model, error) ||
	        !check_inputs(&checkpoint, model, input, error) ||
	        !read_input(&example, &checkpoint, input, arena, error))
		return false;
	Dataset one = { .items = &example, .count = 1 };
	memcpy(one.width, checkpoint.frontend.width, sizeof one.width);
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
	const Option options[] = {
		{ "wav", OPTION_TEXT, &input.wav, "FILE", "the sound", 0, 0 },
		{ "text", OPTION_TEXT, &input.text, "TEXT", "the words", 0, 0 },
		{ "text-row", OPTION_TEXT, &input.rows[MODALITY_TEXT], "FILE.npy:ROW",
		        "the text's vector, for a model that reads vectors", 0, 0 },
		{ "speech-row", OPTION_TEXT, &input.rows[MODALITY_SPEECH], "FILE.npy:ROW",
		        "the sound's vector", 0, 0 },
		{ "face-row", OPTION_TEXT, &input.rows[MODALITY_FACE], "FILE.npy:ROW",
		        "the face's vector", 0, 0 },
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
	bool given = input.wav || input.text;
	for (int m = 0; m < MODALITIES; m++)
		given |= input.rows[m] != NULL;
	if (!given)
		return usage_error(&command_predict,
		        "nothing to predict from: give --wav, --text or both, or rows");

	Arena *arena = arena_new("prediction");
	Pool *pool = pool_new(1);
	bool done = predict(argv[0], &input, json, arena, pool, &error);
	pool_free(pool);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_predict, &error);
}
