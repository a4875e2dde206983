/* A sum waits for the one before, some four cycles. So there must be as many sums on the way
 * as the processor can begin in that time: SUMS, which fill most of the registers. */
#include "tests/bench/limits.h"
#include "tensor/clock.h"
#include "tensor/threads.h"
#include "tensor/vector.h"

#include <stdio.h>
#include <stdlib.h>

enum { SUMS = 12, FEWEST_TRIES = 8, PIECES = 8 };

static const double try_seconds = 0.001, piece_seconds = 1e-4, all_seconds = 0.1,
                    most_memory = 1 << 27;

/* ---- the caches -------------------------------------------------------------------- */

/* Linux tells; elsewhere what many processors have. In bytes, of one core. */
static void find_caches(double size[LEVELS])
{
	size[LEVEL_L1] = 32 << 10;
	size[LEVEL_L2] = 1 << 20;
	size[LEVEL_L3] = 16 << 20;
	for (int index = 0; index < 8; index++) {
		char path[80];
		int level = 0, kilobytes = 0;
		snprintf(path, sizeof path,
		        "/sys/devices/system/cpu/cpu0/cache/index%d/level", index);
		FILE *file = fopen(path, "r");
		if (!file)
			break;
		if (fscanf(file, "%d", &level) != 1)
			level = 0;
		fclose(file);
		snprintf(path, sizeof path,
		        "/sys/devices/system/cpu/cpu0/cache/index%d/size", index);
		file = fopen(path, "r");
		if (file && fscanf(file, "%dK", &kilobytes) == 1 && level >= 1 &&
		        level <= 3)
			size[level - 1] =
			        1024.0 *
			        kilobytes; /* of L1 the data's comes last or is alike */
		if (file)
			fclose(file);
	}
}

/* ---- what is measured -------------------------------------------------------------- */

typedef void Repeat(const real *numbers, size_t count, int repeats, real *result);

typedef struct Try {
	Repeat *repeat;
	int repeats;
	const real *numbers; /* of all threads, one after the other */
	size_t count;        /* of a try of a thread; a multiple of SUMS vectors */
	/* Each thread has so many pieces of `count` numbers, and each try reads the next:
	 * of memory, where none may find in a cache what the one before it has read. */
	int pieces, turn;
	double shortest; /* seconds that a try must take at least */
	double *seconds; /* that each thread took */
	real *result;    /* of each thread, so that nothing can be left out */
} Try;

static void add_up(const Vector sum[SUMS], real *result)
{
	Vector all = sum[0];
	for (int s = 1; s < SUMS; s++)
		all += sum[s];
	*result = all[0];
}

static void multiply_add(const real *numbers, size_t count, int repeats, real *result)
{
	Vector sum[SUMS], a = vector_all((real)0.999), b = vector_all((real)1e-3);
	(void)numbers;
	(void)count;
	for (int s = 0; s < SUMS; s++)
		sum[s] = vector_all((real)s);
	for (int r = 0; r < repeats; r++)
#pragma GCC unroll 12 /* else the sums would lie in memory */
		for (int s = 0; s < SUMS; s++)
			sum[s] = vector_fma(sum[s], a, b);
	add_up(sum, result);
}

static void read_all(const real *numbers, size_t count, int repeats, real *result)
{
	Vector sum[SUMS] = { { 0 } };
	for (int r = 0; r < repeats; r++)
		for (size_t i = 0; i < count; i += SUMS * VECTOR_LANES)
#pragma GCC unroll 12
			for (int s = 0; s < SUMS; s++)
				sum[s] += vector_load(
				        numbers + i + (size_t)s * VECTOR_LANES);
	add_up(sum, result);
}

static void try_once(void *context, int index, int worker)
{
	Try *try = context;
	(void)worker;
	int piece = index * try->pieces + try->turn % try->pieces;
	double begin = seconds_now();
	try->repeat(try->numbers + (size_t)piece * try->count, try->count, try->repeats,
	        &try->result[index]);
	try->seconds[index] = seconds_now() - begin;
}

