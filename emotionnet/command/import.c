/* import.c: the command import: a published corpus becomes a manifest on standard
 * output. */
#include "emotionnet/card/about.h"
#include "emotionnet/command/commands.h"
#include "emotionnet/import/face_tracks.h"
#include "emotionnet/import/faces.h"
#include "tensor/file/folder.h"
#include "text/list.h"

#include <stdio.h>

static void list_corpora(FILE *out, Arena *arena)
{
	fprintf(out,
	        "Corpora, and in brackets those options that only some of them understand:\n");
	for (const Importer *i = importers; i->name; i++) {
		int count;
		const char *const *own =
		        list_split(arena, i->options ? i->options : "", ' ', &count);
		fprintf(out, "  %-12s %s", i->name, i->what);
		for (int o = 0; o < count; o++)
			fprintf(out, "%s--%s", o ? ", " : " (", own[o]);
		fputs(count ? ")\n" : "\n", out);
	}
}

/* " Did you mean cremad?" where a name is near. */
static const char *near_corpus(Arena *arena, const char *name)
{
	int count = 0;
	while (importers[count].name)
		count++;
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)count);
	for (int i = 0; i < count; i++)
		names[i] = importers[i].name;
	const char *near = nearest_name(name, count, names);
	return near ? arena_format(arena, ". Did you mean %s?", near) : "";
}

/* No option is passed over in silence: what an importer cannot do is refused. */
static bool check_options(const Options *options, const Importer *importer, Error *error)
{
	for (const Importer *i = importers; i->name; i++) {
		int count;
		const char *const *own = list_split(
		        options->arena, i->options ? i->options : "", ' ', &count);
		for (int o = 0; o < count; o++)
			if (option_given(options, own[o]) &&
			        !importer_has(importer, own[o]))
				return error_set(error,
				        "--%s: the importer of %s does not know it. Known to: %s",
				        own[o], importer->name,
				        importers_with(options->arena, own[o]));
	}
	return true;
}

static bool join_faces(
        Corpus *corpus, Arena *arena, const ImportOptions *choices, Error *error)
{
	return (path_is_folder(choices->face) ? face_tracks_join : faces_join)(
	        corpus, arena, choices, error);
}

static Status run(Options *options, Error *error)
{
	ImportOptions choices = { .seed = 1, .warnings = stderr };
	option_text(options, &choices.test_speakers, "test-speakers LIST",
	        "these speakers are for test, instead of the corpus's own split");
	option_text(options, &choices.validation_speakers, "validation-speakers LIST",
	        "these for validation; \"\" for none");
	option_int(options, &choices.fold, "fold N", 0, 5,
	        "the fold that is the test, 1 to 5: RAVDESS, by actor (0: 1); IEMOCAP, the session (0: 5)");
	option_text(options, &choices.pattern, "pattern P",
	        "folder, pictures: what paths mean, as '{speaker}_{label}_{}.wav'; the default is '{label}/{}'");
	option_text(options, &choices.emotions, "emotions E",
	        "IEMOCAP: four (the default: anger, joy with excitement, neutral, sadness) or all");
	option_text(options, &choices.face, "face TABLE|FOLDER",
	        "a CSV of numbers of each clip's face: the column id says whose; or a folder with a file of each clip's face in time, ID.csv of OpenFace, ID.jsonl of MediaPipe or ID.npy");
	option_text(options, &choices.arrays, "arrays DIR",
	        "where vectors are written, as .npy files: MOSI's, or those of --face (here)");
	option_text(options, &choices.label, "label COLUMN",
	        "table: the label's column, by name or number; mustard++: emotion, said or sarcasm");
	option_text(options, &choices.text, "text COLUMN", "table: that of the text,");
	option_text(options, &choices.wav, "wav COLUMN", "of the sound's file,");
	option_text(options, &choices.speaker, "speaker COLUMN", "of who speaks,");
	option_text(options, &choices.id, "id COLUMN", "of the id,");
	option_text(options, &choices.split, "split COLUMN",
	        "of train, validation or test; \"\": make splits");
	option_flag(options, &choices.ekman, "ekman",
	        "GoEmotions: Ekman's six and neutral, by the authors' table");
	option_seed(options, &choices.seed, "seed N",
	        "of the splits, where the corpus has none of its own");
	option_flag(options, &choices.skip_bad, "skip-bad",
	        "leave out files that are not as described, and count them");
	if (!options_read(options, 2, 2, "expected a corpus and its folder", error)) {
		if (options->helped)
			putchar('\n');
		if (options->helped || !options->operand_count)
			list_corpora(options->helped ? stdout : stderr, options->arena);
		return options_status(options);
	}
	const char *name = options->operands[0];
	const Importer *importer = importer_find(name);
	if (!importer) {
		list_corpora(stderr, options->arena);
		return options_wrong(error,
		        arena_format(options->arena, "corpus \"%.40s\" is not known%s",
		                name, near_corpus(options->arena, name)));
	}
	if (!check_options(options, importer, error))
		return STATUS_USAGE;
	if (choices.arrays && !choices.face && importer_has(importer, "face"))
		return options_wrong(error, "--arrays: expected --face TABLE too");
	Corpus corpus;
	if (!importer->run(
	            &corpus, options->arena, options->operands[1], &choices, error) ||
	        (choices.face && !join_faces(&corpus, options->arena, &choices, error)))
		return STATUS_FAILED;
	about_mark(&corpus, options->arena, importer->name);
	if (!corpus_write(&corpus, stdout, error))
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
