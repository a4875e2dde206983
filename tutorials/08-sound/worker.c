#include "tutorials/grader/worker.h"
#include "tutorials/08-sound/exercise.h"

static void call_fft(const Call *c)
{
	fft(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2), call_reals(c, 3),
	        call_int(c, 4), call_int(c, 5));
}

static void call_mel_bank(const Call *c)
{
	mel_bank(call_reals(c, 0), call_int(c, 1), call_int(c, 2), call_real(c, 3),
	        call_real(c, 4), call_real(c, 5));
}

static void call_log_mel(const Call *c)
{
	log_mel(call_reals(c, 0), call_reals(c, 1), call_reals(c, 2), call_reals(c, 3),
	        call_int(c, 4), call_int(c, 5), call_real(c, 6));
}

WORKER({ "fft", .call = call_fft }, { "mel_bank", .call = call_mel_bank },
        { "log_mel", .call = call_log_mel })