/* Repeats a second of all threads together, which run at the same time: of each the best
 * try counts, as another process may have held it up in the others. */
static double rate_of(Pool *pool, Try *try)
{
	int threads = pool_threads(pool);
	Arena *arena = arena_new("tries");
	double *best = ARENA_ARRAY(arena, double, (size_t)threads);
	try->repeats = 1;
	double end = seconds_now() + all_seconds;
	for (int i = 0; i < FEWEST_TRIES || seconds_now() < end; i++, try->turn++) {
		pool_run(pool, threads, try_once, try);
		double shortest = try->seconds[0];
		for (int t = 0; t < threads; t++) {
			if (!i || try->seconds[t] < best[t])
				best[t] = try->seconds[t];
			if (best[t] < shortest)
				shortest = best[t];
		}
		if (shortest < try->shortest) { /* too short to be measured */
			try->repeats *= 2;
			i = -1;
			end = seconds_now() + all_seconds;
		}
	}
	double rate = 0;
	for (int t = 0; t < threads; t++)
		rate += try->repeats / best[t];
	arena_free(arena);
	return rate;
}

enum { STEP = SUMS * VECTOR_LANES };

/* How much each thread reads of a level: half of it, so that other things fit beside it.
 * Of L3 a few times as much as L2 holds, since beyond that the tables of pages decide; of
 * memory more than any cache holds. */
static size_t numbers_of(const Limits *limits, Level level)
{
	double bytes = limits->size[level] / 2;
	if (level == LEVEL_L3 && bytes > 4 * limits->size[LEVEL_L2])
		bytes = 4 * limits->size[LEVEL_L2];
	if (level == LEVEL_MEMORY)
		bytes = 3 * limits->size[LEVEL_L3];
	bytes = bytes > most_memory ? most_memory : bytes;
	size_t numbers = (size_t)(bytes / limits->threads) / sizeof(real);
	return numbers / STEP * STEP;
}

Limits limits_measure(int threads)
{
	Limits limits = { .threads = threads };
	Pool *pool = pool_new(threads);
	Arena *arena = arena_new("limits");
	Try try = { .repeat = multiply_add,
		.pieces = 1,
		.shortest = try_seconds,
		.seconds = ARENA_ARRAY(arena, double, (size_t)threads),
		.result = ARENA_ARRAY(arena, real, (size_t)threads) };
	find_caches(limits.size);
	limits.size[LEVEL_L1] *= threads;
	limits.size[LEVEL_L2] *= threads;
	limits.flops = 2.0 * SUMS * VECTOR_LANES * rate_of(pool, &try);
	size_t most = numbers_of(&limits, LEVEL_MEMORY) * (size_t)threads;
	real *numbers = ARENA_ARRAY(arena, real, most);
	for (size_t i = 0; i < most; i++)
		numbers[i] = 1;
	try.numbers = numbers;
	try.repeat = read_all;
	for (Level level = 0; level < LEVELS; level++) {
		try.count = numbers_of(&limits, level);
		if (level == LEVEL_MEMORY) {
			try.pieces = PIECES;
			try.count = try.count / PIECES / STEP * STEP;
			try.shortest = piece_seconds;
		}
		limits.read[level] =
		        (double)(try.count * sizeof(real)) * rate_of(pool, &try);
	}
	arena_free(arena);
	pool_free(pool);
	return limits;
}

/* ---- what follows ------------------------------------------------------------------ */

const char *level_name(Level level)
{
	static const char *const names[LEVELS] = { "L1", "L2", "L3", "memory" };
	return names[level];
}

Level limits_level(const Limits *limits, Work work)
{
	Level level = LEVEL_L1;
	while (level < LEVEL_MEMORY && work.held > limits->size[level])
		level++;
	return level;
}

double limits_compute(const Limits *limits, Work work)
{
	return work.flops / limits->flops;
}

double limits_move(const Limits *limits, Work work)
{
	return work.bytes / limits->read[limits_level(limits, work)];
}
