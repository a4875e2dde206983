#include "emotionnet/trials/baseline.h"
#include "emotionnet/command/commands.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/command/result.h"

#include <string.h>

static int run(int argc, char **argv);

const Command command_baseline = {
	.name = "baseline",
	.usage = "CORPUS.csv [options]",
	.summary =
	        "a bag of words and one linear layer: what a network for text has to beat",
	.run = run,
};

typedef struct Request {
	const char *corpus, *split, *select;
	bool json, skip_bad;
	BaselineSettings settings;
} Request;

/* How many speakers of the split are in the train split too. */
static int count_leaking(const Corpus *corpus, Split split, Arena *arena)
{
	Corpus two = { .utterances =
		               ARENA_ARRAY(arena, Utterance, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split == SPLIT_TRAIN || u->split == split)
			two.utterances[two.count++] = *u;
	}
	return corpus_leak(&two).speakers;
}

static bool measure(const Request *request, Split split, Arena *arena, Error *error)
{
	Corpus corpus;
	Baseline baseline;
	if (!corpus_read(
	            &corpus, arena, request->corpus, request->skip_bad, stderr, error) ||
	        !baseline_fit(&baseline, arena, &corpus, &request->settings, error))
		return false;
	Result result = {
		.labels = &baseline.labels,
		.split = split,
		.confusion = baseline_evaluate(&baseline, arena, &corpus, split),
		.leaking = count_leaking(&corpus, split, arena),
		.paired = corpus_paired(&corpus),
	};
	result.metrics = metrics_from(&result.confusion);
	if (!result.metrics.n)
		return error_set(error,
		        "%s: the %s split has no sentence with a known label",
		        request->corpus, split_name(split));
	result.skipped = corpus.skipped + corpus_count(&corpus, split) - result.metrics.n;
	fprintf(stderr, "%d words known, the weights of epoch %d\n",
	        baseline.bag.vocabulary.words.count - 2, baseline.epoch);
	(request->json ? result_print_json : result_print)(stdout, &result);
	return true;
}

static int run(int argc, char **argv)
{
	Request request = {
		.split = "test", .select = "uar", .settings = baseline_defaults()
	};
	BaselineSettings *s = &request.settings;
	const Option options[] = {
		{ "split", OPTION_TEXT, &request.split, "NAME",
		        "train, validation or test", 0, 0 },
		{ "json", OPTION_FLAG, &request.json, NULL,
		        "one JSON object on standard output", 0, 0 },
		{ "words", OPTION_INT, &s->bag.words, "N",
		        "2: pairs of neighbouring words too; 3: ...", 1, 5 },
		{ "idf", OPTION_FLAG, &s->bag.idf, NULL, "rare words weigh more (tf-idf)",
		        0, 0 },
		{ "min-count", OPTION_INT, &s->bag.minimum, "N",
		        "rarer words are unknown", 1, 1000 },
		{ "epochs", OPTION_INT, &s->epochs, "N", "at most", 1, 10000 },
		{ "rate", OPTION_NUMBER, &s->rate, "R", "step size of Adam", 1e-9, 10 },
		{ "decay", OPTION_NUMBER, &s->decay, "D", "how weights are held small", 0,
		        10 },
		{ "class-weights", OPTION_FLAG, &s->class_weights, NULL,
		        "every class counts alike", 0, 0 },
		{ "select", OPTION_TEXT, &request.select, "BY",
		        "the best epoch on the validation split by uar or f1", 0, 0 },
		{ "seed", OPTION_SEED, &s->seed, "N", "of the order of the sentences", 0,
		        0 },
		{ "skip-bad", OPTION_FLAG, &request.skip_bad, NULL,
		        "leave out bad rows, and count them", 0, 0 },
	};
	int operands;
	bool help;
	Error error;
	if (!options_parse(&command_baseline, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error))
		return usage_error(&command_baseline, error.text);
	if (help)
		return STATUS_OK;
	Split split;
	if (operands != 1)
		return usage_error(&command_baseline, "expected one corpus");
	if (!split_from_name(request.split, &split))
		return usage_error(
		        &command_baseline, "--split is train, validation or test");
	s->select_f1 = !strcmp(request.select, "f1");
	if (!s->select_f1 && strcmp(request.select, "uar") != 0)
		return usage_error(&command_baseline, "--select is uar or f1");
	request.corpus = argv[0];

	Arena *arena = arena_new("baseline");
	bool done = measure(&request, split, arena, &error);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_baseline, &error);
}
