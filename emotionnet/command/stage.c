/* stage.c: the command stage: the ceilings of the embedded corpus, and its files. */
#include "emotionnet/command/commands.h"
#include "emotionnet/stage/stage.h"
#include "tensor/plot/escape.h"

/* Percent of each kind that the best classifier gets right, for each set of
 * modalities. */
static void print_ceilings(const StageOptions *stage)
{
	int kinds = stage_kinds(stage->face), wide = stage->face ? 16 : 12;
	printf("%-*s", wide, "ceiling");
	for (int kind = 0; kind < kinds; kind++)
		printf("  %7s", stage_kind_name((StageKind)kind));
	printf("  %7s\n", "all");
	for (int view = 0; view < stage_views(stage->face); view++) {
		StageCeiling ceiling = stage_ceiling(stage->mixture, (StageView)view);
		printf("%-*s", wide, stage_view_name((StageView)view));
		for (int kind = 0; kind < kinds; kind++)
			printf("  %7.3f", ceiling.kind[kind]);
		printf("  %7.3f\n", ceiling.all);
	}
}

static bool write_files(
        const StageOptions *stage, const char *folder, Arena *arena, Error *error)
{
	Corpus corpus;
	stage_make(&corpus, arena, *stage);
	if (!stage_write(&corpus, folder, error))
		return false;
	terminal_print(stdout, "%d utterances and their manifest: %s/corpus.csv\n",
	        corpus.count, folder);
	return true;
}

static Status run(Options *options, Error *error)
{
	StageOptions stage = stage_defaults();
	const char *folder = NULL, *mixture = NULL;
	option_text(options, &folder, "out FOLDER",
	        "write WAVs and corpus.csv here; without it, print the ceilings");
	option_int(
	        options, &stage.train, "train N", 0, 1000000, "utterances to learn from");
	option_int(options, &stage.validation, "validation N", 0, 1000000,
	        "utterances to validate");
	option_int(options, &stage.test, "test N", 0, 1000000, "utterances to test");
	option_flag(options, &stage.face, "face",
	        "the speakers have a face too, action units in time, and two kinds more");
	option_text(options, &mixture, "mixture LIST",
	        "kinds and weights, such as agree,irony=2; default all alike");
	option_number(options, &stage.snr, "snr DB", -60, 60,
	        "of the voice over the noise where the sound is bad");
	option_seed(options, &stage.seed, "seed N", "another seed, another corpus");
	if (!options_read(options, 0, 0, "expected options only", error))
		return options_status(options);
	if (stage.face)
		stage_add_face(&stage);
	if (mixture && (!stage_mixture(stage.mixture, mixture, error) ||
	                       !stage_mixture_fits(&stage, error)))
		return STATUS_USAGE;
	if (folder)
		return write_files(&stage, folder, options->arena, error) ? STATUS_OK
		                                                          : STATUS_FAILED;
	print_ceilings(&stage);
	return STATUS_OK;
}

const Command command_stage = {
	.name = "stage",
	.usage = "[--out FOLDER] [options]",
	.summary =
	        "the embedded corpus: how well it can be told, and its files to listen to",
	.run = run,
};
