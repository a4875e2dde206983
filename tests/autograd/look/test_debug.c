/* tensor/debug.gdb, tried by gdb on this very program: the parent test starts gdb, which
 * starts the program again with one test, the debuggee, and stops in it. */
#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the commands are to show. Static and volatile, so that gdb finds them however much
 * is optimised. */
static Var *volatile shown_x, *volatile shown_y, *volatile shown_large;
static Tape shown_tape;

__attribute__((noinline)) static void stop_here(void)
{
	__asm__ volatile("" ::: "memory"); /* keeps the call */
}

START_TEST(debuggee)
{
	static real numbers[] = { 1, (real)-2.5, 3, 4, 5, 6 };
	Arena *arena = arena_new("debuggee");
	shown_tape = tape_new(arena);
	Tape *tape = &shown_tape;
	shown_x = tape_variable(tape, tensor_view(numbers, SHAPE(2, 3)), "pooled");
	shown_large = tape_constant(tape, tensor_zeros(arena, SHAPE(2, 8, 20)), NULL);
	shown_y = op_relu(tape, shown_x);
	Var *loss = op_sum(tape, op_mul(tape, shown_y, shown_y));
	tape_backward(tape, loss);
	stop_here();
	arena_free(arena);
}
END_TEST

static char printed[16 * 1024];

/* Runs a command and keeps what it prints. */
static const char *output_of(const char *command)
{
	FILE *out = popen(command, "r");
	ck_assert_ptr_nonnull(out);
	printed[fread(printed, 1, sizeof printed - 1, out)] = '\0';
	pclose(out);
	return printed;
}

/* gdb on this program, with these commands (each -ex '...'). */
static const char *gdb(const char *commands)
{
	char program[512], command[2048];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	ck_assert_int_gt((int)length, 0);
	program[length] = '\0';
	snprintf(command, sizeof command,
	        "CK_FORK=no CK_RUN_CASE=debuggee ASAN_OPTIONS=detect_leaks=0 gdb -q -nx -batch -x tensor/debug.gdb %s --args %s 2>&1",
	        commands, program);
	return output_of(command);
}

/* gdb may be absent, or not allowed to watch another program, as in some containers. */
static bool gdb_works(void)
{
	const char *text =
	        output_of("gdb -q -nx -batch -ex run --args /bin/true 2>&1 </dev/null");
	if (strstr(text, "exited normally"))
		return true;
	printf("skipped: gdb is absent, or cannot run a program here\n");
	return false;
}

START_TEST(gdb_prints_tensors_vars_and_tapes)
{
	if (getenv("CK_RUN_CASE") || !gdb_works())
		return;
	const char *text = gdb(
	        "-ex 'break stop_here' -ex run -ex 'tensor shown_x->value' -ex 'var shown_y' -ex 'tensor shown_large->value' -ex 'var shown_large' -ex 'tape shown_tape' -ex kill");
	ASSERT_CONTAINS(text, "(2,3)\n"
	                      "           1        -2.5           3\n"
	                      "           4           5           6\n");
	ASSERT_CONTAINS(
	        text, "no name, made by op_relu at tests/autograd/look/test_debug.c:");
	ASSERT_CONTAINS(text, "value (2,3)\n           1           0           3\n");
	ASSERT_CONTAINS(text, "gradient (2,3)\n           2           0           6\n");
	/* eight columns of twenty, and a blank line after the eight rows of a matrix */
	ASSERT_CONTAINS(text, "(2,8,20)\n           0");
	ASSERT_CONTAINS(text, "           0  ...\n\n           0");
	ASSERT_CONTAINS(text, "  ... (16 rows)\n");
	ASSERT_CONTAINS(text, "gradient (2,8,20) none\n");
	ASSERT_CONTAINS(
	        text, "3 nodes\n  op_sum () at tests/autograd/look/test_debug.c:");
	ASSERT_CONTAINS(text, "\n  op_relu (2,3) at tests/autograd/look/test_debug.c:");
}
END_TEST

START_TEST(gdb_stops_in_each_backward_of_an_operation)
{
	if (getenv("CK_RUN_CASE") || !gdb_works())
		return;
	const char *text = gdb(
	        "-ex 'break-backward op_relu' -ex run -ex step -ex backtrace -ex kill");
	ASSERT_CONTAINS(
	        text, "backward of op_relu (2,3) at tests/autograd/look/test_debug.c:");
	ASSERT_CONTAINS(text, "relu_backward");
	ASSERT_CONTAINS(text, "tape_backward");
	ck_assert_ptr_null(strstr(text, "backward of op_mul"));
}
END_TEST

TEST_MAIN("debug", debuggee, gdb_prints_tensors_vars_and_tapes,
        gdb_stops_in_each_backward_of_an_operation)
