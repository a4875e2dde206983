#include "emotionnet/command/commands.h"
#include "emotionnet/page/explanation_page.h"
#include "emotionnet/explain/print.h"
#include "emotionnet/command/input.h"
#include "text/utf8.h"

#include <string.h>

static int run(int argc, char **argv);

const Command command_explain = {
	.name = "explain",
	.usage = "MODEL [--wav CLIP.wav] [--text \"...\"] [--out FILE] [options]",
	.summary = "tell which words, sounds and modalities an answer rests on",
	.run = run,
};

typedef struct Request {
	const char *model, *label, *out;
	bool json;
	Input input;
} Request;

static bool find_label(
        const Request *request, const Checkpoint *checkpoint, int *label, Error *error)
{
	const Labels *labels = &checkpoint->frontend.labels;
	*label = -1;
	if (!request->label)
		return true;
	*label = labels_index(labels, request->label);
	if (*label >= 0)
		return true;
	const char *known = "";
	for (int c = 0; c < labels->count; c++)
		known = arena_format(checkpoint->params.arena, "%s%s%s", known,
		        c ? ", " : "", labels->names[c]);
	return error_set(
	        error, "--label %s: %s knows %s", request->label, request->model, known);
}

static bool explain(const Request *request, Arena *arena, Error *error)
{
	Checkpoint checkpoint;
	Example example;
	Clip clip;
	int label;
	const char *text = request->input.text;
	if (text && utf8_invalid(text, strlen(text)) < strlen(text))
		return error_set(error, "--text: byte %zu is not UTF-8",
		        utf8_invalid(text, strlen(text)));
	if (!checkpoint_load(&checkpoint, arena, request->model, error) ||
	        !find_label(request, &checkpoint, &label, error) ||
	        !input_read(&request->input, &example, &clip, arena, &checkpoint,
	                request->model, error))
		return false;
	Dataset one = input_dataset(&example, &checkpoint);
	Explainer *explainer =
	        explainer_new(arena, &checkpoint.params, &checkpoint.config);
	Explanation explanation = explanation_make(
	        explainer, arena, &checkpoint, &one, 0, label, text, true);
	if (request->out &&
	        !explanation_write(request->out, &explanation, &clip, arena, error))
		return false;
	if (request->json)
		explanation_print_json(stdout, &explanation);
	else
		explanation_print(stdout, arena, &explanation);
	return true;
}

static int run(int argc, char **argv)
{
	Request request = { .model = NULL };
	bool help;
	Option options[INPUT_OPTIONS + 3] = {
		{ "label", OPTION_TEXT, &request.label, "NAME",
		        "the class to explain (default: the model's answer)", 0, 0 },
		{ "out", OPTION_TEXT, &request.out, "FILE",
		        "also draw it: .html, with the sound to play, .svg or .png", 0,
		        0 },
		{ "json", OPTION_FLAG, &request.json, NULL,
		        "one JSON object on standard output", 0, 0 },
	};
	int count = 3 + input_options(&request.input, options + 3), operands;
	Error error;
	if (!options_parse(&command_explain, options, count, argc, argv, &operands, &help,
	            &error))
		return usage_error(&command_explain, error.text);
	if (help)
		return STATUS_OK;
	if (operands != 1)
		return usage_error(&command_explain, "expected one model");
	if (!input_given(&request.input))
		return usage_error(&command_explain,
		        "nothing to explain: give --wav, --text or both, or rows");
	if (request.out && !explanation_can_write(request.out))
		return usage_error(&command_explain,
		        "--out: expected a name that ends in .html, .svg or .png");
	request.model = argv[0];
	Arena *arena = arena_new("explanation");
	bool done = explain(&request, arena, &error);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_explain, &error);
}
