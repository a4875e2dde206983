/* A config.json of any bytes is refused, or describes a model that can be built. */
#include "emotionnet/language/config.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	LanguageConfig c;
	Error error = { .text = "" };
	/* as file_read leaves a file: with a 0 behind it */
	unsigned char *text = arena_zeros(arena, size + 1);
	if (size)
		memcpy(text, data, size);
	if (config_read_json_bytes(&c, arena, "fuzz", (Bytes){ text, size }, &error)) {
		FUZZ_CHECK(c.vocabulary > 0 && c.width > 0 && c.layers > 0);
		FUZZ_CHECK(c.inner > 0 && c.longest > 0 && c.end < c.vocabulary);
		FUZZ_CHECK(c.heads > 0 && c.groups > 0 && c.heads % c.groups == 0);
		FUZZ_CHECK(c.head > 0 && c.epsilon > 0);
		FUZZ_CHECK(
		        c.family != LANGUAGE_LLAMA || (c.head % 2 == 0 && c.theta >= 1));
		FUZZ_CHECK(c.family == LANGUAGE_LLAMA || c.head * c.heads == c.width);
	} else {
		FUZZ_CHECK(strncmp(error.text, "fuzz: ", 6) == 0);
	}
	arena_free(arena);
	return 0;
}
