/* harness.h: what every test program needs. A test program is one file
 * tests/FOLDER/test_UNIT.c:
 *
 *     START_TEST(matmul_inner_mismatch_stops)
 *     {
 *             ASSERT_STOPS("inner sizes 3 and 4 differ", matmul(...));
 *     }
 *     END_TEST
 *
 *     TEST_MAIN("matmul", matmul_inner_mismatch_stops, ...)
 *
 * Tests are named unit_condition_result and run by Check, each in a process of its
 * own. */
#ifndef TESTS_HARNESS_H
#define TESTS_HARNESS_H

#include "tensor/error.h"
#include "tensor/tensor.h"

#include <check.h>
#include <setjmp.h>

/* Runs the tests and returns main's exit status; none run is a failure too. */
int harness_run(const char *suite, int count, const TTest *const tests[]);

#define TEST_MAIN(suite, ...)                                                            \
	int main(void)                                                                   \
	{                                                                                \
		const TTest *const tests[] = { __VA_ARGS__ };                            \
		return harness_run(suite, (int)(sizeof tests / sizeof tests[0]), tests); \
	}

/* Without optimisation gcc takes the Site that a statement passes along for a variable
 * that is used after the jump. It is not. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wclobbered"
#endif

/* The statement must stop (error.h, kind 1) with a message that contains `expected`. */
#define ASSERT_STOPS(expected, statement)                                                \
	do {                                                                             \
		harness_expect_stop();                                                   \
		if (!setjmp(harness_stop_point)) {                                       \
			statement;                                                       \
			harness_did_not_stop(__FILE__, __LINE__, #statement);            \
		}                                                                        \
		harness_check_stop(__FILE__, __LINE__, expected);                        \
	} while (0)

/* |actual - expected| <= absolute + relative |expected|, element by element. */
#define ASSERT_CLOSE(actual, expected, absolute, relative)                               \
	harness_close(__FILE__, __LINE__, #actual, (double)(actual), (double)(expected), \
	        absolute, relative)
void harness_close(const char *file, int line, const char *what, double actual,
        double expected, double absolute, double relative);
/* The tensor has exactly this shape and these numbers, within the tolerance. */
void harness_tensor_close(const char *file, int line, const char *what, Tensor actual,
        Tensor expected, double absolute, double relative);
#define ASSERT_TENSOR_CLOSE(actual, expected, absolute, relative)                        \
	harness_tensor_close(                                                            \
	        __FILE__, __LINE__, #actual, actual, expected, absolute, relative)
/* The same shape and the same bits. */
void harness_tensor_same(
        const char *file, int line, const char *what, Tensor actual, Tensor expected);
#define ASSERT_TENSOR_SAME(actual, expected)                                             \
	harness_tensor_same(__FILE__, __LINE__, #actual, actual, expected)

#define ASSERT_CONTAINS(text, part) harness_contains(__FILE__, __LINE__, text, part)
void harness_contains(const char *file, int line, const char *text, const char *part);

/* A new empty directory of this test, removed when it ends. */
const char *harness_directory(void);

extern jmp_buf harness_stop_point;
void harness_expect_stop(void);
_Noreturn void harness_did_not_stop(const char *file, int line, const char *statement);
void harness_check_stop(const char *file, int line, const char *expected);

#endif
