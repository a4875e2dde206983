/* pair.c: the command pair: a corpus of sentences and one of clips become one corpus. */
#include "emotionnet/card/about.h"
#include "emotionnet/command/commands.h"
#include "emotionnet/corpus/columns.h"
#include "emotionnet/corpus/pair.h"
#include "text/list.h"

/* Both corpora that each pair comes from, such as "dair-emotion emodb". */
static void mark(
        Corpus *paired, Arena *arena, const Corpus *sentences, const Corpus *clips)
{
	StringSet from = about_sources(sentences, arena);
	StringSet spoken = about_sources(clips, arena);
	for (int i = 0; i < spoken.count; i++)
		stringset_add(&from, spoken.names[i]);
	const char *all = list_join(arena, from.names, from.count, " ");
	const char **values = ARENA_ARRAY(arena, const char *, (size_t)paired->count);
	for (int i = 0; i < paired->count; i++)
		values[i] = all;
	corpus_add_column(paired, arena, COLUMN_CORPUS, values);
}

typedef struct Request {
	const char *text, *speech;
	bool skip_bad;
	PairOptions choices;
} Request;

static bool pair(const Request *request, Arena *arena, Error *error)
{
	bool skip_bad = request->skip_bad;
	Corpus sentences, clips, paired;
	if (!corpus_read(&sentences, arena, request->text, skip_bad, stderr, error) ||
	        !corpus_read(&clips, arena, request->speech, skip_bad, stderr, error) ||
	        !pair_corpora(
	                &paired, arena, &sentences, &clips, request->choices, error))
		return false;
	mark(&paired, arena, &sentences, &clips);
	if (!corpus_write(&paired, stdout, error))
		return false;
	fprintf(stderr,
	        "paired by label: %d for training, %d for validation, %d for test. Nobody spoke these sentences so; every result says it.\n",
	        corpus_count(&paired, SPLIT_TRAIN),
	        corpus_count(&paired, SPLIT_VALIDATION),
	        corpus_count(&paired, SPLIT_TEST));
	return true;
}

static Status run(Options *options, Error *error)
{
	Request request = { .choices = { .seed = 1, .warnings = stderr } };
	PairOptions *choices = &request.choices;
	option_text(options, &request.text, "text FILE",
	        "the manifest whose sentences are taken");
	option_text(options, &request.speech, "speech FILE",
	        "the manifest whose clips are taken");
	option_seed(options, &choices->seed, "seed N", "another seed, other pairs");
	option_int(options, &choices->most, "max N", 0, 1000000,
	        "pairs of a label in a split; 0: no limit");
	option_flag(options, &choices->fewer, "fewer",
	        "no sentence and no clip twice: as many pairs as the smaller side has");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "leave out bad rows, and count them");
	const char *usage = "expected --text and --speech, and nothing else";
	if (!options_read(options, 0, 0, usage, error))
		return options_status(options);
	if (!request.text || !request.speech)
		return options_wrong(error, usage);
	return pair(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_pair = {
	.name = "pair",
	.usage = "--text CORPUS.csv --speech CORPUS.csv [options] > paired.csv",
	.summary = "match sentences and clips of two corpora by label",
	.run = run,
};
