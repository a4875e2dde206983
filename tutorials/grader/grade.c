/* grade: runs the checks of an exercise and writes what they are worth. Each chapter
 * has one: this, linked with its checks.c.
 *
 *     grade WORKER FOLDER FILE    WORKER: the program of worker.h, linked with the exercise.c FILE
 *     grade --refuse FOLDER       no points; standard input says why
 *     grade --points              prints how many there are
 *
 * Every check runs in a process of its own, and asks a new worker, which has 10
 * seconds (EXERCISE_SECONDS: others), MEMORY_MEGABYTES of memory (the address
 * sanitizer watches it, and every access) and a limit on what it prints. No line of
 * the student's code is in this program: a crash, an endless loop or an exit costs the
 * points of one check. After one that took too long the rest are not waited for.
 *
 * The results go to standard output, a line each while they run, the first that failed
 * in detail; and all of them to FOLDER/results.txt and, in the form that Gradescope
 * reads, to FOLDER/results.json. Status: 0 all points, 1 fewer, 2 the checks could not
 * be run. */
#define _DEFAULT_SOURCE  /* MAP_ANONYMOUS */
#define _DARWIN_C_SOURCE /* the same on macOS */
#include "tensor/file/file.h"
#include "tensor/file/hash.h"
#include "tutorials/grader/checks.h"
#include "tutorials/grader/confine.h"
#include "tutorials/grader/explain.h"
#include "tutorials/grader/results.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
	SEEDS = 64,
	LATE = 20 /* seconds after which a check, not the code, is too slow */
};

typedef struct Grading {
	const char *worker, *folder;
	int seconds;
	int seeds[SEEDS], seed_count;
	RemoteState *state; /* shared with the processes of the checks */
} Grading;

static int seconds(void)
{
	const char *given = getenv("EXERCISE_SECONDS");
	int number = given ? atoi(given) : 0;
	return number > 0 && number < 100000 ? number : 10;
}

/* Of the file's bytes; 0 and false if it cannot be read. */
static bool hash_of(const char *path, uint64_t *hash)
{
	Arena *arena = arena_new("file");
	Bytes bytes;
	bool read = file_read(&bytes, arena, path, NULL);
	*hash = read ? hash_bytes(HASH_BEGIN, bytes.data, bytes.size) : 0;
	arena_free(arena);
	return read;
}

/* 1 first, for which the text's numbers hold; then one that nobody can know who writes
 * the file. */
static void choose_seeds(Grading *grading, uint64_t hash)
{
	const char *given = getenv("EXERCISE_SEED");
	char *end = NULL;
	for (; given && *given && grading->seed_count < SEEDS; given = end) {
		long seed = strtol(given, &end, 10);
		if (end == given || seed < 0 || seed > INT_MAX / 2)
			break;
		grading->seeds[grading->seed_count++] = (int)seed;
	}
	if (grading->seed_count)
		return;
	grading->seeds[0] = 1;
	grading->seeds[1] = 2 + (int)(hash % 99991);
	grading->seed_count = 2;
}

/* --- one check
 * --------------------------------------------------------------------------------- */

/* Runs it in a process of its own; what it said where it failed is in the result's
 * message. */
static void run_with(const Grading *grading, const ExerciseCheck *check, Result *result)
{
	Suite *suite = suite_create("exercise");
	TCase *tcase = tcase_create(check->test->name);
	tcase_set_timeout(tcase, grading->seconds + LATE);
	tcase_add_test(tcase, check->test);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_FORK);
	srunner_run_all(runner, CK_SILENT);
	result->passed =
	        srunner_ntests_run(runner) == 1 && srunner_ntests_failed(runner) == 0;
	TestResult **failures = srunner_failures(runner);
	if (!result->passed)
		snprintf(result->message, sizeof result->message, "%s",
		        failures && failures[0] ? tr_msg(failures[0])
		                                : "It did not run.");
	free(failures);
	srunner_free(runner);
	if (grading->state->process)
		confine_end(grading->state->process);
	confine_end_all();
}

