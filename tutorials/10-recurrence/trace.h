/* trace.h: what a trained LSTM does with one story, word by word, in plain loops. */
#ifndef TUTORIALS_RECURRENCE_TRACE_H
#define TUTORIALS_RECURRENCE_TRACE_H

#include "tutorials/10-recurrence/cell.h"
#include "tutorials/10-recurrence/layers.h"

enum { MOST_UNITS = 32 };

/* After each word: the gates of all units, their c and h. */
typedef struct Trace {
	int words, units;
	Gates gates[MOST_TOKENS][MOST_UNITS];
	float c[MOST_TOKENS][MOST_UNITS], h[MOST_TOKENS][MOST_UNITS];
} Trace;
void trace_story(Trace *trace, const Network *net, const Story *story);

/* The unit that speaks most differently, at the end of two stories, for emotion `yes`
 * rather than `no`. */
int trace_speaker(
        const Trace *ours, const Trace *other, const Network *net, int yes, int no);

/* The largest difference between the last state in `trace` and the library's. */
double trace_error(const Trace *trace, Network *net, const Story *story);

#endif
