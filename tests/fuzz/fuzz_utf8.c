/* Any bytes decode to characters that lie end to end over them; what is valid is written
 * as it was; folded text is small, its places in order, and folding it again changes
 * nothing. */
#include "tests/fuzz/fuzz.h"
#include "text/fold.h"
#include "tensor/utf8.h"

#include <string.h>

static void check_characters(const char *text, size_t size)
{
	size_t replaced = 0, bytes;
	for (size_t at = 0; at < size; at += bytes) {
		Utf8 one = utf8_next(text + at, size - at);
		char back[4];
		bytes = (size_t)one.bytes;
		FUZZ_CHECK(bytes >= 1 && bytes <= size - at);
		replaced += !one.valid;
		if (one.valid) {
			FUZZ_CHECK(utf8_put(back, one.point) == one.bytes);
			FUZZ_CHECK(!memcmp(back, text + at, bytes));
		}
	}
	FUZZ_CHECK((utf8_invalid(text, size) == size) == (replaced == 0));
}

/* As bytes again. */
static size_t spell(char *out, FoldedText folded)
{
	size_t size = 0;
	for (size_t i = 0; i < folded.count; i++)
		size += (size_t)utf8_put(out + size, folded.at[i].point);
	return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	const char *text = arena_copy(arena, data, size);
	check_characters(text, size);
	FoldedText folded = fold(arena, text, size);
	size_t last = 0;
	for (size_t i = 0; i < folded.count; i++) {
		FUZZ_CHECK(folded.at[i].begin >= last);
		FUZZ_CHECK(folded.at[i].end > folded.at[i].begin);
		FUZZ_CHECK(folded.at[i].end <= size);
		last = folded.at[i].begin;
	}
	char *once = arena_alloc(arena, 4 * folded.count + 1);
	size_t length = spell(once, folded);
	FoldedText again = fold(arena, once, length);
	char *twice = arena_alloc(arena, 4 * again.count + 1);
	FUZZ_CHECK(spell(twice, again) == length && !memcmp(once, twice, length));
	arena_free(arena);
	return 0;
}
