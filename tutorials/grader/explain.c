#include "tutorials/grader/explain.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 700, LINES = 8, LONGEST = 100, LOOKED_AT = 1 << 16 };

/* The beginning of the file; "" if it cannot be read. The caller frees it. */
static char *read_beginning(const char *path)
{
	char *text = calloc(1, LOOKED_AT + 1);
	FILE *file = fopen(path, "rb");
	if (!text)
		abort();
	if (file) {
		size_t size = fread(text, 1, LOOKED_AT, file);
		for (size_t i = 0; i < size; i++)
			if (!text[i])
				text[i] = '?';
		fclose(file);
	}
	return text;
}

/* The line of `text` that contains `part`, from `begin` on where it is there; false if
 * there is none. */
static bool line_with(const char *text, const char *part, char line[SHOWN])
{
	const char *found = strstr(text, part);
	if (!found)
		return false;
	while (found > text && found[-1] != '\n')
		found--;
	snprintf(line, SHOWN, "%.*s", (int)strcspn(found, "\n"), found);
	return true;
}

/* "heap-buffer-overflow /tmp/x/exercise.c:9 in multiply" without the folder, which is
 * gone by then. */
static const char *without_folder(char line[SHOWN])
{
	char *file = strstr(line, "/exercise.c:");
	char *begin = file;
	while (file && begin > line && begin[-1] != ' ')
		begin--;
	if (file)
		memmove(begin, file + 1, strlen(file + 1) + 1);
	return line;
}

static const char sanitizer[] = "SUMMARY: AddressSanitizer: ";

static bool explain_memory(char text[EXPLANATION], const char *printed)
{
	char line[SHOWN];
	const char *mistake = NULL, *what = line;
	if (line_with(printed, "null pointer", line) ||
	        (strstr(printed, "SEGV on unknown address 0x00000000") &&
	                line_with(printed, "SUMMARY: ", line)))
		mistake = "a NULL is followed";
	else if (line_with(printed, "SUMMARY: AddressSanitizer: stack-overflow", line))
		mistake = "a recursion that never ends, or an array too large for the "
		          "stack";
	else if (line_with(printed, sanitizer, line))
		mistake = strstr(line, "use-after")
		                  ? "memory that is not yours any more: it was given "
		                    "back, or is of an earlier call"
		                  : "memory that is not yours: an index too large or "
		                    "below 0";
	else if (line_with(printed, "out of bounds for type", line))
		mistake = "memory that is not yours: an index too large or below 0";
	else if (line_with(printed, "runtime error: ", line))
		mistake = "undefined behaviour";
	else
		return false;
	if (!strncmp(line, sanitizer, sizeof sanitizer - 1))
		what += sizeof sanitizer - 1;
	without_folder(line);
	snprintf(text, EXPLANATION, "%s\nLikely mistake: %s.", what, mistake);
	return true;
}

static void explain(char text[EXPLANATION], const char *printed, int status, int seconds)
{
	char line[SHOWN];
	int number = status > 128 ? status - 128 : 0;
	if (number == SIGXFSZ)
		snprintf(text, EXPLANATION,
		        "Stopped: it printed more than %d MB.\nLikely mistake: printing "
		        "without end.",
		        PRINTED_MEGABYTES);
	else if (strstr(printed, "hard rss limit exhausted") ||
	         strstr(printed, "allocation-size-too-big") ||
	         strstr(printed, "out-of-memory"))
		snprintf(text, EXPLANATION,
		        "Stopped: more than %d MB.\nLikely mistake: memory without end.",
		        MEMORY_MEGABYTES);
	else if (seconds || number == SIGXCPU || number == SIGKILL)
		snprintf(text, EXPLANATION,
		        "Stopped after %d s.\nLikely mistake: a loop that never ends, or one "
		        "that takes far more steps than it needs.",
		        seconds);
	else if (explain_memory(text, printed))
		return;
	else if (line_with(printed, "worker.c: ", line))
		snprintf(text, EXPLANATION, "%s", line + strlen("worker.c: "));
	else if (number)
		snprintf(text, EXPLANATION, "It stopped by itself (%s).",
		        strsignal(number));
	else if (status == 126 || status == 127)
		snprintf(text, EXPLANATION,
		        "It cannot be started: is the folder of temporary files open to "
		        "others (TMPDIR), and does it allow programs?");
	else
		snprintf(text, EXPLANATION,
		        "It ended before the check did.\nLikely mistake: exit() in the "
		        "exercise.");
}

void explain_end(char text[EXPLANATION], const char *path, int status, int seconds)
{
	char *printed = read_beginning(path);
	explain(text, printed, status, seconds);
	free(printed);
}

static bool is_sanitizers(const char *line, int length)
{
	return !strncmp(line, "====", 4) || !strncmp(line, "AddressSanitizer", 16) ||
	       (length > 15 && strstr(line, "runtime error:") &&
	               strstr(line, "runtime error:") < line + length);
}

void explain_printed(char *text, size_t size, const char *path)
{
	char *printed = read_beginning(path);
	const char *rest = printed;
	size_t used = strlen(text);
	for (int line = 0; *rest && used < size; line++) {
		int length = (int)strcspn(rest, "\n");
		if (is_sanitizers(rest, length))
			break;
		if (line == LINES) {
			snprintf(text + used, size - used, "\n  ... %s", path);
			break;
		}
		used += (size_t)snprintf(text + used, size - used, "%s\n  %.*s",
		        line ? "" : "\nIt printed:", length < LONGEST ? length : LONGEST,
		        rest);
		rest += length + (rest[length] == '\n');
	}
	free(printed);
}
