/* track.h: what holds of every track of a face that is read: its times rise, its numbers are
 * finite, and so are its steps but in gaps. */
#ifndef TESTS_FUZZ_TRACK_H
#define TESTS_FUZZ_TRACK_H

#include "emotionnet/face/track.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

static inline void fuzz_check_track(Arena *arena, const Track *track)
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

#endif
