/* growth.c: corpora with as many speakers and kinds as utterances, and half as many labels:
 * whatever looks through all of them for each utterance shows. */
#include "tests/support/growth.h"

#include "emotionnet/command/breakdown.h"
#include "emotionnet/comparison/file.h"
#include "emotionnet/corpus/duplicates.h"
#include "emotionnet/corpus/pair.h"
#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/score/bootstrap.h"
#include "tensor/file/hash.h"
#include "tests/support/comparisons.h"
#include "text/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void must(bool done, const Error *error)
{
	if (done)
		return;
	fprintf(stderr, "growth: %s\n", error->text);
	exit(1);
}

/* ---- the corpus -------------------------------------------------------------------- */

static const char *const extra_names[] = { "kind" };

static const char *numbered(Arena *arena, const char *name, int number)
{
	return arena_format(arena, "%s%d", name, number);
}

/* Half of it is for training; each label and speaker stands in both halves. */
static void *prepare_corpus(Arena *arena, int size)
{
	Corpus *corpus = ARENA_NEW(arena, Corpus);
	*corpus = (Corpus){ .source = "growth",
		.utterances = ARENA_ARRAY(arena, Utterance, (size_t)size),
		.count = size,
		.extra_names = extra_names,
		.extras = 1 };
	for (int i = 0; i < size; i++) {
		const char **kind = ARENA_NEW(arena, const char *);
		*kind = numbered(arena, "kind ", i);
		corpus->utterances[i] = (Utterance){ .id = numbered(arena, "u", i),
			.split = i % 2 ? SPLIT_TEST : SPLIT_TRAIN,
			.speaker = numbered(arena, "speaker ", i / 2),
			.label = numbered(arena, "label ", i / 2),
			.text = numbered(arena, "words of ", i),
			.wav = "/dev/null",
			.end = -1,
			.extra = kind };
	}
	return corpus;
}

static void run_labels(Arena *scratch, void *state)
{
	const Corpus *corpus = state;
	Labels labels = corpus_labels(corpus, SPLIT_COUNT, scratch);
	for (int i = 0; i < corpus->count; i++)
		must(labels_index(&labels, corpus->utterances[i].label) >= 0,
		        &(Error){ "a label is not found" });
}

static void run_pair(Arena *scratch, void *state)
{
	Corpus paired;
	Error error;
	must(pair_corpora(
	             &paired, scratch, state, state, (PairOptions){ .seed = 1 }, &error),
	        &error);
}

static void run_duplicates(Arena *scratch, void *state)
{
	duplicates_find(state, scratch);
}

static void run_clusters(Arena *scratch, void *state)
{
	const Corpus *corpus = state;
	const char **names = ARENA_ARRAY(scratch, const char *, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++)
		names[i] = corpus->utterances[i].speaker;
	clusters_by_name(scratch, names, corpus->count);
}

static void run_leak(Arena *scratch, void *state)
{
	const Corpus *corpus = state;
	const char *first;
	StringSet speakers = corpus_speakers(corpus, SPLIT_TRAIN, scratch);
	Checkpoint checkpoint = { .speakers = list_join(scratch, speakers.names,
		                          speakers.count, "\n") };
	must(checkpoint_leak(&checkpoint, corpus, SPLIT_TEST, &first) ==
	                corpus_leak(corpus).speakers,
	        &(Error){ "two leaks differ" });
}

static void run_breakdown(Arena *scratch, void *state)
{
	const Corpus *corpus = state;
	Dataset data = { .count = corpus->count };
	data.items = ARENA_ARRAY(scratch, Example, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++)
		data.items[i].utterance = i;
	Breakdown breakdown = { .column = "kind" };
	Error error;
	must(breakdown_make(&breakdown, scratch, corpus, &data,
	             tensor_zeros(scratch, SHAPE(corpus->count, 2)), &error),
	        &error);
}

/* ---- a manifest -------------------------------------------------------------------- */

/* A file that is there until the process ends. */
static const char *path;

static void remove_file(void)
{
	unlink(path);
}

static const char *new_file(Arena *arena)
{
	static char name[] = "/tmp/emotionnet-growth-XXXXXX";
	if (!path) {
		close(mkstemp(name));
		path = name;
		atexit(remove_file);
	}
	return arena_string(arena, name);
}

static void *write_manifest(Arena *arena, const Corpus *corpus)
{
	const char *manifest = new_file(arena);
	FILE *out = fopen(manifest, "w");
	Error error = { "the manifest cannot be written" };
	must(out && corpus_write(corpus, out, &error) && !fclose(out), &error);
	return (void *)(uintptr_t)manifest;
}

