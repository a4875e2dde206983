/* explain.c: the command explain: one utterance, its answer, and what that rests on. */
#include "emotionnet/command/commands.h"
#include "emotionnet/page/explanation_page.h"
#include "emotionnet/explain/print.h"
#include "emotionnet/command/input.h"
#include "emotionnet/command/reference.h"
#include "emotionnet/train/evaluate.h"
#include "text/list.h"

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
	return error_set(error, "--label %s: %s knows %s", request->label, request->model,
	        list_join(checkpoint->params.arena, labels->names, labels->count, ", "));
}

static bool explain(Request *request, Arena *arena, Error *error)
{
	Checkpoint checkpoint;
	Example example;
	Clip clip;
	int label;
	Input *input = &request->input;
	if (!checkpoint_load(&checkpoint, arena, request->model, error) ||
	        !find_label(request, &checkpoint, &label, error) ||
	        !reference_give(&(Ensemble){ &checkpoint, &request->model, 1 },
	                &input->reference, arena, input->channel, input->skip_bad,
	                error) ||
	        !input_read(input, &example, &clip, arena, &checkpoint, request->model,
	                error))
		return false;
	input_tell(input);
	Dataset one = input_dataset(&example, &checkpoint);
	Explainer *explainer =
	        explainer_new(arena, &checkpoint.params, &checkpoint.config);
	Explanation explanation = explanation_make(explainer, arena, &checkpoint,
	        (Question){ &one, 0, label }, input->text, true);
	explanation.remarks = input->remarks;
	explanation.enrolled = input->enrolled;
	if (!answers_check(explanation.probabilities, (size_t)explanation.labels->count,
	            request->model, error))
		return false;
	if (request->out &&
	        !explanation_write(request->out, &explanation, &clip, arena, error))
		return false;
	if (request->json)
		explanation_print_json(stdout, &explanation);
	else
		explanation_print(stdout, arena, &explanation);
	return true;
}

static Status run(Options *options, Error *error)
{
	Request request = { .model = NULL };
	option_text(options, &request.label, "label NAME",
	        "the class to explain (default: the model's answer)");
	option_text(options, &request.out, "out FILE",
	        "also draw it: .html, with the sound to play, .svg or .png");
	option_flag(options, &request.json, "json", "one JSON object on standard output");
	input_options(options, &request.input);
	if (!options_read(options, 1, 1, "expected one model", error))
		return options_status(options);
	if (!input_given(&request.input))
		return options_wrong(
		        error, "nothing to explain: give --wav, --text or both, or rows");
	if (request.out && !explanation_can_write(request.out))
		return options_wrong(
		        error, "--out: expected a name that ends in .html, .svg or .png");
	if (!options_out(options, "out", request.out, error))
		return STATUS_USAGE;
	request.model = options->operands[0];
	return explain(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_explain = {
	.name = "explain",
	.usage = "MODEL [--wav CLIP.wav] [--text \"...\"] [--out FILE] [options]",
	.summary = "tell which words, sounds and modalities an answer rests on",
	.run = run,
};
