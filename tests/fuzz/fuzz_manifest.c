/* A manifest of any bytes is read or refused; bad rows skipped, what is left is well
 * formed. */
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/corpus/rows.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static bool has_row(const Corpus *corpus, const Utterance *u)
{
	bool any = false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		const char *row = corpus_extra(corpus, u, rows_column(kind));
		any |= row && *row == '/';
	}
	return any;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	const char *path = fuzz_file(data, size);
	Corpus strict, lenient;
	Error error = { "" };
	bool whole = corpus_read(&strict, arena, path, false, NULL, &error);
	FUZZ_CHECK(whole || strstr(error.text, path));
	bool some = corpus_read(&lenient, arena, path, true, NULL, &error);
	FUZZ_CHECK(some || !whole);
	for (int i = 0; some && i < lenient.count; i++) {
		const Utterance *u = &lenient.utterances[i];
		FUZZ_CHECK(*u->id && *u->label);
		FUZZ_CHECK(*u->text || *u->wav || has_row(&lenient, u));
		FUZZ_CHECK(u->start >= 0 && (u->end < 0 || u->end > u->start));
	}
	if (whole)
		FUZZ_CHECK(strict.count == lenient.count && !lenient.skipped);
	arena_free(arena);
	return 0;
}
