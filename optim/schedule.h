/* schedule.h: how the rate changes as training goes on.
 *
 * A schedule is a function of the step (or the epoch) t = 0, 1, 2, ... that returns a
 * factor for the rate:
 *
 *     adam.rate = 1e-3 * schedule_warmup(t, 500) * schedule_cosine(t, steps, 0.01);
 *
 * There is no state, so a resumed run needs to know t and nothing else. The constant
 * schedule is to leave the rate alone. Only the plateau depends on how well training
 * goes. */
#ifndef OPTIM_SCHEDULE_H
#define OPTIM_SCHEDULE_H

#include <stdbool.h>

/* factor^(t / every), the quotient rounded down: PyTorch's StepLR. every >= 1. */
double schedule_step(long t, long every, double factor);

/* Half a cosine from 1 at t = 0 down to `lowest` at t = steps, and on at that:
 * CosineAnnealingLR
 * (Loshchilov & Hutter 2017). steps >= 1. */
double schedule_cosine(long t, long steps, double lowest);

/* A line from 1/steps at t = 0 to 1 at t = steps - 1, then 1 (Goyal et al. 2017).
 * LinearLR with start_factor 1/steps and total_iters steps - 1. steps 0: always 1. */
double schedule_warmup(long t, long steps);

/* Up to 1 and down again (Smith & Topin 2019), PyTorch's OneCycleLR: cosines from 1/25 to
 * 1 in the first
 * `rise` of the steps (0.3 is usual), from there to 1/250000 at t = steps - 1. The factor
 * is of the highest rate. steps >= 2, 0 < rise < 1. */
double schedule_one_cycle(long t, long steps, double rise);

/* The rate falls where the figure of merit (larger is better) has not improved for longer
 * than
 * `patience` epochs: PyTorch's ReduceLROnPlateau, mode max, absolute threshold. */
typedef struct Plateau {
	double factor;    /* of the rate, each time; 0.1 is usual */
	double threshold; /* what counts as better: more than this above the best */
	int patience;
	double rate, best; /* the state: the factor now; the best figure so far */
	int waited;        /* epochs since it */
	bool begun;
} Plateau;

Plateau plateau_new(double factor, int patience);

/* Told the figure of an epoch, returns the factor for the next one. */
double plateau_epoch(Plateau *plateau, double figure);

#endif
