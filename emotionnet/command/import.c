#include "emotionnet/command/commands.h"
#include "emotionnet/import/import.h"

static int run(int argc, char **argv);

const Command command_import = {
	.name = "import",
	.usage = "CORPUS FOLDER [options] > corpus.csv",
	.summary = "turn a published corpus into a manifest",
	.run = run,
};

static int unknown_corpus(const char *name)
{
	char message[512];
	size_t used = (size_t)snprintf(message, sizeof message,
	        "corpus \"%.40s\" is not known. Known are:", name);
	for (const Importer *i = importers; i->name && used < sizeof message; i++)
		used += (size_t)snprintf(message + used, sizeof message - used,
		        "\n  %-10s %s", i->name, i->what);
	return usage_error(&command_import, message);
}

static int run(int argc, char **argv)
{
	ImportOptions choices = { .warnings = stderr };
	const Option options[] = {
		{ "test-speakers", OPTION_TEXT, &choices.test_speakers, "LIST",
		        "these speakers are for test, instead of the corpus's own split",
		        0, 0 },
		{ "validation-speakers", OPTION_TEXT, &choices.validation_speakers,
		        "LIST", "these for validation; \"\" for none", 0, 0 },
		{ "fold", OPTION_INT, &choices.fold, "N",
		        "RAVDESS: the fold by actor, 1 to 5", 0, 5 },
		{ "arrays", OPTION_TEXT, &choices.arrays, "DIR",
		        "MOSI: where its vectors are written, as .npy files", 0, 0 },
		{ "skip-bad", OPTION_FLAG, &choices.skip_bad, NULL,
		        "leave out files that are not as described, and count them", 0,
		        0 },
	};
	int operands;
	bool help;
	Error error;
	if (!options_parse(&command_import, options,
	            (int)(sizeof options / sizeof options[0]), argc, argv, &operands,
	            &help, &error))
		return usage_error(&command_import, error.text);
	if (help) {
		printf("\nCorpora:\n");
		for (const Importer *i = importers; i->name; i++)
			printf("  %-10s %s\n", i->name, i->what);
		return STATUS_OK;
	}
	if (operands != 2)
		return usage_error(&command_import, "expected a corpus and its folder");
	const Importer *importer = importer_find(argv[0]);
	if (!importer)
		return unknown_corpus(argv[0]);

	Arena *arena = arena_new("import");
	Corpus corpus;
	bool done = importer->run(&corpus, arena, argv[1], &choices, &error) &&
	            corpus_write(&corpus, stdout, &error);
	if (done) {
		fprintf(stderr,
		        "%s: %d utterances for training, %d for validation, %d for test",
		        argv[0], corpus_count(&corpus, SPLIT_TRAIN),
		        corpus_count(&corpus, SPLIT_VALIDATION),
		        corpus_count(&corpus, SPLIT_TEST));
		fprintf(stderr, corpus.skipped ? "; %d left out\n" : "\n",
		        corpus.skipped);
	}
	arena_free(arena);
	return done ? STATUS_OK : world_error(&command_import, &error);
}
