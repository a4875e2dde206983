#include "tests/bench/bench.h"
#include "tensor/clock.h"
#include "tests/bench/child.h"
#include "tests/bench/drawing.h"
#include "tests/bench/growing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_SAMPLES = 20000, FEWEST_SAMPLES = 11, MOST_THREAD_COUNTS = 8 };

static const double shortest_sample = 5e-4; /* seconds: far above the clock's own error */

/* ---- measuring a case --------------------------------------------------------------- */

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

static void measure(const Bench *bench, const BenchCase *c, BenchResult *result)
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
	result->median = samples[count / 2];
	result->least = samples[0];
	result->peak = child_peak();
	if (c->work)
		result->work = c->work(state);
	if (c->finish)
		c->finish(state);
	pool_free(pool);
	arena_free(arena);
}

typedef struct Task {
	const Bench *bench;
	const BenchCase *c;
} Task;

static void measure_case(const void *config, void *result)
{
	const Task *task = config;
	measure(task->bench, task->c, result);
}

static void measure_limits(const void *config, void *result)
{
	const int *threads = config;
	*(Limits *)result = limits_measure(*threads);
}

/* ---- the table --------------------------------------------------------------------- */

double bench_share(const Limits *limits, const BenchResult *result)
{
	double compute = limits_compute(limits, result->work);
	double move = limits_move(limits, result->work);
	return (compute > move ? compute : move) / result->least;
}

const char *bench_bound(const Limits *limits, const BenchResult *result)
{
	if (limits_compute(limits, result->work) >= limits_move(limits, result->work))
		return "multiply-adds";
	return level_name(limits_level(limits, result->work));
}

static void print_limits(const Limits *limits)
{
	printf("\n# %d thread%s: %.0f GFLOP/s at the most; reads", limits->threads,
	        limits->threads > 1 ? "s" : "", limits->flops * 1e-9);
	for (Level level = 0; level < LEVELS; level++)
		printf(" %s %.0f%s", level_name(level), limits->read[level] * 1e-9,
		        level == LEVEL_MEMORY ? " GB/s\n" : ",");
	printf("%-34s %7s %10s %10s %8s %8s %7s %-14s %8s\n", "# case", "threads",
	        "median ms", "least ms", "GFLOP/s", "GB/s", "share", "held by",
	        "peak MB");
	fflush(stdout);
}

static void print_result(const Limits *limits, const BenchResult *result)
{
	double seconds = result->least;
	printf("%-34s %7d %10.5f %10.5f", result->name, result->threads,
	        result->median * 1e3, seconds * 1e3);
	if (result->work.bytes > 0)
		printf(" %8.1f %8.1f %7.3f %-14s", result->work.flops / seconds * 1e-9,
		        result->work.bytes / seconds * 1e-9, bench_share(limits, result),
		        bench_bound(limits, result));
	else
		printf(" %8s %8s %7s %-14s", "-", "-", "-", "-");
	printf(" %8.1f\n", result->peak * 0x1p-20);
	fflush(stdout);
}

bool bench_chosen(const Bench *bench, const char *name, const char *also)
{
	size_t group = strcspn(name, ":");
	bool any = bench->chosen_count == 0;
	for (int i = 0; i < bench->chosen_count; i++) {
		const char *word = bench->chosen[i];
		bool this = !strcmp(word, name) || (also && !strcmp(word, also)) ||
		            (strlen(word) == group && !strncmp(word, name, group));
		bench->met[i] |= this;
		any |= this;
	}
	return any;
}

void bench_case(Bench *bench, BenchCase c)
{
	if (!bench_chosen(bench, c.name, c.group) || (c.one_thread && bench->threads > 1))
		return;
	if (bench->count == bench->room) {
		bench->room = bench->room ? 2 * bench->room : 64;
		bench->results = realloc(
		        bench->results, (size_t)bench->room * sizeof bench->results[0]);
		if (!bench->results)
			child_failed("memory for the results");
	}
	BenchResult *result = &bench->results[bench->count++];
	*result = (BenchResult){ .threads = bench->threads };
	memcpy(result->name, c.name, sizeof result->name);
	Task task = { bench, &c };
	child_run(c.name, measure_case, &task, result, sizeof *result);
	print_result(&bench->limits, result);
}

/* ---- the program ------------------------------------------------------------------- */

