/* What is expected here was printed by NumPy 1.24, from the same numbers as float32. */
#include "tests/support/harness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const real infinity = (real)HUGE_VAL, not_a_number = (real)__builtin_nan("");

static void check_printed(Tensor x, const char *expected)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	ck_assert_ptr_nonnull(out);
	tensor_print(out, x);
	fclose(out);
	ck_assert_str_eq(text, expected);
	free(text);
}

#define CHECK_PRINTED(expected, numbers, ...)                                            \
	check_printed(tensor_view((real *)(numbers), SHAPE(__VA_ARGS__)), expected)
#define NUMBERS(...) ((real[]){ __VA_ARGS__ })

/* 0, 1, 2, ..., period-1, 0, 1, ... all times `step` */
static real *count_up(int count, int period, double step)
{
	static real numbers[3000];
	for (int i = 0; i < count; i++)
		numbers[i] = (real)(i % period * step);
	return numbers;
}

START_TEST(print_nests_brackets)
{
	CHECK_PRINTED("[0. 1. 2.]\n", count_up(3, 10, 1), 3);
	CHECK_PRINTED("[[0. 1. 2.]\n"
	              " [3. 4. 5.]]\n",
	        count_up(6, 10, 1), 2, 3);
	CHECK_PRINTED("[[[0. 1.]\n"
	              "  [2. 3.]]\n"
	              "\n"
	              " [[4. 5.]\n"
	              "  [6. 7.]]]\n",
	        count_up(8, 10, 1), 2, 2, 2);
	CHECK_PRINTED("[[[[0. 1.]\n"
	              "   [2. 3.]]]\n"
	              "\n"
	              "\n"
	              " [[[4. 5.]\n"
	              "   [6. 7.]]]]\n",
	        count_up(8, 10, 1), 2, 1, 2, 2);
}
END_TEST

START_TEST(print_aligns_the_point)
{
	CHECK_PRINTED("[  1.   -2.5 100. ]\n", NUMBERS(1, -2.5, 100), 3);
	real thirds[] = { 1 / (real)3, 2 / (real)3, (real)0.25 / 3 };
	CHECK_PRINTED(sizeof(real) == 4 ? "[0.33333334 0.6666667  0.08333334]\n"
	                                : "[0.33333333 0.66666667 0.08333333]\n",
	        thirds, 3);
	CHECK_PRINTED("[0.   0.02]\n", NUMBERS(0, (real)0.02), 2);
	/* nine places would tell it from its neighbours; a zero is left at the eighth */
	CHECK_PRINTED("[0.0218437]\n", NUMBERS((real)0.021843698), 1);
	/* whole numbers are exact, though 6710887e1 would identify it as a float */
	CHECK_PRINTED("[67108872.]\n", NUMBERS(67108872), 1);
}
END_TEST

START_TEST(print_mixed_magnitudes_are_scientific)
{
	CHECK_PRINTED(
	        "[ 5.000e-01  1.024e+03 -2.000e+03]\n", NUMBERS(0.5, 1024, -2000), 3);
	CHECK_PRINTED("[[1.e+00 5.e-05]]\n", NUMBERS(1, (real)0.00005), 1, 2);
	CHECK_PRINTED("[ 1.e+08 -1.e+00]\n", NUMBERS((real)1e8, -1), 2);
	CHECK_PRINTED("[   1. 1000.]\n", NUMBERS(1, 1000), 2);
	if (sizeof(real) == 8)
		CHECK_PRINTED("[1.e+100 0.e+000]\n", NUMBERS((real)1e100, 0), 2);
}
END_TEST

START_TEST(print_not_finite_keeps_the_columns)
{
	CHECK_PRINTED("[ 1.5  nan  inf -inf -0. ]\n",
	        NUMBERS(1.5, not_a_number, infinity, -infinity, (real)-0.0), 5);
	CHECK_PRINTED("[ nan -inf]\n", NUMBERS(-not_a_number, -infinity), 2);
	CHECK_PRINTED("[   nan 1.e+10   -inf]\n",
	        NUMBERS(not_a_number, (real)1e10, -infinity), 3);
}
END_TEST

