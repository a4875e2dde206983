/* import.c: the command import: a published corpus becomes a manifest on standard
 * output. */
#include "emotionnet/command/commands.h"
#include "emotionnet/import/import.h"

#include <stdio.h>

static const char *known_corpora(Arena *arena)
{
	const char *text = "";
	for (const Importer *i = importers; i->name; i++)
		text = arena_format(arena, "%s\n  %-10s %s", text, i->name, i->what);
	return text;
}

static Status run(Options *options, Error *error)
{
	ImportOptions choices = { .warnings = stderr };
	option_text(options, &choices.test_speakers, "test-speakers LIST",
	        "these speakers are for test, instead of the corpus's own split");
	option_text(options, &choices.validation_speakers, "validation-speakers LIST",
	        "these for validation; \"\" for none");
	option_int(options, &choices.fold, "fold N", 0, 5,
	        "RAVDESS: the fold by actor, 1 to 5");
	option_text(options, &choices.arrays, "arrays DIR",
	        "MOSI: where its vectors are written, as .npy files");
	option_flag(options, &choices.skip_bad, "skip-bad",
	        "leave out files that are not as described, and count them");
	if (!options_read(options, 2, 2, "expected a corpus and its folder", error)) {
		if (options->helped)
			printf("\nCorpora:%s\n", known_corpora(options->arena));
		return options_status(options);
	}
	const char *name = options->operands[0];
	const Importer *importer = importer_find(name);
	if (!importer)
		return options_wrong(
		        error, arena_format(options->arena,
		                       "corpus \"%.40s\" is not known. Known are:%s",
		                       name, known_corpora(options->arena)));
	Corpus corpus;
	if (!importer->run(
	            &corpus, options->arena, options->operands[1], &choices, error) ||
	        !corpus_write(&corpus, stdout, error))
		return STATUS_FAILED;
	fprintf(stderr, "%s: %d utterances for training, %d for validation, %d for test",
	        name, corpus_count(&corpus, SPLIT_TRAIN),
	        corpus_count(&corpus, SPLIT_VALIDATION),
	        corpus_count(&corpus, SPLIT_TEST));
	fprintf(stderr, corpus.skipped ? "; %d left out\n" : "\n", corpus.skipped);
	return STATUS_OK;
}

const Command command_import = {
	.name = "import",
	.usage = "CORPUS FOLDER [options] > corpus.csv",
	.summary = "turn a published corpus into a manifest",
	.run = run,
};
