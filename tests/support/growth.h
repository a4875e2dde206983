/* growth.h: what is done with a whole corpus, on corpora of any size: for the test that
 * its time grows no faster than the corpus, and for the benchmark that times it. */
#ifndef TESTS_GROWTH_H
#define TESTS_GROWTH_H

#include "tensor/arena.h"

typedef struct Growth {
	const char *name;
	int least; /* a size at which it takes about a millisecond */
	/* What `run` is given, for a corpus of this size: all lives in the arena. */
	void *(*prepare)(Arena *arena, int size);
	void (*run)(Arena *scratch, void *state);
} Growth;

/* Ends with one without a name. */
extern const Growth growth_table[];

#endif
