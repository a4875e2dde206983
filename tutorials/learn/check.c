#include "tutorials/learn/check.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/terminal.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

int check_run(const char *format, ...)
{
	char command[1200];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(command, sizeof command, format, arguments);
	va_end(arguments);
	fflush(stdout);
	int status = system(command);
	/* Ctrl-C ends this program too, not the check alone. */
	if (status != -1 && ((WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) ||
	                            (WIFEXITED(status) && WEXITSTATUS(status) == 130)))
		raise(SIGINT);
	return status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* What the checks of this chapter are made of; once it is there this takes no time. */
static bool build(const Item *item)
{
	const char *target = item->kind == WARMUP ? "warmups-build" : "exercise-build";
	if (check_run("test -d \"$OBJECTS/tutorials/%s\"", item->chapter) != 0)
		printf("Building what the checks need ...\n");
	if (check_run("mkdir -p build && ${MAKE:-make} -s MODE=sanitize CH=%.2s %s "
	              ">build/learn.txt 2>&1",
	            item->chapter, target) == 0)
		return true;
	if (check_run("grep -q 'check\\.h' build/learn.txt") == 0) {
		terminal_say(
		        "The checks need Check and pkg-config. make deps installs them.");
		return false;
	}
	terminal_say("The project itself does not build. What the compiler says:");
	check_run("grep -m 5 -E 'error|Error' build/learn.txt || "
	          "tail -5 build/learn.txt");
	return false;
}

/* Words from here to the next heading or the instructor's part. */
static int count_words(const char *text)
{
	int words = 0;
	bool within = false;
	for (; *text && strncmp(text, "\n## ", 4) != 0 && strncmp(text, "\n<!--", 5) != 0;
	        text++) {
		bool letter = *text != ' ' && *text != '\n' && *text != '\t';
		words += letter && !within;
		within = letter;
	}
	return words;
}

/* A form is filled when no blank is left, and the explanation is more than a line. */
static bool check_form(const char *path)
{
	enum { WORDS = 40, LARGEST = 1 << 16 };
	static char text[LARGEST];
	FILE *file = fopen(path, "r");
	size_t size = file ? fread(text, 1, LARGEST - 1, file) : 0;
	if (file)
		fclose(file);
	text[size] = '\0';
	char *instructor = strstr(text, "<!-- INSTRUCTOR -->");
	if (instructor)
		*instructor = '\0';
	int line = 1, blanks = 0;
	for (const char *c = text; *c; c++) {
		if (!strncmp(c, "___", 3)) {
			if (!blanks++)
				printf("  %s:%d: fill in the ___\n", path, line);
			c += 2;
		}
		line += *c == '\n';
	}
	if (blanks > 1)
		printf("  and %d more\n", blanks - 1);
	const char *explanation = strstr(text, "\n## My explanation");
	int words = 0;
	if (explanation)
		words = count_words(explanation + strlen("\n## My explanation"));
	if (!blanks && words < WORDS)
		terminal_say("Your explanation has %d words. Write %d or more: what you "
		             "saw, and why.",
		        words, WORDS);
	if (blanks || words < WORDS)
		return false;
	printf("  The form is filled. Your instructor reads what it says.\n");
	return true;
}

bool check_can_tell(const Item *item)
{
	return item->kind == WARMUP || item->kind == PART || item->kind == EXPERIMENT;
}

void check_done(Item *item)
{
	if (!progress_passed(item->id))
		progress_add("passed", item->id, "");
	item->passed = true;
}

bool check_item(Item *item)
{
	bool right = false;
	if (item->kind == EXPERIMENT)
		right = check_form(item->path);
	else if (item->kind == WARMUP)
		right = build(item) &&
		        check_run("tutorials/learn/warmup.sh '%s' '%s' </dev/null",
		                item->chapter, item->path) == 0;
	else if (item->kind == PART)
		right = build(item) &&
		        check_run("tutorials/grade.sh '%s' '%s' </dev/null",
		                item->chapter, item->path) == 0;
	if (!right) {
		progress_add("tried", item->id, "");
		return false;
	}
	if (item->kind != EXPERIMENT)
		progress_keep(item->path);
	check_done(item);
	printf("%sRight.%s\n", terminal_green(), terminal_plain());
	return true;
}
