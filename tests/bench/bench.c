#include "tests/bench/bench.h"
#include "tensor/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SAMPLES = 20000, FEWEST_SAMPLES = 11 };

static const double shortest_sample = 5e-4; /* seconds: far above the clock's own error */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Seconds of one run, averaged over `runs` of them. */
static double sample(const BenchCase *c, void *state, int runs)
{
	double begin = seconds_now();
	for (int i = 0; i < runs; i++)
		c->run(state);
	return (seconds_now() - begin) / runs;
}

static double peak_megabytes(void)
{
	struct rusage self, children;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	long most =
	        self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss;
	return (double)most / 1024;
}

static void measure(const Bench *bench, const BenchCase *c)
{
	static double samples[MOST_SAMPLES];
	Arena *arena = arena_new("bench");
	Pool *pool = pool_new(bench->threads);
	void *state = c->prepare(arena, pool, c->config);

	int runs = 1;
	sample(c, state, 1); /* first touch of caches and memory */
	while (sample(c, state, runs) * runs < shortest_sample)
		runs *= 2;
	int count = 0;
	double end = seconds_now() + bench->seconds;
	while (count < MOST_SAMPLES && (count < FEWEST_SAMPLES || seconds_now() < end))
		samples[count++] = sample(c, state, runs);
	qsort(samples, (size_t)count, sizeof samples[0], ascending);
	printf("emotionnet:%s %d %.5f %.5f %.1f\n", c->name, bench->threads,
	        samples[count / 2] * 1e3, samples[0] * 1e3, peak_megabytes());
	fflush(stdout);
	if (c->finish)
		c->finish(state);
	pool_free(pool);
	arena_free(arena);
}

bool bench_chosen(const Bench *bench, const char *name, const char *also)
{
	size_t group = strcspn(name, ":");
	for (int i = 0; i < bench->chosen_count; i++) {
		const char *word = bench->chosen[i];
		if (!strcmp(word, name) || (also && !strcmp(word, also)) ||
		        (strlen(word) == group && !strncmp(word, name, group)))
			return true;
	}
	return bench->chosen_count == 0;
}

void bench_case(const Bench *bench, BenchCase c)
{
	if (!bench_chosen(bench, c.name, c.group) || (c.one_thread && bench->threads > 1))
		return;
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		measure(bench, &c);
		exit(0);
	}
	int status;
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
		fprintf(stderr, "bench: the case %s failed\n", c.name);
		exit(1);
	}
}

static const char usage[] =
        "usage: bench [-t THREADS] [-s SECONDS] [-p] [CASE...]\n"
        "Times each case for SECONDS (0.5) on THREADS threads (1) and prints\n"
        "emotionnet:CASE THREADS MEDIAN_MS MIN_MS PEAK_MB\n"
        "CASE is a name, or the part of it before the colon; none: all cases.\n"
        "-p: where the time of each training step goes, operation by operation.\n";

int main(int count, char **words)
{
	Bench bench = { .threads = 1, .seconds = 0.5, .program = words[0] };
	bool profile = false;
	int option;
	while ((option = getopt(count, words, "t:s:m:p")) != -1) {
		switch (option) {
		case 't':
			bench.threads = atoi(optarg);
			break;
		case 's':
			bench.seconds = strtod(optarg, NULL);
			break;
		case 'p':
			profile = true;
			break;
		case 'm': /* for first_prediction alone */
			predict_once(optarg);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (bench.threads < 1) {
		fputs(usage, stderr);
		return 2;
	}
	bench.chosen = words + optind;
	bench.chosen_count = count - optind;
	if (profile) {
		bench_profile(&bench);
		return 0;
	}
	bench_training(&bench);
	bench_inference(&bench);
	bench_chains(&bench);
	bench_audio(&bench);
	bench_words(&bench);
	bench_growth(&bench);
	bench_products(&bench);
	bench_convolutions(&bench);
	return 0;
}
