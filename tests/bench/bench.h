/* bench.h: what every group of cases needs: a case is prepared once and run many times
 * against the clock, in a process of its own. One line comes out for each: how long, how
 * fast, and how near that is to what the machine allows. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "tensor/arena.h"
#include "tensor/threads.h"
#include "tests/bench/limits.h"

#include <stdbool.h>

typedef struct BenchCase {
	char name[64];
	const char *group; /* a further name to choose it by; NULL: none */
	bool one_thread;   /* cannot use more: left out where more are asked for */
	const void *config;
	/* Makes what `run` is given. All of it lives in the arena, which outlives the
	 * case. */
	void *(*prepare)(Arena *arena, Pool *pool, const void *config);
	void (*run)(void *state);
	/* What one run has to do, asked after some; NULL: nobody has counted it. */
	Work (*work)(void *state);
	/* Removes what is left on the disk; NULL: nothing is. */
	void (*finish)(void *state);
} BenchCase;

typedef struct BenchResult {
	char name[64];
	int threads;
	double median, least; /* seconds of one run */
	double peak;          /* bytes of memory, the most that its process held */
	Work work;            /* all 0: not counted */
} BenchResult;

typedef struct Bench {
	/* names of cases or of groups (the name up to its colon); none: all */
	char **chosen;
	bool *met; /* which of these there are */
	int chosen_count;
	int threads;
	double seconds;       /* of measuring, for each case */
	const char *program;  /* this program, for the case that starts it anew */
	Limits limits;        /* of the machine with so many threads */
	BenchResult *results; /* all so far, of all numbers of threads */
	int count, room;
} Bench;

/* Whether `name`, the part of it before its colon, or `also` (may be NULL) was chosen. Notes
 * in `met` by which words. */
bool bench_chosen(const Bench *bench, const char *name, const char *also);

/* Measures the case in a process of its own, if it was chosen, and prints its line: so
 * that the peak of memory is its own, and no case finds the caches or the heap as another
 * left them. */
void bench_case(Bench *bench, BenchCase c);

/* The groups, a file each. */
void bench_products(Bench *bench);     /* gemm:MxKxN */
void bench_convolutions(Bench *bench); /* conv1d:... */
void bench_chains(Bench *bench);       /* autograd_chain10k_... */
void bench_training(Bench *bench);     /* a training step of each model in models.h */
void bench_audio(
        Bench *bench); /* logmel_..., mfcc40_..., files; "audio" is all of them */
void bench_words(Bench *bench);     /* vectors:... */
void bench_inference(Bench *bench); /* emotionnet_infer_b1, first_prediction */

/* Instead of the cases: where the time of each chosen training step goes; how many
 * parameters each model has, a line `MODEL COUNT`. */
void bench_profile(const Bench *bench);
void bench_parameters(const Bench *bench);

/* One prediction of the emotionnet case, from nothing: what first_prediction starts. */
void predict_once(const char *model);

/* The share of what the machine allows: the least time for the work over the time it took;
 * 0 where the work is not counted. Which of the two holds it: "multiply-adds", or the
 * level of memory. */
double bench_share(const Limits *limits, const BenchResult *result);
const char *bench_bound(const Limits *limits, const BenchResult *result);

/* All results whose work is counted, under the machine's ceilings; a panel for each number
 * of threads. */
bool roofline_write(const char *path, const Bench *bench, int count,
        const Limits limits[], Error *error);

#endif
