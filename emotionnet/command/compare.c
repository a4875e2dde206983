#include "emotionnet/command/commands.h"
#include "emotionnet/command/comparing.h"
#include "emotionnet/comparison/print.h"

static int run(int argc, char **argv);

const Command command_compare = {
	.name = "compare",
	.usage = "[CORPUS.csv] [options], or: --merge RESULTS...",
	.summary =
	        "train every fusion strategy alike and compare them (no corpus: the embedded one)",
	.run = run,
};

typedef struct Request {
	Comparing asked;
	bool json;
} Request;

static void print_next(void)
{
	printf("Next: open emotionnet/fusion.c, fill the template at its head, and make run again.\n"
	       "Your own recordings: build/emotionnet train CORPUS.csv --out model.safetensors "
	       "(README.md).\n");
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

static int run(int argc, char **argv)
{
	Request request = { .asked = comparing_defaults() };
	const Option own[] = {
		{ "json", OPTION_FLAG, &request.json, NULL,
		        "a JSON object on standard output", 0, 0 },
	};
	enum { OWN = sizeof own / sizeof own[0] };
	_Static_assert((int)OWN <= (int)COMPARING_OWN, "room for all options");
	return comparing_run(
	        &command_compare, &request.asked, own, OWN, tell, &request, argc, argv);
}