START_TEST(print_long_rows_are_broken)
{
	CHECK_PRINTED(
	        "[ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.\n"
	        " 18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29. 30. 31. 32. 33. 34. 35.\n"
	        " 36. 37. 38. 39.]\n",
	        count_up(40, 100, 1), 40);
	CHECK_PRINTED(
	        "[[ 0.    0.25  0.5   0.75  1.    1.25  1.5   1.75  2.    2.25  2.5   2.75\n"
	        "   3.    3.25  3.5   3.75  4.    4.25  4.5   4.75  5.    5.25]\n"
	        " [ 5.5   5.75  6.    6.25  6.5   6.75  7.    7.25  7.5   7.75  8.    8.25\n"
	        "   8.5   8.75  9.    9.25  9.5   9.75 10.   10.25 10.5  10.75]]\n",
	        count_up(44, 100, 0.25), 2, 22);
}
END_TEST

START_TEST(print_more_than_1000_are_summarised)
{
	CHECK_PRINTED("[   0.    1.    2. ...  998.  999. 1000.]\n",
	        count_up(1001, 2000, 1), 1001);
	CHECK_PRINTED("[[0. 1. 2. ... 7. 8. 9.]\n"
	              " [0. 1. 2. ... 7. 8. 9.]\n"
	              " [0. 1. 2. ... 7. 8. 9.]\n"
	              " ...\n"
	              " [0. 1. 2. ... 7. 8. 9.]\n"
	              " [0. 1. 2. ... 7. 8. 9.]\n"
	              " [0. 1. 2. ... 7. 8. 9.]]\n",
	        count_up(2000, 10, 1), 40, 50);
	CHECK_PRINTED("[[[[0. 1.]]\n\n  [[2. 3.]]]\n\n\n"
	              " [[[4. 5.]]\n\n  [[6. 7.]]]\n\n\n"
	              " [[[8. 9.]]\n\n  [[0. 1.]]]\n\n\n"
	              " ...\n\n\n"
	              " [[[2. 3.]]\n\n  [[4. 5.]]]\n\n\n"
	              " [[[6. 7.]]\n\n  [[8. 9.]]]\n\n\n"
	              " [[[0. 1.]]\n\n  [[2. 3.]]]]\n",
	        count_up(1004, 10, 1), 251, 2, 1, 2);
}
END_TEST

static void check_scalar(double value, const char *expected)
{
	real number = (real)value;
	check_printed(tensor_view(&number, SCALAR), expected);
}

START_TEST(print_scalar_shows_all_digits)
{
	check_scalar(0, "0.0\n");
	check_scalar(-0.0, "-0.0\n");
	check_scalar(2, "2.0\n");
	check_scalar(-2.5, "-2.5\n");
	check_scalar(0.1, "0.1\n");
	check_scalar(
	        1.0 / 3, sizeof(real) == 4 ? "0.33333334\n" : "0.3333333333333333\n");
	check_scalar(67108872, sizeof(real) == 4 ? "67108870.0\n" : "67108872.0\n");
	check_scalar(1e16, "1e+16\n");
	check_scalar(0.00012345, "0.00012345\n");
	check_scalar(1.5e-7, "1.5e-07\n");
	check_scalar(HUGE_VAL, "inf\n");
	check_scalar(-HUGE_VAL, "-inf\n");
	check_scalar(__builtin_nan(""), "nan\n");
}
END_TEST

START_TEST(print_empty_is_two_brackets)
{
	check_printed(tensor_view(NULL, SHAPE(0)), "[]\n");
	check_printed(tensor_view(NULL, SHAPE(3, 0, 2)), "[]\n");
}
END_TEST

TEST_MAIN("print", print_nests_brackets, print_aligns_the_point,
        print_mixed_magnitudes_are_scientific, print_not_finite_keeps_the_columns,
        print_long_rows_are_broken, print_more_than_1000_are_summarised,
        print_scalar_shows_all_digits, print_empty_is_two_brackets)
