#include "tutorials/grader/worker.h"
#include "tutorials/02-the-tape/exercise.h"

static void call_forward(const Call *c)
{
	gain_forward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_int(c, 4), call_int(c, 5));
}

static void call_backward(const Call *c)
{
	gain_backward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_reals(c, 4), call_reals(c, 5), call_int(c, 6),
	        call_int(c, 7));
}

WORKER({ "gain_forward", .call = call_forward },
        { "gain_backward", .call = call_backward })
