/* resample_plan.h: the coefficients that bring one number of samples a second to another,
 * made once for each pair of rates. */
#ifndef AUDIO_RESAMPLE_PLAN_H
#define AUDIO_RESAMPLE_PLAN_H

#include "tensor/arena.h"
#include "tensor/real.h"

typedef struct ResampleKernel ResampleKernel;

/* Written by nobody once it is made: all threads may read it. */
typedef struct ResamplePlan {
	int from, to; /* samples a second */
	int up, down; /* the same ratio in lowest terms: up outputs stand on down inputs */
	int reach;    /* inputs to either side of an output that count */
	int taps;     /* 2 reach, and zeros up to whole lanes */
	int before;   /* zeros before the taps of a row, and as many after them */
	int row;      /* numbers of a row: before + taps + before */
	real *table;  /* (up,row); NULL: each row is made when it is needed */
	ResampleKernel *kernel; /* what makes a row */
} ResamplePlan;

enum {
	RESAMPLE_LANES = 16, /* partial sums of one output, the same on every machine */
	RESAMPLE_TILE = 8,   /* outputs that are computed together */
};

/* For positive rates. In the arena. `outputs`: how many it is for, 0 if any number: for
 * fewer than there are phases a table would not pay. */
const ResamplePlan *resample_plan(Arena *arena, int from, int to, int outputs);

/* The taps of output `phase` of up, counted from an output that stands on an input:
 * tap k belongs to the k-th input of its window. From the table, or made in `room`, (row)
 * numbers, with `scratch` as it was before. */
const real *resample_taps(
        const ResamplePlan *plan, int phase, real *room, Arena *scratch);

/* Plans that are kept, one for each rate that clips came at; any thread may ask. */
typedef struct ResamplePlans ResamplePlans;

/* Lives until the arena is reset. */
ResamplePlans *resample_plans_new(Arena *arena);
const ResamplePlan *resample_plans_get(ResamplePlans *plans, int from, int to);

#endif
