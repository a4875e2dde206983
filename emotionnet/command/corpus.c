/* corpus.c: the command corpus: what a manifest holds, before anything is trained on
 * it. */
#include "emotionnet/command/commands.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/duplicates.h"
#include "emotionnet/corpus/face_track.h"
#include "emotionnet/corpus/rows.h"
#include "tensor/file/file.h"
#include "text/vocabulary.h"
#include "tensor/plot/escape.h"
#include "text/vocabulary_text.h"

#include <string.h>

enum { MIN_COUNT = 2 }; /* as training has it */

static void print_labels(const Corpus *corpus, Arena *arena)
{
	Labels labels = corpus_labels(corpus, SPLIT_COUNT, arena);
	int *counts = ARENA_ARRAY(arena, int, (size_t)(labels.count + 1) * SPLIT_COUNT);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		counts[labels_index(&labels, u->label) * SPLIT_COUNT + (int)u->split]++;
		counts[labels.count * SPLIT_COUNT + (int)u->split]++;
	}
	printf("%-14s", "label");
	for (int s = 0; s < SPLIT_COUNT; s++)
		printf(" %11s", split_name((Split)s));
	printf("\n");
	for (int l = 0; l <= labels.count; l++) {
		terminal_print(
		        stdout, "%-14s", l < labels.count ? labels.names[l] : "all");
		for (int s = 0; s < SPLIT_COUNT; s++)
			printf(" %11d", counts[l * SPLIT_COUNT + s]);
		printf("\n");
	}
}

/* How many have something in this column, where the manifest has it. */
static void print_column(const Corpus *corpus, const char *name)
{
	int count = 0;
	bool column = false;
	for (int i = 0; i < corpus->count; i++) {
		const char *value = corpus_extra(corpus, &corpus->utterances[i], name);
		column |= value != NULL;
		count += value && *value;
	}
	if (column)
		printf(", %d a %s", count, name);
}

static void print_speakers(const Corpus *corpus, Arena *arena)
{
	int with_text = 0, with_sound = 0;
	StringSet speakers = stringset_new(arena);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		with_text += *u->text != '\0';
		with_sound += *u->wav != '\0';
		if (*u->speaker)
			stringset_add(&speakers, u->speaker);
	}
	printf("\n%d utterances have text, %d a sound file", with_text, with_sound);
	print_column(corpus, FACE_TRACK_COLUMN);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		print_column(corpus, rows_column(kind));
	printf("; %d speakers\n", speakers.count);
	Leak leak = corpus_leak(corpus);
	if (leak.speaker)
		terminal_print(stdout,
		        "%d speakers stand in the train split and in another, such as \"%s\" in %s\n",
		        leak.speakers, leak.speaker, split_name(leak.split));
}

/* Of the counted words, each as often as it occurs: how many per cent are not known. */
static double unknown_per_cent(const Vocabulary *known, const WordCounts *counts)
{
	long long unknown = 0;
	for (int i = 0; i < counts->words.count; i++)
		if (vocabulary_id(known, counts->words.names[i]) == VOCABULARY_UNKNOWN)
			unknown += counts->counts[i];
	return 100 * (double)unknown / (double)counts->total;
}

/* What a vocabulary of the train split does not know; returns that vocabulary. */
static Vocabulary print_words(const Corpus *corpus, Arena *arena)
{
	WordCounts counts[SPLIT_COUNT];
	Arena *scratch = arena_new("words");
	for (int s = 0; s < SPLIT_COUNT; s++)
		counts[s] = wordcounts_new(arena);
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		Tokens tokens = tokens_split(scratch, u->text);
		wordcounts_add(&counts[u->split], &tokens);
		arena_reset(scratch);
	}
	arena_free(scratch);
	Vocabulary known = vocabulary_build(arena, &counts[SPLIT_TRAIN], MIN_COUNT, 0);
	printf("\n%d words occur %d times or more in the train split\n",
	        known.words.count - 2, MIN_COUNT);
	for (int s = 0; s < SPLIT_COUNT; s++)
		if (counts[s].total)
			printf("%-14s %9lld words, %5.2f %% not among them\n",
			        split_name((Split)s), counts[s].total,
			        unknown_per_cent(&known, &counts[s]));
	return known;
}

/* One word a line, the most frequent first. */
static bool write_vocabulary(
        const Vocabulary *vocabulary, const char *path, Arena *arena, Error *error)
{
	FileWriter *writer = file_open(arena, path, error);
	if (!writer)
		return false;
	const char *text = vocabulary_to_text(arena, vocabulary);
	file_write(writer, text, strlen(text));
	return file_close(writer, error);
}

typedef struct Request {
	const char *path, *vocabulary;
	bool skip_bad;
	int most; /* texts that stand twice */
} Request;

static bool tell(const Request *request, Arena *arena, Error *error)
{
	Corpus corpus;
	if (!corpus_read(&corpus, arena, request->path, request->skip_bad, stderr, error))
		return false;
	print_labels(&corpus, arena);
	print_speakers(&corpus, arena);
	Vocabulary words = print_words(&corpus, arena);
	Duplicates duplicates = duplicates_find(&corpus, arena);
	printf("\n");
	duplicates_print(stdout, &corpus, &duplicates, request->most);
	bool wavs = false;
	for (int i = 0; i < corpus.count; i++)
		wavs |= *corpus.utterances[i].wav;
	if (wavs) {
		duplicates = duplicates_find_sounds(&corpus, arena);
		printf("\n");
		duplicates_print(stdout, &corpus, &duplicates, request->most);
	}
	if (corpus.skipped)
		printf("\nNote: %d bad rows were left out.\n", corpus.skipped);
	return !request->vocabulary ||
	       write_vocabulary(&words, request->vocabulary, arena, error);
}

static Status run(Options *options, Error *error)
{
	Request request = { .most = 5 };
	option_int(options, &request.most, "duplicates N", 0, 1000000,
	        "how many texts that stand twice to show");
	option_text(options, &request.vocabulary, "vocabulary FILE",
	        "write the known words there, one a line");
	option_flag(options, &request.skip_bad, "skip-bad",
	        "leave out bad rows, name and count them");
	if (!options_read(options, 1, 1, "expected one corpus", error))
		return options_status(options);
	if (!options_out(options, "vocabulary", request.vocabulary, error))
		return STATUS_USAGE;
	request.path = options->operands[0];
	return tell(&request, options->arena, error) ? STATUS_OK : STATUS_FAILED;
}

const Command command_corpus = {
	.name = "corpus",
	.usage = "CORPUS.csv [options]",
	.summary =
	        "what a corpus holds: labels, speakers, words, and texts that stand twice",
	.run = run,
};
