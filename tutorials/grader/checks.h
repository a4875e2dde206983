/* checks.h: the checks of an exercise. tutorials/CHAPTER/checks.c is a list of tests
 * as everywhere in the project (tests/support/harness.h, Check), each with its points:
 *
 *     START_TEST(product_of_two)
 *     {
 *             real out[6], a[] = { ... }, b[] = { ... };
 *             CALL("multiply", WRITES(out, 6), READS(a, 8), READS(b, 12), INT(2), INT(4), INT(3));
 *             ASSERT_CLOSE(out[0], 1.5, 1e-5, 1e-5);
 *     }
 *     END_TEST
 *
 *     CHECKS({ product_of_two, 3, "a product of two matrices" })
 *
 * The student's code is not in this program: CALL and CALL_OP (grader/remote.h) ask
 * the process that holds it, the chapter's worker.c (grader/worker.h), for answers,
 * and here it is decided what they are worth.
 *
 * A message that names the mistake contains a sentence that begins with "Likely
 * mistake: ", as the gradient doctor's does; MISTAKE says others. */
#ifndef TUTORIALS_CHECKS_H
#define TUTORIALS_CHECKS_H

#include "tests/support/gradient.h"
#include "tests/support/harness.h"
#include "tutorials/grader/remote.h"

typedef struct ExerciseCheck {
	const TTest *test;
	int points;
	const char *title; /* what is checked, for a person */
} ExerciseCheck;

int grade_main(int argc, char **argv, int count, const ExerciseCheck checks[]);

#define CHECKS(...)                                                                      \
	int main(int argc, char **argv)                                                  \
	{                                                                                \
		const ExerciseCheck checks[] = { __VA_ARGS__ };                          \
		return grade_main(                                                       \
		        argc, argv, (int)(sizeof checks / sizeof checks[0]), checks);    \
	}

/* Fails the check with what was found, and what that most likely means: MISTAKE("the
 * rows and columns are exchanged", "element (0,1) is %g, expected %g", ...). */
_Noreturn void checks_mistake(const char *file, int line, const char *mistake,
        const char *format, ...) __attribute__((format(printf, 4, 5)));
#define MISTAKE(mistake, ...) checks_mistake(__FILE__, __LINE__, mistake, __VA_ARGS__)

/* For random shapes and numbers. Every check runs with 1, then with a number that
 * depends on the file that is graded; or with each number in EXERCISE_SEED. */
int checks_seed(void);
void checks_set_seed(int seed);

#endif
