/* checks.h: the checks of an exercise. tutorials/CHAPTER/checks.c is a list of tests as everywhere in
 * the project (tests/support/harness.h, Check), each with its points:
 *
 *     START_TEST(gradient_of_x) { ... ASSERT_GRADIENT(...); } END_TEST
 *
 *     CHECKS({ gradient_of_x, 3, "the gradient of x" })
 *
 * It is linked with one exercise.c into a program that runs one check at a time:
 *
 *     exercise --list      a line "points<tab>name<tab>title" for each
 *     exercise --hash      the hash of the exercise.c that is in it (grade.sh)
 *     exercise NAME        runs it, in this process; the verdict goes to CHECKS_PIPE, which the
 *                          grader (grade.c) reads
 *
 * A verdict begins with the word that came through CHECKS_PIPE at the start, so that an exercise.c which
 * exits, or prints "passed", has not passed. A message that names the mistake contains a sentence that
 * begins with "Likely mistake: ", as the gradient doctor's does; MISTAKE says others. */
#ifndef TUTORIALS_CHECKS_H
#define TUTORIALS_CHECKS_H

#include "tests/support/gradient.h"
#include "tests/support/harness.h"

enum { CHECKS_PIPE = 3 };

typedef struct ExerciseCheck {
	const TTest *test;
	int points;
	const char *title; /* what is checked, for a person */
} ExerciseCheck;

int checks_main(int argc, char **argv, int count, const ExerciseCheck checks[]);

#define CHECKS(...)                                                                      \
	int main(int argc, char **argv)                                                  \
	{                                                                                \
		const ExerciseCheck checks[] = { __VA_ARGS__ };                          \
		return checks_main(                                                      \
		        argc, argv, (int)(sizeof checks / sizeof checks[0]), checks);    \
	}

/* Fails the check with what was found, and what that most likely means: MISTAKE("the rows and columns are
 * exchanged", "element (0,1) is %g, expected %g", ...). */
_Noreturn void checks_mistake(const char *file, int line, const char *mistake,
        const char *format, ...) __attribute__((format(printf, 4, 5)));
#define MISTAKE(mistake, ...) checks_mistake(__FILE__, __LINE__, mistake, __VA_ARGS__)

/* For random shapes and numbers: 1, or what the grader was given in EXERCISE_SEED. */
int checks_seed(void);

#endif