static void *prepare_manifest(Arena *arena, int size)
{
	return write_manifest(arena, prepare_corpus(arena, size));
}

/* The low bits of FNV-1a follow from the low bits before and the byte: a block of letters
 * that leads back to where it began may stand any number of times, in any order with
 * others of its kind. With such ids, a table by that hash is one long row. */
static void *prepare_colliding(Arena *arena, int size)
{
	enum { BLOCKS = 10, LENGTH = 5, BITS = 18 };
	const uint64_t mask = (1u << BITS) - 1, begin = HASH_BEGIN & mask;
	Corpus *corpus = prepare_corpus(arena, size);
	char blocks[BLOCKS][LENGTH + 1];
	int found = 0;
	for (int n = 0; found < BLOCKS; n++) {
		char block[LENGTH + 1] = "";
		for (int i = 0, rest = n; i < LENGTH; i++, rest /= 26)
			block[i] = (char)('a' + rest % 26);
		if ((hash_bytes(HASH_BEGIN, block, LENGTH) & mask) == begin)
			memcpy(blocks[found++], block, sizeof block);
	}
	for (int i = 0; i < size; i++) {
		const char *id = "";
		for (int rest = i, n = 0; n < 6; n++, rest /= BLOCKS)
			id = arena_format(arena, "%s%s", id, blocks[rest % BLOCKS]);
		corpus->utterances[i].id = id;
	}
	return write_manifest(arena, corpus);
}

static void run_manifest(Arena *scratch, void *state)
{
	Corpus corpus;
	Error error;
	must(corpus_read(&corpus, scratch, state, false, NULL, &error), &error);
}

/* ---- records ----------------------------------------------------------------------- */

typedef struct Numbers {
	int count;
	const double *values;
} Numbers;

static void *prepare_numbers(Arena *arena, int size)
{
	Numbers *numbers = ARENA_NEW(arena, Numbers);
	double *values = ARENA_ARRAY(arena, double, (size_t)size);
	for (int i = 0; i < size; i++)
		values[i] = 1.0 / (i + 1);
	*numbers = (Numbers){ size, values };
	return numbers;
}

static void run_numbers(Arena *scratch, void *state)
{
	Numbers *numbers = state;
	Metadata list = { 0 };
	Record record = { .arena = scratch, .list = &list };
	record_reals(&record, "mean", &numbers->values, numbers->count, 17);
}

/* Of as many utterances, each of a kind of its own. */
static void *prepare_results(Arena *arena, int size)
{
	const Corpus *corpus = prepare_corpus(arena, size);
	Comparison c = comparison_example(arena);
	Compared *tests = ARENA_ARRAY(arena, Compared, (size_t)size);
	const char **kinds = ARENA_ARRAY(arena, const char *, (size_t)size);
	float *half = ARENA_ARRAY(arena, float, 2 * (size_t)size);
	for (int i = 0; i < size; i++) {
		const Utterance *u = &corpus->utterances[i];
		kinds[i] = *u->extra;
		tests[i] = (Compared){ u->id, u->speaker, u->text, i, i % 2 };
		half[2 * i] = half[2 * i + 1] = 0.5f;
	}
	for (int i = 0; i < c.cell_count; i++)
		c.cells[i].probabilities = half;
	c.ceiling_count = 0;
	c.kinds = kinds;
	c.test = tests;
	c.kind_count = c.test_count = size;
	const char *results = new_file(arena);
	Error error;
	must(comparison_write(&c, results, &error), &error);
	return (void *)(uintptr_t)results;
}

static void run_results(Arena *scratch, void *state)
{
	Comparison c;
	Error error;
	must(comparison_read(&c, scratch, state, NULL, &error), &error);
}

const Growth growth_table[] = {
	{ "read a manifest", 1000, prepare_manifest, run_manifest },
	{ "ids that collide", 1000, prepare_colliding, run_manifest },
	{ "labels to numbers", 2000, prepare_corpus, run_labels },
	{ "pair two corpora", 2000, prepare_corpus, run_pair },
	{ "repeated texts", 2000, prepare_corpus, run_duplicates },
	{ "speakers in training", 2000, prepare_corpus, run_leak },
	{ "clusters of speakers", 2000, prepare_corpus, run_clusters },
	{ "accuracy by kind", 2000, prepare_corpus, run_breakdown },
	{ "save a wide level", 1000, prepare_numbers, run_numbers },
	{ "read results", 500, prepare_results, run_results },
	{ 0 },
};
