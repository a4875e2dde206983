/* A session of IEMOCAP of any bytes, evaluation and transcription at once, is imported or
 * refused; what comes is well formed. */
#include "emotionnet/import/import.h"
#include "tests/fuzz/fuzz.h"

#include <stdbool.h>
#include <sys/stat.h>

/* A folder whose two tables are the file, made once. */
static const char *session_of(const char *file)
{
	static char folder[64] = "/tmp/emotionnet-iemocap-XXXXXX";
	static const char *const inner[] = { "Session1", "Session1/dialog",
		"Session1/dialog/EmoEvaluation", "Session1/dialog/transcriptions" };
	static bool made;
	for (int i = 0; !made && i < 4; i++) {
		char path[200];
		FUZZ_CHECK(i || mkdtemp(folder));
		snprintf(path, sizeof path, "%s/%s", folder, inner[i]);
		FUZZ_CHECK(!mkdir(path, 0700));
		snprintf(path, sizeof path, "%s/%s/a.txt", folder, inner[i]);
		FUZZ_CHECK(i < 2 || !symlink(file, path));
	}
	made = true;
	return folder;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	const char *folder = session_of(fuzz_file(data, size));
	const Importer *importer = importer_find("iemocap");
	Error error;
	ImportOptions strict = { .emotions = "all" };
	ImportOptions lenient = { .emotions = "all", .skip_bad = true };
	Corpus all, good;
	bool whole = importer->run(&all, arena, folder, &strict, &error);
	bool some = importer->run(&good, arena, folder, &lenient, &error);
	FUZZ_CHECK(some || !whole);
	for (int i = 0; some && i < good.count; i++) {
		const Utterance *u = &good.utterances[i];
		FUZZ_CHECK(*u->label && *u->text);
		FUZZ_CHECK(
		        !strcmp(u->speaker, "Ses01F") || !strcmp(u->speaker, "Ses01M"));
	}
	FUZZ_CHECK(!whole || (good.count == all.count && !good.skipped));
	arena_free(arena);
	return 0;
}
