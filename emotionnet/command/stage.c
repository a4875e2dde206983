#include "emotionnet/command/commands.h"
#include "emotionnet/stage/stage.h"

static int run(int argc, char **argv);

const Command command_stage = {
	.name = "stage",
	.usage = "[--out FOLDER] [options]",
	.summary =
	        "the embedded corpus: how well it can be told, and its files to listen to",
	.run = run,
};

/* Percent of each kind that the best classifier gets right, for each set of
 * modalities. */
static void print_ceilings(const double mixture[STAGE_KINDS])
{
	printf("%-12s", "ceiling");
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		printf("  %7s", stage_kind_name((StageKind)kind));
	printf("  %7s\n", "all");
	for (int view = 0; view < STAGE_VIEWS; view++) {
		StageCeiling ceiling = stage_ceiling(mixture, (StageView)view);
		printf("%-12s", stage_view_name((StageView)view));
		for (int kind = 0; kind < STAGE_KINDS; kind++)
			printf("  %7.3f", ceiling.kind[kind]);
		printf("  %7.3f\n", ceiling.all);
	}
}

static bool write_files(const StageOptions *options, const char *folder, Error *error)
{
	Arena *arena = arena_new("stage");
	Corpus corpus;
	stage_make(&corpus, arena, *options);
	bool done = stage_write(&corpus, folder, error);
	if (done)
		printf("%d utterances and their manifest: %s/corpus.csv\n", corpus.count,
		        folder);
	arena_free(arena);
	return done;
}

static int run(int argc, char **argv)
{
	StageOptions stage = stage_defaults();
	const char *folder = NULL, *mixture = NULL;
	const Option options[] = {
		{ "out", OPTION_TEXT, &folder, "FOLDER",
		        "write WAVs and corpus.csv here; without it, print the ceilings",
		        0, 0 },
		{ "train", OPTION_INT, &stage.train, "N", "utterances to learn from", 0,
		        1000000 },
		{ "validation", OPTION_INT, &stage.validation, "N",
		        "utterances to validate", 0, 1000000 },
		{ "test", OPTION_INT, &stage.test, "N", "utterances to test", 0,
		        1000000 },
		{ "mixture", OPTION_TEXT, &mixture, "LIST",
		        "kinds and weights, such as agree,irony=2; default all alike", 0,
		        0 },
		{ "snr", OPTION_NUMBER, &stage.snr, "DB",
		        "of the voice over the noise where the sound is bad", -60, 60 },
		{ "seed", OPTION_SEED, &stage.seed, "N", "another seed, another corpus",
		        0, 0 },
	};
	int operands;
	bool help;
	Error error;
	if (!options_parse(&command_stage, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error) ||
	        (mixture && !stage_mixture(stage.mixture, mixture, &error)))
		return usage_error(&command_stage, error.text);
	if (help)
		return STATUS_OK;
	if (operands)
		return usage_error(&command_stage, "expected options only");
	if (!folder) {
		print_ceilings(stage.mixture);
		return STATUS_OK;
	}
	return write_files(&stage, folder, &error) ? STATUS_OK
	                                           : world_error(&command_stage, &error);
}
