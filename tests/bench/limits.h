/* limits.h: what this machine can do at most: multiply-adds a second with all operands in
 * registers, and bytes a second read from each level of its memory. What a case has to do
 * over what the machine can do is the time that no program can beat. */
#ifndef TESTS_BENCH_LIMITS_H
#define TESTS_BENCH_LIMITS_H

#include "tests/bench/work.h"

typedef enum Level { LEVEL_L1, LEVEL_L2, LEVEL_L3, LEVEL_MEMORY, LEVELS } Level;

typedef struct Limits {
	int threads;
	double flops;        /* operations a second, two for a multiply-add */
	double read[LEVELS]; /* bytes a second */
	double size[LEVELS]; /* bytes that fit, in the caches of all threads together */
} Limits;

/* Half a second's work, on so many threads. The best of several tries counts, as others may be
 * working on the machine too. */
Limits limits_measure(int threads);

const char *level_name(Level level);

/* The innermost level in which all fits that the work touches. */
Level limits_level(const Limits *limits, Work work);

/* Seconds for all operations at the peak; for all bytes from that level. */
double limits_compute(const Limits *limits, Work work);
double limits_move(const Limits *limits, Work work);

#endif
