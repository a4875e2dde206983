/* Tables and lines that importers read, of any bytes, are made a corpus or refused; a
 * corpus is written as a manifest that is read again. The first byte chooses the
 * importer. */
#include "emotionnet/import/faces.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <sys/stat.h>

enum { FACES = 'f' };

static const char *importer_of(uint8_t byte)
{
	switch (byte) {
	case 'i':
		return "isear";
	case 'm':
		return "mustard++";
	case 'g':
		return "goemotions";
	default:
		return "table";
	}
}

static void write_file(const char *path, const uint8_t *data, size_t size)
{
	FILE *out = fopen(path, "wb");
	FUZZ_CHECK(out);
	FUZZ_CHECK(!size || fwrite(data, 1, size, out) == size);
	FUZZ_CHECK(!fclose(out));
}

/* A folder of GoEmotions whose training split these bytes are. */
static const char *goemotions_folder(Arena *arena, const uint8_t *data, size_t size)
{
	static char folder[] = "/tmp/emotionnet-fuzz-XXXXXX";
	static bool made;
	if (!made) {
		FUZZ_CHECK(mkdtemp(folder));
		write_file(arena_format(arena, "%s/dev.tsv", folder), NULL, 0);
		write_file(arena_format(arena, "%s/test.tsv", folder), NULL, 0);
		made = true;
	}
	write_file(arena_format(arena, "%s/train.tsv", folder), data, size);
	return folder;
}

static void check_manifest(Arena *arena, const Corpus *corpus)
{
	char *text;
	size_t size;
	Error error;
	FILE *out = open_memstream(&text, &size);
	FUZZ_CHECK(out && corpus_write(corpus, out, &error) && !fclose(out));
	Corpus again;
	const char *path = fuzz_file((const uint8_t *)text, size);
	if (!corpus_read(&again, arena, path, false, NULL, &error)) {
		fprintf(stderr, "%s\n%s", error.text, text);
		abort();
	}
	FUZZ_CHECK(again.count == corpus->count);
	FUZZ_CHECK(again.extras == corpus->extras);
	for (int i = 0; i < again.count; i++)
		FUZZ_CHECK(again.utterances[i].split == corpus->utterances[i].split &&
		           !strcmp(again.utterances[i].text, corpus->utterances[i].text));
	free(text);
}

static void run_importer(Arena *arena, const char *name, const uint8_t *data, size_t size)
{
	ImportOptions options = { .seed = 1 };
	if (!strcmp(name, "table")) { /* as the columns stand, where they have no names */
		options.text = "1";
		options.label = "2";
	}
	const char *path = !strcmp(name, "goemotions")
	                           ? goemotions_folder(arena, data, size)
	                           : fuzz_file(data, size);
	Corpus strict, lenient;
	Error error = { "" };
	bool whole = importer_find(name)->run(&strict, arena, path, &options, &error);
	FUZZ_CHECK(whole || strstr(error.text, "/tmp/"));
	options.skip_bad = true;
	bool some = importer_find(name)->run(&lenient, arena, path, &options, &error);
	FUZZ_CHECK(some || !whole);
	FUZZ_CHECK(!whole || (strict.count == lenient.count && !lenient.skipped));
	if (some)
		check_manifest(arena, &lenient);
}

static void join_faces(Arena *arena, const uint8_t *data, size_t size)
{
	Utterance one = { .id = "a",
		.speaker = "",
		.label = "joy",
		.text = "hi",
		.wav = "",
		.end = -1 };
	Corpus corpus = { .source = "fuzz", .utterances = &one, .count = 1 };
	ImportOptions options = {
		.face = fuzz_file(data, size), .arrays = "/tmp", .skip_bad = true
	};
	Error error;
	if (faces_join(&corpus, arena, &options, &error))
		check_manifest(arena, &corpus);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	Arena *arena = arena_new("fuzz");
	if (*data == FACES)
		join_faces(arena, data + 1, size - 1);
	else
		run_importer(arena, importer_of(*data), data + 1, size - 1);
	arena_free(arena);
	return 0;
}
