#include "tutorials/grader/worker.h"
#include "tutorials/04-training/exercise.h"

/* w, velocity; g, n, rate, momentum */
static void call_sgd_update(const Call *c)
{
	sgd_update(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2), call_int(c, 3),
	        call_real(c, 4), call_real(c, 5));
}

/* w, m, v; g, n, step, rate, beta1, beta2, epsilon */
static void call_adam_update(const Call *c)
{
	adam_update(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2),
	        call_reals(c, 3), call_int(c, 4), call_int(c, 5), call_real(c, 6),
	        call_real(c, 7), call_real(c, 8), call_real(c, 9));
}

WORKER({ "sgd_update", .call = call_sgd_update },
        { "adam_update", .call = call_adam_update })
