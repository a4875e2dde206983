/* OpenFace's CSV of any bytes becomes a track, or is refused with a reason. */
#include "emotionnet/face/openface.h"
#include "tests/fuzz/track.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Bytes bytes = { arena_copy(arena, data, size), size };
	Error error = { "" };
	Track track;
	if (openface_parse(&track, arena, "fuzz", bytes, &error))
		fuzz_check_track(arena, &track);
	else
		FUZZ_CHECK(strncmp(error.text, "fuzz:", 5) == 0);
	arena_free(arena);
	return 0;
}
