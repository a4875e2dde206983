/* curve.c: the command curve: a comparison over growing training splits. */
#include "emotionnet/command/commands.h"
#include "emotionnet/command/comparing.h"
#include "emotionnet/comparison/print.h"
#include "emotionnet/comparison/print_markdown.h"
#include "emotionnet/comparison/curve.h"

typedef struct Request {
	Comparing asked;
	bool json;
	int markdown; /* of markdown_names */
} Request;

/* A score's place is one more than its ScoreKind. */
static const char *const markdown_names[] = { "no", "accuracy", "uar", "macro-f1",
	"weighted-f1", NULL };

static bool tell(void *context, const Comparing *asked, Comparison *comparison,
        Arena *arena, Error *error)
{
	const Request *request = context;
	if (!comparison_summarise(comparison, arena, asked->baseline, error) ||
	        (asked->svg && !curve_save_svg(comparison, asked->svg, error)))
		return false;
	if (request->markdown) {
		comparison_print_markdown(
		        stdout, comparison, (ScoreKind)(request->markdown - 1));
		return true;
	}
	if (request->json) {
		curve_print_json(stdout, comparison);
		return true;
	}
	comparison_print(stdout, comparison, false);
	curve_print(stdout, comparison);
	return true;
}

static Status run(Options *options, Error *error)
{
	Request request = { .asked = comparing_defaults() };
	Comparing *asked = &request.asked;
	asked->fusions = "middle";
	asked->sizes = "50,100,300,1000,3000,all";
	asked->seeds = 3;
	asked->plain = true;
	option_text(options, &asked->sizes, "sizes LIST",
	        "utterances of the training split; each size holds the smaller ones, with the classes in the shares of the whole");
	option_flag(options, &request.json, "json", "a JSON object on standard output");
	option_text(options, &asked->svg, "svg FILE", "draw the curves there too");
	option_choice(options, &request.markdown, "markdown SCORE", markdown_names,
	        "print accuracy, uar, macro-f1 or weighted-f1 alone, as a table in Markdown; with --merge also of what is not finished");
	asked->unfinished = &request.markdown;
	return comparing_run(options, asked, tell, &request, error);
}

const Command command_curve = {
	.name = "curve",
	.usage = "[CORPUS.csv] [options], or: --merge RESULTS...",
	.summary =
	        "how much data each strategy needs: the same models on growing shares of the training split",
	.run = run,
};
