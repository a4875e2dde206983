#include "tutorials/grader/worker.h"
#include "tutorials/07-convolution/exercise.h"

static void call_conv1d_forward(const Call *c)
{
	conv1d_forward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_int(c, 4), call_int(c, 5), call_int(c, 6),
	        call_int(c, 7));
}

static void call_conv1d_backward(const Call *c)
{
	conv1d_backward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_reals(c, 4), call_reals(c, 5), call_int(c, 6),
	        call_int(c, 7), call_int(c, 8), call_int(c, 9));
}

WORKER({ "conv1d_forward", .call = call_conv1d_forward },
        { "conv1d_backward", .call = call_conv1d_backward })
