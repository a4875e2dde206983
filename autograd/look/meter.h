/* meter.h: what each operation of a tape costs, in seconds and bytes. */
#ifndef AUTOGRAD_LOOK_METER_H
#define AUTOGRAD_LOOK_METER_H

#include "autograd/tape.h"

/* What a node took; node->cost, from tape_measure on. */
typedef struct NodeCost {
	double forward, backward; /* seconds */
	size_t live; /* bytes of the tape's arena that it holds, without its gradient */
	size_t peak; /* the most it held while it computed */
} NodeCost;

/* From now on every node of the tape gets a NodeCost, which report.h prints: counted from
 * the end of the operation before it. That costs some 100 ns a node. */
void tape_measure(Tape *tape);

/* The most that the tape's arena has held since tape_measure. */
size_t tape_peak(const Tape *tape);

#endif
