#include "tutorials/grader/worker.h"
#include "tests/tutorials/exercise/exercise.h"

static void call_line(const Call *c)
{
	line(call_reals(c, 0), call_reals(c, 1), call_int(c, 2), call_real(c, 3),
	        call_real(c, 4));
}

static void call_count_above(const Call *c)
{
	count_above(call_ints(c, 0), call_reals(c, 1), call_int(c, 2));
}

static Var *op_fade(const Call *c)
{
	return fade(call_tape(c), call_var(c, 0), call_var(c, 1));
}

WORKER({ "line", .call = call_line }, { "count_above", .call = call_count_above },
        { "fade", .op = op_fade })
