#include "tutorials/grader/worker.h"
#include "tutorials/10-recurrence/exercise.h"

static void call_lstm_step_forward(const Call *c)
{
	lstm_step_forward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_reals(c, 4), call_reals(c, 5), call_reals(c, 6),
	        call_reals(c, 7), call_reals(c, 8), call_int(c, 9), call_int(c, 10));
}

static void call_lstm_step_backward(const Call *c)
{
	lstm_step_backward(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_reals(c, 4), call_reals(c, 5), call_reals(c, 6),
	        call_reals(c, 7), call_reals(c, 8), call_reals(c, 9), call_reals(c, 10),
	        call_reals(c, 11), call_reals(c, 12), call_reals(c, 13),
	        call_reals(c, 14), call_int(c, 15), call_int(c, 16));
}

WORKER({ "lstm_step_forward", .call = call_lstm_step_forward },
        { "lstm_step_backward", .call = call_lstm_step_backward })
