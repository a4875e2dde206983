/* baseline.c: the command baseline: trains the bag of words, and tells how good it
 * is. */
#include "emotionnet/trials/baseline.h"
#include "emotionnet/command/commands.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/command/result.h"

#include <string.h>

typedef struct Request {
	const char *corpus;
	int split;
	bool json, skip_bad;
	BaselineSettings settings;
} Request;

/* How many speakers of the split are in the train split too. */
static int count_leaking(const Corpus *corpus, Split split, Arena *arena)
{
	StringSet train = corpus_speakers(corpus, SPLIT_TRAIN, arena);
	StringSet own = corpus_speakers(corpus, split, arena);
	int count = 0;
	for (int i = 0; i < own.count && split != SPLIT_TRAIN; i++)
		count += stringset_find(&train, own.names[i]) >= 0;
	return count;
}

static bool measure(const Request *request, Arena *arena, Error *error)
{
	Split split = (Split)request->split;
	Corpus corpus;
	Baseline baseline;
	if (!corpus_read(
	            &corpus, arena, request->corpus, request->skip_bad, stderr, error) ||
	        !baseline_fit(&baseline, arena, &corpus, &request->settings, error))
		return false;
	Result result = {
		.models = 1,
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

static Status run(Options *options, Error *error)
{
	Request request = { .split = SPLIT_TEST, .settings = baseline_defaults() };
	BaselineSettings *s = &request.settings;
	option_choice(options, &request.split, "split NAME", split_names,
	        "train, validation or test");
	option_flag(options, &request.json, "json", "one JSON object on standard output");
	option_int(options, &s->bag.words, "words N", 1, 5,
	        "2: pairs of neighbouring words too; 3: ...");
	option_flag(options, &s->bag.idf, "idf", "rare words weigh more (tf-idf)");
	option_int(options, &s->bag.minimum, "min-count N", 1, 1000,
	        "rarer words are unknown");
	option_int(options, &s->epochs, "epochs N", 1, 10000, "at most");
	option_number(options, &s->rate, "rate R", 1e-9, 10, "step size of Adam");
	option_number(options, &s->decay, "decay D", 0, 10, "how weights are held small");
	option_flag(
	        options, &s->class_weights, "class-weights", "every class counts alike");
	option_choice(options, &s->select, "select BY", select_names,
	        "the best epoch on the validation split by uar or f1");
	option_seed(options, &s->seed, "seed N", "of the order of the sentences");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "leave out bad rows, and count them");
	if (!options_read(options, 1, 1, "expected one corpus", error))
		return options_status(options);
	request.corpus = options->operands[0];
	return measure(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_baseline = {
	.name = "baseline",
	.usage = "CORPUS.csv [options]",
	.summary =
	        "a bag of words and one linear layer: what a network for text has to beat",
	.run = run,
};
