/* What is read holds two days in order, and says who and for what. */
#include "emotionnet/live/consent.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	ConsentFile consent;
	Error error;
	unsigned char *text = arena_zeros(arena, size + 1);
	if (size)
		memcpy(text, data, size);
	if (consent_read(&consent, arena, "fuzz", (Bytes){ text, size }, &error)) {
		FUZZ_CHECK(*consent.who && *consent.purpose);
		FUZZ_CHECK(strlen(consent.when) == CONSENT_DAY - 1);
		FUZZ_CHECK(strcmp(consent.when, consent.until) <= 0);
	}
	arena_free(arena);
	return 0;
}
