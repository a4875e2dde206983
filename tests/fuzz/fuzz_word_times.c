/* The times of words: any text is read or refused with a reason; what is read is in
 * order and of as many words as asked. */
#include "emotionnet/corpus/word_times.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	Arena *arena = arena_new("fuzz");
	int words = data[0] % 16; /* the first byte: how many the text has */
	char *column = arena_alloc(arena, size);
	memcpy(column, data + 1, size - 1);
	column[size - 1] = '\0';
	Error error = { "" };
	const WordTime *times = word_times_parse(arena, column, words, &error);
	FUZZ_CHECK(times || strstr(error.text, "word_times: expected"));
	for (int i = 0; times && i < words; i++)
		FUZZ_CHECK(times[i].start >= 0 && times[i].start <= times[i].end);
	arena_free(arena);
	return 0;
}
