/* Warm-up 4: how many frames.
 *
 * A sound of N samples is cut into frames of `window` samples, one every `hop` samples.
 * The first begins at sample 0. Only whole frames count. Return how many there are; 0 if
 * not even one fits.
 *
 * hint: The last frame has to begin at N - window or earlier. How many hops is that? */
#include "tutorials/lesson/warmup.h"

static int frames(int N, int window, int hop)
{
	/* BEGIN SOLUTION */
	return N < window ? 0 : 1 + (N - window) / hop;
	/* stub: return N / hop + 0 * window; */
	/* END SOLUTION */
}

WARMUP
{
	WARMUP_NUMBER("frames(1000, 400, 200)", frames(1000, 400, 200), RIGHT(4),
	        WRONG(5, "A frame that begins at sample 800 is not whole."),
	        WRONG(3, "The frame at sample 0 counts, too."),
	        WRONG(2,
	                "Frames overlap: the next one begins a hop later, not a window."));
	WARMUP_NUMBER("frames(16000, 400, 160)", frames(16000, 400, 160), RIGHT(98),
	        WRONG(100, "The last frames would reach behind the end."),
	        WRONG(97, "The frame at sample 0 counts, too."));
	WARMUP_NUMBER("frames(400, 400, 160)", frames(400, 400, 160), RIGHT(1),
	        WRONG(0, "One frame fits exactly."),
	        WRONG(2, "The second one is not whole."));
	WARMUP_NUMBER("frames(300, 400, 160)", frames(300, 400, 160), RIGHT(0),
	        WRONG(1,
	                "-100 / 160 is 0 in C, and 1 + 0 is 1: ask for this case first."));
}
