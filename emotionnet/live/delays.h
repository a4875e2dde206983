/* delays.h: how long many things took, in little memory: counts in steps of one per cent. */
#ifndef EMOTIONNET_LIVE_DELAYS_H
#define EMOTIONNET_LIVE_DELAYS_H

enum { DELAYS_STEPS = 2048 };

typedef struct Delays {
	long long count, in[DELAYS_STEPS];
	double sum, most;
} Delays; /* all zero: none yet */

void delays_add(Delays *delays, double seconds);

/* The time within which this share (0 to 1) of them were done, rounded up to the step (the
 * first is a microsecond); 0 where there are none. */
double delays_within(const Delays *delays, double share);

#endif
