#include "tests/support/harness.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf jump;
static ErrorKind told_kind;
static char told[4 * ERROR_TEXT];

static void tell(ErrorKind kind, const char *message)
{
	told_kind = kind;
	snprintf(told, sizeof told, "%s", message);
	longjmp(jump, 1);
}

START_TEST(error_stop_names_operation_and_line)
{
	error_handler_set(tell);
	if (!setjmp(jump))
		error_stop((Site){ "model.c", 41 }, "op_matmul",
		        "inner sizes %d and %d differ", 128, 96);
	ck_assert_int_eq(told_kind, ERROR_CALLER);
	ck_assert_str_eq(told, "op_matmul at model.c:41: inner sizes 128 and 96 differ");
}
END_TEST

START_TEST(error_stop_long_message_is_cut)
{
	static char name[10000];
	memset(name, 'x', sizeof name - 1);
	error_handler_set(tell);
	if (!setjmp(jump))
		error_stop((Site){ "model.c", 41 }, "op", "%s", name);
	ck_assert_uint_gt(strlen(told), ERROR_TEXT);
	ck_assert_uint_lt(strlen(told), sizeof told - 1);
	if (!setjmp(jump)) /* so long that no message is left */
		error_stop((Site){ "model.c", 41 }, name, "message");
	ck_assert_int_eq(told[0], 'x');
}
END_TEST

START_TEST(error_out_of_memory_says_who_and_how_much)
{
	error_handler_set(tell);
	if (!setjmp(jump))
		error_out_of_memory("the step arena", 12345);
	ck_assert_int_eq(told_kind, ERROR_MEMORY);
	ck_assert_str_eq(told,
	        "out of memory: the step arena asked for 12345 more bytes and the system has none. Hint: a smaller batch, shorter clips or a smaller model.");
}
END_TEST

static void return_at_once(ErrorKind kind, const char *message)
{
	(void)kind;
	(void)message;
}

/* Runs `end` in a process of its own: what it wrote to stderr, and how it died. */
static int run_to_its_end(void (*end)(void), char *written, size_t size)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], STDERR_FILENO);
		end();
		_exit(0);
	}
	close(ends[1]);
	ssize_t length = read(ends[0], written, size - 1);
	written[length > 0 ? length : 0] = '\0';
	close(ends[0]);
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void stop_by_default(void)
{
	error_handler_set(NULL);
	error_stop((Site){ "model.c", 41 }, "op_add", "shapes differ");
}

static void stop_with_returning_handler(void)
{
	error_handler_set(return_at_once);
	error_stop((Site){ "model.c", 41 }, "op_add", "shapes differ");
}

static void run_out_with_returning_handler(void)
{
	error_handler_set(return_at_once);
	error_out_of_memory("test", 1);
}

START_TEST(error_default_handler_prints_and_aborts)
{
	char written[1000];
	ck_assert_int_eq(
	        run_to_its_end(stop_by_default, written, sizeof written), SIGABRT);
	ASSERT_CONTAINS(written, "op_add at model.c:41: shapes differ\n");
}
END_TEST

START_TEST(error_returning_handler_aborts)
{
	char written[1000];
	ck_assert_int_eq(
	        run_to_its_end(stop_with_returning_handler, written, sizeof written),
	        SIGABRT);
	ck_assert_int_eq(
	        run_to_its_end(run_out_with_returning_handler, written, sizeof written),
	        SIGABRT);
}
END_TEST

START_TEST(error_handler_set_returns_the_one_before)
{
	ErrorHandler *first = error_handler_set(tell);
	ck_assert(error_handler_set(return_at_once) == tell);
	ck_assert(error_handler_set(NULL) == return_at_once);
	ck_assert(error_handler_set(tell) == first);
}
END_TEST

START_TEST(error_set_fills_and_returns_false)
{
	Error error;
	ck_assert(!error_set(&error, "%s: byte %d", "a.wav", 12));
	ck_assert_str_eq(error.text, "a.wav: byte 12");
	ck_assert(!error_set(&error, "clip 3: %s", error.text));
	ck_assert_str_eq(error.text, "clip 3: a.wav: byte 12");
	ck_assert(!error_set(NULL, "nobody listens"));
}
END_TEST

START_TEST(error_set_long_message_is_cut)
{
	static char name[3 * ERROR_TEXT];
	memset(name, 'x', sizeof name - 1);
	Error error;
	error_set(&error, "%s", name);
	ck_assert_uint_eq(strlen(error.text), ERROR_TEXT - 1);
}
END_TEST

TEST_MAIN("error", error_stop_names_operation_and_line, error_stop_long_message_is_cut,
        error_out_of_memory_says_who_and_how_much,
        error_default_handler_prints_and_aborts, error_returning_handler_aborts,
        error_handler_set_returns_the_one_before, error_set_fills_and_returns_false,
        error_set_long_message_is_cut)
