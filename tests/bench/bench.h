/* bench.h: what every group of cases needs: a case is prepared once and run many times
 * against the clock. One line comes out for each, `emotionnet:CASE THREADS MEDIAN_MS
 * MIN_MS PEAK_MB`. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "tensor/arena.h"
#include "tensor/threads.h"
#include "tests/bench/work.h"

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

typedef struct Bench {
	/* names of cases or of groups (the name up to its colon); none: all */
	char **chosen;
	int chosen_count;
	int threads;
	double seconds;      /* of measuring, for each case */
	const char *program; /* this program, for the case that starts it anew */
} Bench;

/* Whether `name`, the part of it before its colon, or `also` (may be NULL) was chosen. */
bool bench_chosen(const Bench *bench, const char *name, const char *also);

/* Measures the case in a process of its own, if it was chosen: so that the peak of memory
 * is its own, and no case finds the caches or the heap as another left them. */
void bench_case(const Bench *bench, BenchCase c);

/* The groups, a file each. */
void bench_products(const Bench *bench);     /* gemm:MxKxN */
void bench_convolutions(const Bench *bench); /* conv1d:... */
void bench_chains(const Bench *bench);       /* autograd_chain10k_... */
void bench_training(const Bench *bench); /* a training step of each model in models.h */
void bench_audio(
        const Bench *bench); /* logmel_..., mfcc40_..., files; "audio" is all of them */
void bench_words(const Bench *bench);     /* vectors:... */
void bench_growth(const Bench *bench);    /* growth:WHAT_SIZE */
void bench_inference(const Bench *bench); /* emotionnet_infer_b1, first_prediction */

/* Instead of the cases: where the time of each chosen training step goes. */
void bench_profile(const Bench *bench);

/* One prediction of the emotionnet case, from nothing: what first_prediction starts. */
void predict_once(const char *model);

#endif
