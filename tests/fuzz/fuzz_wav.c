/* Sound files of any bytes, whole, in part and cut short, are read or refused; what is
 * read is finite and no more than the file can hold. */
#include "audio/wav.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <string.h>

static bool read_part(Arena *arena, Bytes bytes, WavPart part)
{
	Clip clip = { .count = -1 };
	Error error = { "" };
	if (!wav_parse(&clip, arena, "fuzz.wav", bytes, part, &error)) {
		FUZZ_CHECK(clip.count == -1);
		FUZZ_CHECK(!strncmp(error.text, "fuzz.wav: ", 10));
		return false;
	}
	FUZZ_CHECK(clip.count > 0 && (size_t)clip.count <= bytes.size);
	FUZZ_CHECK(clip.rate >= 100 && clip.rate <= 1000000);
	for (int i = 0; i < clip.count; i++)
		FUZZ_CHECK(isfinite(clip.samples[i]));
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Bytes bytes = { .data = arena_copy(arena, data, size), .size = size };
	bool whole = read_part(arena, bytes, (WavPart){ .start = 0 });
	bool salvaged = read_part(arena, bytes, (WavPart){ .salvage = true });
	FUZZ_CHECK(salvaged || !whole);
	read_part(arena, bytes, (WavPart){ .start = 1e-4, .end = 2e-4, .salvage = true });
	arena_free(arena);
	return 0;
}