static const char usage[] =
        "usage: bench [-t \"THREADS...\"] [-s SECONDS] [-o ROOFLINE.svg] [-p] [CASE...]\n"
        "Measures what the machine can do at most, with each of these numbers of threads\n"
        "(1), and then times each case for SECONDS (0.5). The share is that of what the\n"
        "machine allows: 1 is the least time that its operations or bytes can take.\n"
        "CASE is a name, or the part of it before the colon; none: all cases.\n"
        "-p: where the time of each training step goes, operation by operation.\n"
        "-n: how many parameters each model has.\n"
        "-g MOST -o GROWTH.svg EMOTIONNET: time and memory as things grow up to MOST.\n"
        "-d RESULTS.txt -o CHART.svg: draws what peers/rounds.py has measured.\n";

static _Noreturn void stop_with_usage(void)
{
	fputs(usage, stderr);
	exit(2);
}

/* A word that names no case was mistyped: its case is missing from the table. */
static bool all_met(const Bench *bench)
{
	bool all = true;
	for (int i = 0; i < bench->chosen_count; i++) {
		if (!bench->met[i])
			fprintf(stderr,
			        "bench: \"%s\" names none of the cases. Hint: without CASE all are run, and named\n",
			        bench->chosen[i]);
		all &= bench->met[i];
	}
	return all;
}

/* A number, and nothing else, from `least` on. */
static double read_number(const char *text, double least)
{
	char *end;
	double number = strtod(text, &end);
	if (end == text || *end || !(number >= least && number <= 1e9))
		stop_with_usage();
	return number;
}

static int read_threads(const char *text, int threads[MOST_THREAD_COUNTS])
{
	int count = 0, used;
	for (; count < MOST_THREAD_COUNTS &&
	        sscanf(text, "%d%n", &threads[count], &used) == 1;
	        text += used)
		if (threads[count++] < 1)
			stop_with_usage();
	if (!count || *text)
		stop_with_usage();
	return count;
}

static void run_groups(Bench *bench)
{
	bench_training(bench);
	bench_inference(bench);
	bench_chains(bench);
	bench_audio(bench);
	bench_words(bench);
	bench_products(bench);
	bench_convolutions(bench);
}

typedef struct Options {
	int threads[MOST_THREAD_COUNTS], thread_counts;
	int most;            /* of what grows; 0: something else is asked for */
	const char *results; /* to be drawn; NULL: something else */
	const char *picture; /* NULL: none */
	bool profile, parameters;
} Options;

static void read_options(Options *options, Bench *bench, int count, char **words)
{
	int option;
	while ((option = getopt(count, words, "t:s:o:g:d:m:pn")) != -1) {
		switch (option) {
		case 't':
			options->thread_counts = read_threads(optarg, options->threads);
			break;
		case 's':
			bench->seconds = read_number(optarg, 0);
			break;
		case 'o':
			options->picture = optarg;
			break;
		case 'g':
			options->most = (int)read_number(optarg, 1);
			break;
		case 'd':
			options->results = optarg;
			break;
		case 'p':
			options->profile = true;
			break;
		case 'n':
			options->parameters = true;
			break;
		case 'm': /* for first_prediction alone */
			predict_once(optarg);
			exit(0);
		default:
			stop_with_usage();
		}
	}
	bench->chosen = words + optind;
	bench->chosen_count = count - optind;
	bench->met = calloc((size_t)bench->chosen_count + 1, sizeof bench->met[0]);
	if (!bench->met)
		child_failed("memory for the names");
	bool draws = options->most || options->results;
	if ((draws && !options->picture) || (options->most && bench->chosen_count != 1))
		stop_with_usage();
}

static bool run_cases(Bench *bench, const Options *options, Error *error)
{
	Limits limits[MOST_THREAD_COUNTS];
	for (int i = 0; i < options->thread_counts; i++) {
		bench->threads = options->threads[i];
		child_run("measuring the limits", measure_limits, &options->threads[i],
		        &bench->limits, sizeof bench->limits);
		limits[i] = bench->limits;
		print_limits(&bench->limits);
		run_groups(bench);
	}
	bool drawn = !options->picture || roofline_write(options->picture, bench,
	                                          options->thread_counts, limits, error);
	free(bench->results);
	return drawn;
}

int main(int count, char **words)
{
	Bench bench = { .seconds = 0.5, .program = words[0] };
	Options options = { .threads = { 1 }, .thread_counts = 1 };
	Error error;
	bool done = true;
	read_options(&options, &bench, count, words);
	if (options.most)
		done = growing_measure(
		        bench.chosen[0], options.most, options.picture, &error);
	else if (options.results)
		done = drawing_write(options.results, options.picture, &error);
	else if (options.profile)
		bench_profile(&bench);
	else if (options.parameters)
		bench_parameters(&bench);
	else
		done = run_cases(&bench, &options, &error);
	if (!done)
		fprintf(stderr, "bench: %s\n", error.text);
	bool runs_cases = !options.most && !options.results;
	done &= !runs_cases || all_met(&bench);
	free(bench.met);
	return !done;
}
