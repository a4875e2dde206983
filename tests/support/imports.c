#include "tests/support/imports.h"

#include "tests/support/harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *imports_write(Arena *arena, const char *name, const char *text)
{
	const char *path = arena_format(arena, "%s/%s", harness_directory(), name);
	FILE *out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	fputs(text, out);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

void imports_folder(Arena *arena, const char *name)
{
	const char *path = arena_format(arena, "%s/%s", harness_directory(), name);
	ck_assert_int_eq(mkdir(path, 0700), 0);
}

Corpus imports_made(Arena *arena, const char *name, ImportOptions options)
{
	Corpus corpus;
	Error error;
	bool done = importer_find(name)->run(
	        &corpus, arena, harness_directory(), &options, &error);
	ck_assert_msg(done, "%s", error.text);
	return corpus;
}

void imports_refuse(
        Arena *arena, const char *name, ImportOptions options, const char *expected)
{
	Corpus corpus;
	Error error;
	ck_assert(!importer_find(name)->run(
	        &corpus, arena, harness_directory(), &options, &error));
	ASSERT_CONTAINS(error.text, expected);
}

const Utterance *imports_find(const Corpus *corpus, const char *id)
{
	for (int i = 0; i < corpus->count; i++)
		if (strcmp(corpus->utterances[i].id, id) == 0)
			return &corpus->utterances[i];
	ck_abort_msg("there is no utterance %s", id);
}

const char *imports_extra(const Corpus *corpus, const char *id, const char *column)
{
	return corpus_extra(corpus, imports_find(corpus, id), column);
}

const char *imports_real_folder(Arena *arena, const char *name)
{
	const char *root = getenv("EMOTIONNET_DATA");
	const char *folder =
	        arena_format(arena, "%s/%s", root ? root : "../shared/data", name);
	struct stat status;
	if (!stat(folder, &status))
		return folder;
	printf("skipped: no %s (set EMOTIONNET_DATA to the folder that holds it)\n",
	        folder);
	return NULL;
}

Corpus imports_real(
        Arena *arena, const char *name, const char *folder, ImportOptions options)
{
	Corpus corpus;
	Error error;
	bool done = importer_find(name)->run(&corpus, arena, folder, &options, &error);
	ck_assert_msg(done, "%s", error.text);
	return corpus;
}

int imports_count(const Corpus *corpus, const char *label)
{
	int count = 0;
	for (int i = 0; i < corpus->count; i++)
		count += strcmp(corpus->utterances[i].label, label) == 0;
	return count;
}
