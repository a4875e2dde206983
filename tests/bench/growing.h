/* growing.h: how long something takes, and how much memory, as its size grows. */
#ifndef TESTS_BENCH_GROWING_H
#define TESTS_BENCH_GROWING_H

#include "tensor/error.h"

#include <stdbool.h>

typedef struct Growing Growing;

typedef struct GrowthPoint {
	double seconds; /* of one run: the processor's, but against threads the clock's */
	double bytes;   /* of memory that it needs beside what a process begins with */
} GrowthPoint;

struct Growing {
	const char *what;        /* "train, an epoch" */
	const char *grows;       /* "utterances": what there is more and more of */
	int least, times, count; /* sizes: least, least * times, ..., `count` of them */
	double allowed;          /* slope of time: 1, or 2 where it is so by its nature */
	/* Does it once; called in a process of its own. `program` is emotionnet. */
	void (*measure)(const Growing *growing, const char *program, int size,
	        GrowthPoint *point);
	const void *config;
};

/* What is measured, `count` of them, those of one picture after each other. */
typedef struct GrowingList {
	const Growing *items;
	int count;
} GrowingList;
GrowingList growing_program(void); /* what users start, from file to file */
GrowingList growing_layers(void);  /* encoders of a sequence */
GrowingList growing_threads(void); /* training steps; their time falls */
GrowingList growing_corpus(void);  /* what is done with a corpus (support/growth.h) */

/* Measures all, of sizes up to `most` alone, prints a table in Markdown and draws them. */
bool growing_measure(const char *program, int most, const char *picture, Error *error);

#endif
