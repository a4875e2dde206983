/* OpenFace's CSV of any bytes becomes a track or is refused with a reason; a track's times
 * rise, its numbers are finite, and so are its steps but in gaps. */
#include "emotionnet/face/openface.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <string.h>

static void check_track(Arena *arena, const Track *track)
{
	FUZZ_CHECK(track->width > 0 || !track->count);
	if (!track->count)
		return;
	for (int t = 0; t < track->count; t++) {
		FUZZ_CHECK(!t || track->seconds[t] > track->seconds[t - 1]);
		for (int f = 0; f < track->width; f++)
			FUZZ_CHECK(isfinite((double)track->frames[t][f]));
	}
	Tensor steps = track_steps(arena, track, (TrackSteps){ 0, 0.02, 20 });
	for (int t = 0; t < 20; t++) {
		const real *row = tensor_row(steps, t).data;
		for (int f = 0; f < track->width; f++)
			FUZZ_CHECK(!isinf((double)row[f]) &&
			           isnan((double)row[f]) == isnan((double)row[0]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Bytes bytes = { arena_copy(arena, data, size), size };
	Error error = { "" };
	Track track;
	if (openface_parse(&track, arena, "fuzz", bytes, &error))
		check_track(arena, &track);
	else
		FUZZ_CHECK(strncmp(error.text, "fuzz:", 5) == 0);
	arena_free(arena);
	return 0;
}
