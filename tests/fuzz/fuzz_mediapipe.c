/* MediaPipe's JSON lines of any bytes become a track, or are refused with a reason. */
#include "emotionnet/face/mediapipe.h"
#include "tests/fuzz/track.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Bytes bytes = { arena_copy(arena, data, size), size };
	Error error = { "" };
	Track track;
	if (mediapipe_parse(&track, arena, "fuzz", bytes, &error))
		fuzz_check_track(arena, &track);
	else
		FUZZ_CHECK(strncmp(error.text, "fuzz:", 5) == 0);
	arena_free(arena);
	return 0;
}
