/* compare.c: the command compare: every strategy alike, told as tables or as JSON. */
#include "emotionnet/command/commands.h"
#include "emotionnet/command/comparing.h"
#include "emotionnet/comparison/print.h"

typedef struct Request {
	Comparing asked;
	bool json;
} Request;

static void print_next(void)
{
	printf("Next: open emotionnet/fusion.c, fill the template at its head, and make run again.\n"
	       "Your own recordings: build/emotionnet train CORPUS.csv --out model.safetensors (README.md).\n");
}

static bool tell(void *context, const Comparing *asked, Comparison *comparison,
        Arena *arena, Error *error)
{
	const Request *request = context;
	if (!comparison_summarise(comparison, arena, asked->baseline, error))
		return false;
	if (request->json) {
		comparison_print_json(stdout, comparison);
		return true;
	}
	comparison_print(stdout, comparison, !asked->plain);
	if (!asked->corpus && !asked->merge)
		print_next();
	return true;
}

static Status run(Options *options, Error *error)
{
	Request request = { .asked = comparing_defaults() };
	request.asked.may_fold = true;
	option_flag(options, &request.json, "json", "a JSON object on standard output");
	return comparing_run(options, &request.asked, tell, &request, error);
}

const Command command_compare = {
	.name = "compare",
	.usage = "[CORPUS.csv] [options], or: --merge RESULTS...",
	.summary =
	        "train every fusion strategy alike and compare them (no corpus: the embedded one)",
	.run = run,
};
