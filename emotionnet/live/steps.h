/* steps.h: samples at any rate, in blocks of any size, become steps of 10 ms at FRAMES_RATE. */
#ifndef EMOTIONNET_LIVE_STEPS_H
#define EMOTIONNET_LIVE_STEPS_H

#include "audio/clip.h"
#include "tensor/arena.h"

typedef struct Steps Steps;

Steps *steps_new(Arena *arena, int rate);

double steps_reach(const Steps *steps); /* seconds that resampling looks ahead */

/* Takes some of the samples, at most 10 ms; returns how many. What stands there as whole steps
 * must have been taken by steps_next. */
int steps_feed(Steps *steps, const real *samples, int count);
void steps_end(Steps *steps); /* no more comes */

/* The next step; after the end, what is left. Count 0: there is none. Lives until the next
 * call of steps_feed. */
Clip steps_next(Steps *steps);

#endif
