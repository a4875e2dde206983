#include "tutorials/checks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void checks_mistake(
        const char *file, int line, const char *mistake, const char *format, ...)
{
	char found[1024], text[1536];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(found, sizeof found, format, arguments);
	va_end(arguments);
	snprintf(text, sizeof text, "%s.\nLikely mistake: %s.", found, mistake);
	_ck_assert_failed(file, line, text, NULL);
	abort(); /* not reached */
}

int checks_seed(void)
{
	const char *seed = getenv("EXERCISE_SEED");
	return seed ? atoi(seed) : 1;
}

static void say_all(const char *text)
{
	for (size_t rest = strlen(text); rest > 0;) {
		ssize_t written = write(CHECKS_PIPE, text, rest);
		if (written <= 0)
			exit(3); /* the grader has gone */
		text += written;
		rest -= (size_t)written;
	}
}

/* Without a grader the verdict goes to the person. */
static void report(const char *word, bool passed, const char *message)
{
	if (!word) {
		printf("%s\n%s\n", passed ? "passed" : "failed", message);
		return;
	}
	say_all(word);
	say_all(passed ? " passed\n" : " failed\n");
	say_all(message);
}

static int run(const ExerciseCheck *check)
{
	/* Read before any line of the exercise runs, and kept out of its sight. */
	char word[64];
	ssize_t size = read(CHECKS_PIPE, word, sizeof word - 1);
	bool given = size > 0;
	word[given ? size : 0] = '\0';

	Suite *suite = suite_create("exercise");
	TCase *tcase = tcase_create(check->test->name);
	tcase_add_test(tcase, check->test);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_SILENT);
	bool passed =
	        srunner_ntests_run(runner) == 1 && srunner_ntests_failed(runner) == 0;
	const char *message = "";
	TestResult **failures = srunner_failures(runner);
	if (!passed && failures && failures[0])
		message = tr_msg(failures[0]);
	report(given ? word : NULL, passed, message);
	return !passed;
}

extern const char exercise_hash[]; /* compiled into exercise.o by grade.sh */

int checks_main(int argc, char **argv, int count, const ExerciseCheck checks[])
{
	if (argc == 2 && !strcmp(argv[1], "--list")) {
		for (int i = 0; i < count; i++)
			printf("%d\t%s\t%s\n", checks[i].points, checks[i].test->name,
			        checks[i].title);
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "--hash")) {
		puts(exercise_hash);
		return 0;
	}
	for (int i = 0; argc == 2 && i < count; i++)
		if (!strcmp(argv[1], checks[i].test->name))
			return run(&checks[i]);
	fprintf(stderr, "usage: exercise --list, --hash, or the name of one check\n");
	return 2;
}
