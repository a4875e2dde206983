/* Settings of any text are read or refused; what is read comes back the same through
 * its own text. */
#include "audio/mel/settings.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	char *text = arena_zeros(arena, size + 1);
	memcpy(text, data, size);
	MelSettings settings, again;
	Error error;
	if (mel_settings_parse(&settings, text, &error)) {
		const char *spelt = mel_settings_text(&settings, arena);
		FUZZ_CHECK(mel_settings_parse(&again, spelt, &error));
		FUZZ_CHECK(!strcmp(spelt, mel_settings_text(&again, arena)));
	}
	arena_free(arena);
	return 0;
}
