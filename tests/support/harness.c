#include "tests/support/harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

jmp_buf harness_stop_point;
static char stop_message[2 * ERROR_TEXT + 64];

static void fail_at(const char *file, int line, const char *text)
{
	_ck_assert_failed(file, line, text, NULL);
}

static void remember_and_jump(ErrorKind kind, const char *message)
{
	(void)kind;
	snprintf(stop_message, sizeof stop_message, "%s", message);
	longjmp(harness_stop_point, 1);
}

void harness_expect_stop(void)
{
	stop_message[0] = '\0';
	error_handler_set(remember_and_jump);
}

_Noreturn void harness_did_not_stop(const char *file, int line, const char *statement)
{
	char text[512];
	snprintf(text, sizeof text, "expected to stop: %s", statement);
	fail_at(file, line, text);
	abort();
}

void harness_contains(const char *file, int line, const char *text, const char *part)
{
	if (strstr(text, part))
		return;
	char message[4 * ERROR_TEXT];
	snprintf(message, sizeof message, "expected \"%s\" in \"%s\"", part, text);
	fail_at(file, line, message);
}

void harness_check_stop(const char *file, int line, const char *expected)
{
	error_handler_set(NULL);
	harness_contains(file, line, stop_message, expected);
}

void harness_close(const char *file, int line, const char *what, double actual,
        double expected, double absolute, double relative)
{
	if (fabs(actual - expected) <= absolute + relative * fabs(expected))
		return;
	char text[256];
	snprintf(text, sizeof text, "%s is %.9g, expected %.9g within %g + %g of it",
	        what, actual, expected, absolute, relative);
	fail_at(file, line, text);
}

static void same_shape(
        const char *file, int line, const char *what, Tensor actual, Tensor expected)
{
	if (tensor_same_shape(actual, expected))
		return;
	char text[256];
	snprintf(text, sizeof text, "%s has shape %s, expected %s", what,
	        tensor_shape_text(actual).text, tensor_shape_text(expected).text);
	fail_at(file, line, text);
}

void harness_tensor_close(const char *file, int line, const char *what, Tensor actual,
        Tensor expected, double absolute, double relative)
{
	same_shape(file, line, what, actual, expected);
	for (size_t i = 0; i < tensor_count(actual); i++) {
		char element[128];
		snprintf(element, sizeof element, "%s, element %zu,", what, i);
		harness_close(file, line, element, (double)actual.data[i],
		        (double)expected.data[i], absolute, relative);
	}
}

void harness_tensor_same(
        const char *file, int line, const char *what, Tensor actual, Tensor expected)
{
	same_shape(file, line, what, actual, expected);
	for (size_t i = 0; i < tensor_count(actual); i++) {
		if (!memcmp(&actual.data[i], &expected.data[i], sizeof(real)))
			continue;
		char text[256];
		snprintf(text, sizeof text,
		        "%s, element %zu, is %.9g, expected the bits of %.9g", what, i,
		        (double)actual.data[i], (double)expected.data[i]);
		fail_at(file, line, text);
	}
}

static char directory[64];

const char *harness_directory(void)
{
	if (!directory[0]) {
		snprintf(directory, sizeof directory, "/tmp/emotionnet-test-XXXXXX");
		if (!mkdtemp(directory))
			fail_at(__FILE__, __LINE__, "no directory can be made in /tmp");
	}
	return directory;
}

static void remove_directory(void)
{
	if (!directory[0])
		return;
	char command[sizeof directory + 16];
	snprintf(command, sizeof command, "rm -rf %s", directory);
	if (system(command))
		fprintf(stderr, "%s is left behind\n", directory);
	directory[0] = '\0';
}

int harness_run(const char *name, int count, const TTest *const tests[])
{
	Suite *suite = suite_create(name);
	for (int i = 0; i < count; i++) {
		TCase *tcase = tcase_create(tests[i]->name);
		tcase_add_checked_fixture(tcase, NULL, remove_directory);
		tcase_set_timeout(tcase, 300);
		tcase_add_test(tcase, tests[i]);
		suite_add_tcase(suite, tcase);
	}
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner), ran = srunner_ntests_run(runner);
	srunner_free(runner);
	return failed || !ran;
}
