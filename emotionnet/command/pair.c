#include "emotionnet/command/commands.h"
#include "emotionnet/corpus/pair.h"

static int run(int argc, char **argv);

const Command command_pair = {
	.name = "pair",
	.usage = "--text CORPUS.csv --speech CORPUS.csv [options] > paired.csv",
	.summary = "match sentences and clips of two corpora by label",
	.run = run,
};

static bool pair(const char *text, const char *speech, bool skip_bad, PairOptions choices,
        Arena *arena, Error *error)
{
	Corpus sentences, clips, paired;
	if (!corpus_read(&sentences, arena, text, skip_bad, stderr, error) ||
	        !corpus_read(&clips, arena, speech, skip_bad, stderr, error) ||
	        !pair_corpora(&paired, arena, &sentences, &clips, choices, error) ||
	        !corpus_write(&paired, stdout, error))
		return false;
	fprintf(stderr,
	        "paired by label: %d for training, %d for validation, %d for test. Nobody spoke these sentences so; every result says it.\n",
	        corpus_count(&paired, SPLIT_TRAIN),
	        corpus_count(&paired, SPLIT_VALIDATION),
	        corpus_count(&paired, SPLIT_TEST));
	return true;
}

static int run(int argc, char **argv)
{
	const char *text = NULL, *speech = NULL;
	bool skip_bad = false, help;
	PairOptions choices = { .seed = 1, .warnings = stderr };
	const Option options[] = {
		{ "text", OPTION_TEXT, &text, "FILE",
		        "the manifest whose sentences are taken", 0, 0 },
		{ "speech", OPTION_TEXT, &speech, "FILE",
		        "the manifest whose clips are taken", 0, 0 },
		{ "seed", OPTION_SEED, &choices.seed, "N", "another seed, other pairs", 0,
		        0 },
		{ "max", OPTION_INT, &choices.most, "N",
		        "pairs of a label in a split; 0: no limit", 0, 1000000 },
		{ "fewer", OPTION_FLAG, &choices.fewer, NULL,
		        "no sentence and no clip twice: as many pairs as the smaller side has",
		        0, 0 },
		{ "skip-bad", OPTION_FLAG, &skip_bad, NULL,
		        "leave out bad rows, and count them", 0, 0 },
	};
	int operands;
	Error error;
	if (!options_parse(&command_pair, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error))
		return usage_error(&command_pair, error.text);
	if (help)
		return STATUS_OK;
	if (operands || !text || !speech)
		return usage_error(
		        &command_pair, "expected --text and --speech, and nothing else");

	Arena *arena = arena_new("pairs");
	bool done = pair(text, speech, skip_bad, choices, arena, &error);
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_pair, &error);
}
