/* report.h: what the operations on a tape took, in time and in memory. */
#ifndef AUTOGRAD_REPORT_H
#define AUTOGRAD_REPORT_H

#include "autograd/tape.h"

typedef enum TapeReport {
	TAPE_REPORT_TABLE, /* for reading */
	TAPE_REPORT_JSON,  /* one object, on one line */
} TapeReport;

/* One row for all nodes of one operation and one line of source, in the order of their
 * first use: how many, forward and backward time, the bytes they hold in the arena, the
 * most that one held while it computed, and file:line. Times and peaks are known if the
 * tape measured
 * (tape_measure); if not, they are left out, and the bytes are those of values and
 * gradients. Call it before tape_reset(), while the nodes are there. */
void tape_report(FILE *out, const Tape *tape, TapeReport format);

#endif
