/* The learning rate as a factor of the first one, a function of the step t alone. One
 * cycle: Smith & Topin 2018; cosine: Loshchilov & Hutter 2017; warm-up: Goyal et al.
 * 2017. */
#include "optim/schedule.h"
#include "tensor/elementary.h"

double schedule_step(long t, long every, double factor)
{
	double rate = 1;
	for (long i = 0; i < t / every; i++)
		rate *= factor;
	return rate;
}

/* From `begin` at done = 0 to `end` at done = 1, along half a cosine. */
static double half_cosine(double begin, double end, double done)
{
	return end + (begin - end) * (1 + double_cos(PI * done)) / 2;
}

double schedule_cosine(long t, long steps, double lowest)
{
	return t < steps ? half_cosine(1, lowest, (double)t / (double)steps) : lowest;
}

double schedule_warmup(long t, long steps)
{
	return t + 1 < steps ? (double)(t + 1) / (double)steps : 1;
}

double schedule_one_cycle(long t, long steps, double rise)
{
	const double first = 1.0 / 25, last = first / 1e4;
	double top = rise * (double)steps - 1, end = (double)(steps - 1);
	if ((double)t < top)
		return half_cosine(first, 1, (double)t / top);
	return half_cosine(1, last, t < steps - 1 ? ((double)t - top) / (end - top) : 1);
}

Plateau plateau_new(double factor, int patience)
{
	return (Plateau){
		.factor = factor,
		.threshold = 1e-4,
		.patience = patience,
		.rate = 1,
	};
}

double plateau_epoch(Plateau *plateau, double figure)
{
	if (!plateau->begun || figure > plateau->best + plateau->threshold) {
		plateau->begun = true;
		plateau->best = figure;
		plateau->waited = 0;
	} else if (++plateau->waited > plateau->patience) {
		plateau->rate *= plateau->factor;
		plateau->waited = 0;
	}
	return plateau->rate;
}
