#include "emotionnet/command/commands.h"
#include "emotionnet/command/comparing.h"
#include "emotionnet/comparison/print.h"
#include "emotionnet/comparison/curve.h"

static int run(int argc, char **argv);

const Command command_curve = {
	.name = "curve",
	.usage = "[CORPUS.csv] [options], or: --merge RESULTS...",
	.summary =
	        "how much data each strategy needs: the same models on growing shares of the training split",
	.run = run,
};

typedef struct Request {
	Comparing asked;
	bool json;
} Request;

static bool tell(void *context, const Comparing *asked, Comparison *comparison,
        Arena *arena, Error *error)
{
	const Request *request = context;
	if (!comparison_summarise(comparison, arena, asked->baseline, error) ||
	        (asked->svg && !curve_save_svg(comparison, asked->svg, error)))
		return false;
	if (request->json) {
		curve_print_json(stdout, comparison);
		return true;
	}
	comparison_print(stdout, comparison, false);
	curve_print(stdout, comparison);
	return true;
}

static int run(int argc, char **argv)
{
	Request request = { .asked = comparing_defaults() };
	Comparing *asked = &request.asked;
	asked->fusions = "middle";
	asked->sizes = "50,100,300,1000,all";
	asked->seeds = 3;
	asked->plain = true;
	const Option own[] = {
		{ "sizes", OPTION_TEXT, &asked->sizes, "LIST",
		        "utterances of the training split; each size holds the smaller ones, with the classes in the shares of the whole",
		        0, 0 },
		{ "json", OPTION_FLAG, &request.json, NULL,
		        "a JSON object on standard output", 0, 0 },
		{ "svg", OPTION_TEXT, &asked->svg, "FILE", "draw the curves there too", 0,
		        0 },
	};
	enum { OWN = sizeof own / sizeof own[0] };
	_Static_assert((int)OWN <= (int)COMPARING_OWN, "room for all options");
	return comparing_run(&command_curve, asked, own, OWN, tell, &request, argc, argv);
}
