/* steps.c: what has been resampled waits until a step is whole. */
#include "emotionnet/live/steps.h"

#include "audio/resample.h"
#include "emotionnet/features/frames.h"

#include <math.h>
#include <string.h>

enum { STEP = FRAMES_RATE / 100 };

struct Steps {
	int rate, most;       /* most: inputs that are taken at once */
	Resampler *resampler; /* NULL: the rate is FRAMES_RATE */
	double reach;
	real *waiting; /* from `begin` to `end` */
	int begin, end;
	bool ended;
};

Steps *steps_new(Arena *arena, int rate)
{
	Steps *steps = ARENA_NEW(arena, Steps);
	*steps = (Steps){ .rate = rate, .most = rate / 100 };
	double room = 4 * STEP;
	if (rate != FRAMES_RATE) {
		const ResamplePlan *plan = resample_plan(arena, rate, FRAMES_RATE, 0);
		steps->resampler = resampler_new(arena, plan, steps->most);
		steps->reach = (double)plan->reach / rate;
		room += 4 * steps->reach * FRAMES_RATE;
	}
	steps->waiting = ARENA_ARRAY(arena, real, (size_t)ceil(room));
	return steps;
}

double steps_reach(const Steps *steps)
{
	return steps->reach;
}

/* Moves what waits to the front; returns where more may follow. */
static real *make_room(Steps *steps)
{
	steps->end -= steps->begin;
	memmove(steps->waiting, steps->waiting + steps->begin,
	        (size_t)steps->end * sizeof(real));
	steps->begin = 0;
	return steps->waiting + steps->end;
}

int steps_feed(Steps *steps, const real *samples, int count)
{
	int taken = count < steps->most ? count : steps->most, given = taken;
	real *to = make_room(steps);
	if (steps->resampler)
		given = (int)resampler_feed(steps->resampler, to, samples, taken);
	else
		memcpy(to, samples, (size_t)taken * sizeof(real));
	steps->end += given;
	return taken;
}

void steps_end(Steps *steps)
{
	real *to = make_room(steps);
	if (steps->resampler && !steps->ended)
		steps->end += (int)resampler_end(steps->resampler, to);
	steps->ended = true;
}

Clip steps_next(Steps *steps)
{
	Clip step = { .samples = steps->waiting + steps->begin, .rate = FRAMES_RATE };
	int left = steps->end - steps->begin;
	if (left >= STEP || steps->ended)
		step.count = left < STEP ? left : STEP;
	steps->begin += step.count;
	return step;
}
