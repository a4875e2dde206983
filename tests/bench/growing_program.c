/* `emotionnet train`, one epoch on one thread, from the start of the process to the saved
 * model, on corpora that are drawn for it. */
#include "tensor/file/npy.h"
#include "tensor/rng.h"
#include "tests/bench/child.h"
#include "tests/bench/growing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NUMBERS = 16, WORDS = 20, MOST_ARGUMENTS = 24 };

typedef struct Shape {
	int utterances, classes, speakers, vocabulary; /* 0: as many as the size says */
} Shape;

static const struct {
	const char *what, *grows;
	Shape shape;
	int least, count;
} kinds[] = {
	{ "train on vectors", "utterances", { 0, 6, 100, 0 }, 1000, 4 },
	{ "train on words", "utterances", { 0, 6, 100, 5000 }, 1000, 3 },
	{ "train on 20,000 vectors", "classes", { 20000, 0, 100, 0 }, 10, 3 },
	{ "train on 100,000 vectors", "speakers", { 100000, 6, 0, 0 }, 10, 4 },
	{ "train on 10,000 texts", "words of the vocabulary", { 10000, 6, 100, 0 }, 1000,
	        3 },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

typedef struct Task {
	Shape shape;
	bool reads_words;
	const char *folder;
} Task;

static _Noreturn void no_file(const char *path)
{
	fprintf(stderr, "bench: %s cannot be written\n", path);
	exit(1);
}

/* Eight of ten utterances are for training, in each of which all classes come. */
static void write_manifest(const Task *task, FILE *out)
{
	static const char *const splits[] = { "train", "validation", "test" };
	const Shape *shape = &task->shape;
	fprintf(out, "id,split,speaker,label,%s\n",
	        task->reads_words ? "text" : "speech_row");
	for (int i = 0, word = 0; i < shape->utterances; i++) {
		int tenth = i / shape->classes % 10, split = tenth < 8 ? 0 : tenth - 7;
		fprintf(out, "u%d,%s,%s %d,label %d,", i, splits[split], splits[split],
		        i % shape->speakers, i % shape->classes);
		if (!task->reads_words)
			fprintf(out, "rows.npy:%d", i);
		for (int w = 0; task->reads_words && w < WORDS; w++, word++)
			fprintf(out, "%sw%d", w ? " " : "", word % shape->vocabulary);
		fputc('\n', out);
	}
}

static void write_corpus(const void *config, void *result)
{
	const Task *task = config;
	char path[128];
	snprintf(path, sizeof path, "%s/corpus.csv", task->folder);
	FILE *out = fopen(path, "w");
	if (!out)
		no_file(path);
	write_manifest(task, out);
	if (fclose(out))
		no_file(path);
	if (!task->reads_words) {
		Arena *arena = arena_new("rows");
		Rng rng = rng_new(1);
		Error error;
		Tensor rows = tensor_new(arena, SHAPE(task->shape.utterances, NUMBERS));
		for (size_t i = 0; i < tensor_count(rows); i++)
			rows.data[i] = (real)rng_normal(&rng);
		snprintf(path, sizeof path, "%s/rows.npy", task->folder);
		if (!npy_write(path, rows, &error))
			no_file(path);
		arena_free(arena);
	}
	*(bool *)result = true;
}

static void remove_all(const char *folder)
{
	static const char *const names[] = { "corpus.csv", "rows.npy", "model" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
}

static void train(const char *program, const Task *task, GrowthPoint *point)
{
	char corpus[128], model[128];
	snprintf(corpus, sizeof corpus, "%s/corpus.csv", task->folder);
	snprintf(model, sizeof model, "%s/model", task->folder);
	const char *command[MOST_ARGUMENTS] = { program, "train", corpus, "--out", model,
		"--epochs", "1", "--threads", "1", "--no-cache", "--quiet" };
	const char *const vectors[] = { "--modalities", "speech", "--speech-encoder",
		"vector", "--speech-hidden", "16" };
	const char *const words[] = { "--modalities", "text", "--min-count", "1",
		"--embed", "16", "--text-hidden", "16" };
	int count = 0;
	while (command[count])
		count++;
	if (task->reads_words)
		memcpy(command + count, words, sizeof words);
	else
		memcpy(command + count, vectors, sizeof vectors);
	double begin = child_seconds();
	child_execute("emotionnet train", command);
	point->seconds = child_seconds() - begin;
	point->bytes = child_peak();
}

static void measure(
        const Growing *growing, const char *program, int size, GrowthPoint *point)
{
	char folder[] = "/tmp/emotionnet-growth-XXXXXX";
	Task task = { .shape = *(const Shape *)growing->config };
	task.reads_words =
	        strstr(growing->what, "words") || strstr(growing->what, "texts");
	int *const fields[] = { &task.shape.utterances, &task.shape.classes,
		&task.shape.speakers, &task.shape.vocabulary };
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!*fields[i])
			*fields[i] = size;
	task.folder = mkdtemp(folder);
	if (!task.folder)
		no_file(folder);
	bool written; /* in a process of its own: its memory would count */
	child_run("writing a corpus", write_corpus, &task, &written, sizeof written);
	train(program, &task, point);
	remove_all(folder);
}

GrowingList growing_program(void)
{
	static Growing items[KINDS];
	for (int i = 0; i < KINDS; i++)
		items[i] = (Growing){ .what = kinds[i].what,
			.grows = kinds[i].grows,
			.least = kinds[i].least,
			.times = 10,
			.count = kinds[i].count,
			.allowed = 1,
			.measure = measure,
			.config = &kinds[i].shape };
	return (GrowingList){ items, KINDS };
}