static void run_check(const Grading *grading, const ExerciseCheck *check, Result *result)
{
	Arena *arena = arena_new("check");
	const char *printed = arena_format(
	        arena, "%s/printed-%s.txt", grading->folder, check->test->name);
	const char *place = arena_format(arena, "%s.empty", grading->worker);
	*grading->state = (RemoteState){ .late = false };
	remote_prepare(grading->worker, place, printed, grading->seconds, grading->state);
	result->run = true;
	int seed = 0;
	do {
		checks_set_seed(grading->seeds[seed]);
		run_with(grading, check, result);
	} while (result->passed && ++seed < grading->seed_count);
	if (result->passed) {
		result->points = result->most;
	} else {
		size_t used = strlen(result->message);
		explain_printed(result->message, sizeof result->message - 128, printed);
		used = strlen(result->message);
		if (seed > 0)
			snprintf(result->message + used, sizeof result->message - used,
			        "\nIt passes with other numbers; to see it fail again: "
			        "EXERCISE_SEED=%d.",
			        grading->seeds[seed]);
		results_clean(result->message, sizeof result->message);
	}
	arena_free(arena);
}

/* --- all of them
 * ------------------------------------------------------------------------------- */

static void run_all(
        const Grading *grading, const ExerciseCheck checks[], Results *results)
{
	bool shown = false, late = false;
	for (int i = 0; i < results->count; i++) {
		Result *result = &results->all[i];
		if (!late)
			run_check(grading, &checks[i], result);
		else
			snprintf(result->message, sizeof result->message,
			        "Not run, after one that took too long.");
		late |= grading->state->late;
		results_line(stdout, result, !shown);
		fflush(stdout);
		shown |= !result->passed;
	}
}

static int count_failed(const Results *results)
{
	int failed = 0;
	for (int i = 0; i < results->count; i++)
		failed += !results->all[i].passed;
	return failed;
}

static int refuse(const char *folder)
{
	static char message[RESULT_MESSAGE];
	size_t size = fread(message, 1, sizeof message - 1, stdin);
	for (size_t i = 0; i < size; i++)
		if (!message[i])
			message[i] = '?';
	results_clean(message, sizeof message);
	return results_write_refused(message, folder) ? 0 : 2;
}

static int print_points(int count, const ExerciseCheck checks[])
{
	int most = 0;
	for (int i = 0; i < count; i++)
		most += checks[i].points;
	printf("%d\n", most);
	return 0;
}

int grade_main(int argc, char **argv, int count, const ExerciseCheck checks[])
{
	if (argc == 3 && !strcmp(argv[1], "--refuse"))
		return refuse(argv[2]);
	if (argc == 2 && !strcmp(argv[1], "--points"))
		return print_points(count, checks);
	if (argc != 4 || count > RESULTS_MOST) {
		fprintf(stderr,
		        "usage: grade WORKER FOLDER FILE | --refuse FOLDER | --points\n");
		return 2;
	}
	uint64_t hash;
	if (!hash_of(argv[3], &hash)) {
		fprintf(stderr, "grade: %s cannot be read\n", argv[3]);
		return 2;
	}
	static Results results;
	Grading grading = { .worker = argv[1], .folder = argv[2], .seconds = seconds() };
	grading.state = mmap(NULL, sizeof *grading.state, PROT_READ | PROT_WRITE,
	        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (grading.state == MAP_FAILED)
		error_out_of_memory("grade", sizeof *grading.state);
	choose_seeds(&grading, hash);
	confine_adopt();
	results.count = count;
	for (int i = 0; i < count; i++) {
		results.all[i].name = checks[i].test->name;
		results.all[i].title = checks[i].title;
		results.all[i].most = checks[i].points;
	}
	run_all(&grading, checks, &results);
	int points = results_points(&results), most = results_most(&results);
	if (count_failed(&results) > 1)
		printf("  More about the others: %s/results.txt\n", grading.folder);
	printf("%d of %d points.\n", points, most);
	if (!results_write(&results, grading.folder))
		return 2;
	return points < most;
}
