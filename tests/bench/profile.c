/* Where the time of a training step goes: the operations of its graph, forward and
 * backward (autograd/look/meter.h), and what comes after them. Of all steps in the given
 * seconds, the fastest is shown. */
#include "autograd/look/meter.h"
#include "tensor/clock.h"
#include "tests/bench/bench.h"
#include "tests/bench/training.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 64 };

typedef struct Row {
	const char *name;
	int count;
	double forward, backward;             /* seconds */
	double forward_flops, backward_flops; /* operations */
} Row;

typedef struct Profile {
	Row rows[MOST_ROWS];
	int count;
	double learn; /* operations for gradients that are summed after the backward */
	double gradients, adam; /* seconds of the step's two parts */
} Profile;

static Row *find_row(Profile *profile, const char *name)
{
	for (int i = 0; i < profile->count; i++)
		if (!strcmp(profile->rows[i].name, name))
			return &profile->rows[i];
	if (profile->count == MOST_ROWS) {
		fprintf(stderr, "bench: more than %d kinds of operations\n", MOST_ROWS);
		exit(1);
	}
	Row *row = &profile->rows[profile->count++];
	*row = (Row){ .name = name };
	return row;
}

static void add_tape(Profile *profile, const Tape *tape)
{
	for (const Node *node = tape->last; node; node = node->previous) {
		Row *row = find_row(profile, node->op->name);
		NodeWork work = work_of(node);
		row->count++;
		row->forward += node->cost->forward;
		row->backward += node->cost->backward;
		row->forward_flops += work.forward.flops;
		row->backward_flops += work.backward.flops;
		profile->learn += work.learn;
	}
}

static Profile profile_of_step(Training *training)
{
	Profile profile = { .count = 0 };
	double begin = seconds_now();
	training_gradients(training);
	profile.gradients = seconds_now() - begin;
	adam_step(&training->adam);
	profile.adam = seconds_now() - begin - profile.gradients;
	for (int s = 0; s < training_shards(training); s++)
		add_tape(&profile, shards_tape(training->shards, s));
	return profile;
}

static double seconds_of(const Profile *profile)
{
	return profile->gradients + profile->adam;
}

/* ---- the table --------------------------------------------------------------------- */

static double seconds_of_row(const Row *row)
{
	return row->forward + row->backward;
}

static int longest_first(const void *a, const void *b)
{
	double x = seconds_of_row(a), y = seconds_of_row(b);
	return (x < y) - (x > y);
}

static void print_seconds(double seconds, double flops)
{
	printf(" %9.3f", seconds * 1e3);
	if (flops > 0 && seconds > 0)
		printf(" %8.1f", flops / seconds * 1e-9);
	else
		printf(" %8s", "-");
}

/* What happens once in a step, and is no operation of the graph. */
static void print_rest(const char *name, double seconds, double flops, double whole)
{
	printf("%-22s %5s %9s %8s", name, "", "", "");
	print_seconds(seconds, flops);
	printf(" %7.1f %%\n", 100 * seconds / whole);
}

static void print_profile(Training *training, Profile *profile, int steps)
{
	double whole = seconds_of(profile), operations = 0;
	qsort(profile->rows, (size_t)profile->count, sizeof profile->rows[0],
	        longest_first);
	printf("%s, one thread: the fastest of %d steps, %.3f ms, %.1f GFLOP/s\n",
	        training->model->name, steps, whole * 1e3,
	        training_work(training).flops / whole * 1e-9);
	printf("%-22s %5s %9s %8s %9s %8s %9s\n", "operation", "count", "forward",
	        "GFLOP/s", "backward", "GFLOP/s", "of it");
	for (int i = 0; i < profile->count; i++) {
		const Row *row = &profile->rows[i];
		printf("%-22s %5d", row->name, row->count);
		print_seconds(row->forward, row->forward_flops);
		print_seconds(row->backward, row->backward_flops);
		printf(" %7.1f %%\n", 100 * seconds_of_row(row) / whole);
		operations += seconds_of_row(row);
	}
	print_rest("weights packed, summed", profile->gradients - operations,
	        profile->learn, whole);
	print_rest("adam_step", profile->adam, training_adam_work(training).flops, whole);
}

static void profile_model(const Bench *bench, const Model *model)
{
	Arena *arena = arena_new("profile");
	Pool *pool = pool_new(1);
	Training *training = training_new(arena, pool, model);
	shards_stay(
	        training->shards, true); /* more memory than the caches hold: slower */
	for (int s = 0; s < training_shards(training); s++)
		tape_measure(shards_tape(training->shards, s));
	Profile best = profile_of_step(training); /* first touch of caches and memory */
	best = profile_of_step(training);
	int steps = 1;
	for (double end = seconds_now() + bench->seconds; seconds_now() < end; steps++) {
		Profile profile = profile_of_step(training);
		if (seconds_of(&profile) < seconds_of(&best))
			best = profile;
	}
	print_profile(training, &best, steps);
	shards_free(training->shards);
	pool_free(pool);
	arena_free(arena);
}

void bench_profile(const Bench *bench)
{
	for (const Model *model = models; model->name; model++)
		if (bench_chosen(bench, model->name, NULL))
			profile_model(bench, model);
}
