#include "autograd/look/meter.h"
#include "autograd/look/report.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <string.h>

/* What tape_report prints, in the test's memory. */
static const char *report_of(const Tape *tape, TapeReport format)
{
	static char text[4096];
	FILE *out = tmpfile();
	ck_assert_ptr_nonnull(out);
	tape_report(out, tape, format);
	rewind(out);
	text[fread(text, 1, sizeof text - 1, out)] = '\0';
	fclose(out);
	return text;
}

/* Three products from one line, then one each of tanh, reshape and sum, (4,4). */
static int build(Tape *tape, Var *x)
{
	Var *y = x;
	for (int i = 0; i < 3; i++)
		y = op_matmul(tape, y, x);
	int line = __LINE__ - 1;
	y = op_tanh(tape, y);
	y = op_reshape(tape, y, SHAPE(16));
	tape_backward(tape, op_sum(tape, y));
	return line;
}

START_TEST(report_counts_by_operation_and_line)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	int line = build(&tape, random_variable(leaves, "x", 1, SHAPE(4, 4)));
	const char *text = report_of(&tape, TAPE_REPORT_TABLE);
	size_t matrix = 16 * sizeof(real);
	char expected[256];
	snprintf(expected, sizeof expected,
	        "\nop_matmul          tests/autograd/look/test_report.c:%d       3 %11zu\n",
	        line, 3 * 2 * matrix);
	ASSERT_CONTAINS(text, expected);
	ck_assert_ptr_null(strstr(text, "forward ms")); /* not measured */
	/* 4 matrices and their gradients, the gradient of a view, the sum and its
	 * gradient */
	snprintf(expected, sizeof expected, "%-18s %-28s %7d %11zu\n", "total", "", 6,
	        8 * matrix + matrix + 2 * sizeof(real));
	ASSERT_CONTAINS(text, expected);
	ck_assert(strstr(text, "op_matmul") < strstr(text, "op_tanh"));
	ck_assert(strstr(text, "op_tanh") < strstr(text, "op_sum"));
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(report_of_a_measuring_tape_has_times_and_peaks)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	tape_measure(&tape);
	build(&tape, random_variable(leaves, "x", 1, SHAPE(4, 4)));
	const char *text = report_of(&tape, TAPE_REPORT_TABLE);
	ASSERT_CONTAINS(text, " forward ms backward ms  live bytes  peak bytes\n");
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(report_as_json_is_one_object)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	Var *x = random_variable(leaves, "x", 1, SHAPE(4, 4));
	Site odd = { "a \"b\"\\c\n.c", 7 };
	op_exp_at(odd, &tape, x);
	const char *text = report_of(&tape, TAPE_REPORT_JSON);
	char expected[256];
	snprintf(expected, sizeof expected,
	        "{\"operations\":[{\"operation\":\"op_exp\",\"file\":\"a \\\"b\\\"\\\\c\\u000a.c\",\"line\":7,\"count\":1,\"live_bytes\":%zu}],\"total\":{\"count\":1,\"live_bytes\":%zu}}\n",
	        32 * sizeof(real), 32 * sizeof(real));
	ck_assert_str_eq(text, expected);

	tape_reset(&tape);
	tape_measure(&tape);
	build(&tape, x);
	text = report_of(&tape, TAPE_REPORT_JSON);
	ASSERT_CONTAINS(text, "\"operation\":\"op_matmul\"");
	ASSERT_CONTAINS(text, ",\"count\":3,\"live_bytes\":");
	ASSERT_CONTAINS(text, ",\"backward_seconds\":0.");
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(report_of_an_empty_tape_is_empty)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	const char *text = report_of(&tape, TAPE_REPORT_JSON);
	ck_assert_str_eq(
	        text, "{\"operations\":[],\"total\":{\"count\":0,\"live_bytes\":0}}\n");
	arena_free(arena);
}
END_TEST

TEST_MAIN("report", report_counts_by_operation_and_line,
        report_of_a_measuring_tape_has_times_and_peaks, report_as_json_is_one_object,
        report_of_an_empty_tape_is_empty)
