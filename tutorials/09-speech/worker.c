#include "tutorials/grader/worker.h"
#include "tutorials/09-speech/exercise.h"

static void call_max_pool_forward(const Call *c)
{
	max_pool_forward(call_reals(c, 0), call_ints(c, 1), call_reals(c, 2),
	        call_ints(c, 3), call_int(c, 4), call_int(c, 5), call_int(c, 6));
}

static void call_max_pool_backward(const Call *c)
{
	max_pool_backward(call_reals(c, 0), call_reals(c, 1), call_ints(c, 2),
	        call_int(c, 3), call_int(c, 4), call_int(c, 5));
}

static void call_dropout_forward(const Call *c)
{
	dropout_forward(call_reals(c, 0), call_reals(c, 1), call_ints(c, 2),
	        call_real(c, 3), call_int(c, 4));
}

static void call_dropout_backward(const Call *c)
{
	dropout_backward(call_reals(c, 0), call_reals(c, 1), call_ints(c, 2),
	        call_real(c, 3), call_int(c, 4));
}

WORKER({ "max_pool_forward", .call = call_max_pool_forward },
        { "max_pool_backward", .call = call_max_pool_backward },
        { "dropout_forward", .call = call_dropout_forward },
        { "dropout_backward", .call = call_dropout_backward })
