/* resample.h: the same sound at another number of samples a second.
 *
 * Nothing is shifted in time: sample n of the result stands at n / rate seconds. Up to
 * 0.9 of the lower of the two Nyquist frequencies the level keeps within 0.1 dB; what
 * would come back mirrored (aliases going down, images going up) lies under -80 dB. The
 * test measures both.
 *
 * A whole clip, or a stream piece by piece: the same bits, wherever it is cut. */
#ifndef AUDIO_RESAMPLE_H
#define AUDIO_RESAMPLE_H

#include "audio/clip.h"
#include "audio/resample_plan.h"
#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdint.h>

/* ceil(count * rate / clip.rate) samples in the arena; at the clip's own rate the clip
 * itself, not copied. Stops if the rate is not positive, or the result would not fit
 * in an int. Beside its result it needs a memory that does not grow with the clip. */
Clip resample_at(Site site, Arena *arena, Clip clip, int rate);
#define resample(...) resample_at(HERE, __VA_ARGS__)

/* The same with a plan that is kept for more clips: `plans` has or makes it. */
Clip resample_planned_at(
        Site site, Arena *arena, Clip clip, int rate, ResamplePlans *plans);
#define resample_planned(...) resample_planned_at(HERE, __VA_ARGS__)

/* A stream at plan->from, of which everything so far has been turned to plan->to, but
 * what waits for inputs to come: an output needs plan->reach inputs after it. */
typedef struct Resampler {
	const ResamplePlan *plan;
	int64_t fed;   /* inputs so far */
	int64_t given; /* outputs so far */
	int64_t begin; /* the input that window[0] is; negative: silence before the first */
	real *window; /* (room) inputs that are still needed, `held` of them */
	int held, room;
	int whole, fraction; /* down / up: an output stands so much after another */
	real *rows;          /* pieces of the window, side by side */
	real *sums;          /* the outputs of these, side by side */
	real *taps;          /* one row, where the plan has no table */
	Arena *arena;        /* for what a row is made with */
} Resampler;

/* In the arena, which it goes on to use. It needs the plan. `most`: inputs that it is to
 * take at once; more may be fed. The larger, the faster, up to what pays. */
Resampler *resampler_new(Arena *arena, const ResamplePlan *plan, int most);

/* How many outputs `count` more inputs give. */
int64_t resampler_gives(const Resampler *resampler, int count);

/* Takes the next inputs, and puts resampler_gives() outputs into `out`. Returns how
 * many. */
int64_t resampler_feed(Resampler *resampler, real *out, const real *samples, int count);

/* After the last input: silence follows. Puts the outputs that are left into `out`, which
 * has room for resampler_left() of them: in all they are ceil(fed up / down). */
int64_t resampler_left(const Resampler *resampler);
int64_t resampler_end(Resampler *resampler, real *out);

#endif
