#include "tutorials/grader/worker.h"
#include "tutorials/13-alignment/exercise.h"
#include "tutorials/13-alignment/problem.h"

/* A number that is none is told by the checks, which know why. */
static void numbers_only(real *x, int count)
{
	for (int i = 0; i < count; i++)
		if (!(x[i] - x[i] == 0))
			x[i] = NO_NUMBER;
}

static void call_words_frames(const Call *c)
{
	words_frames(call_ints(c, 0), call_ints(c, 1), call_reals(c, 2), call_reals(c, 3),
	        (float)call_real(c, 4), call_int(c, 5), call_int(c, 6));
}

static void call_words_mean_forward(const Call *c)
{
	words_mean_forward(call_reals(c, 0), call_reals(c, 1), call_ints(c, 2),
	        call_ints(c, 3), call_ints(c, 4), call_int(c, 5), call_int(c, 6),
	        call_int(c, 7), call_int(c, 8));
	numbers_only(call_reals(c, 0), ROOM);
}

static void call_words_mean_backward(const Call *c)
{
	words_mean_backward(call_reals(c, 0), call_reals(c, 1), call_ints(c, 2),
	        call_ints(c, 3), call_ints(c, 4), call_int(c, 5), call_int(c, 6),
	        call_int(c, 7), call_int(c, 8));
	numbers_only(call_reals(c, 0), ROOM);
}

WORKER({ "words_frames", .call = call_words_frames },
        { "words_mean_forward", .call = call_words_mean_forward },
        { "words_mean_backward", .call = call_words_mean_backward })
