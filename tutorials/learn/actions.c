#include "tutorials/learn/actions.h"
#include "tutorials/learn/check.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void action_show(const Item *item)
{
	char chapter[96], minutes[64];
	course_chapter_title(item->chapter, chapter, sizeof chapter);
	course_reading_time(item->chapter, minutes, sizeof minutes);
	printf("%sChapter %.2s, %s%s\n", terminal_bold(), item->chapter, chapter,
	        terminal_plain());
	terminal_wrap("", item->title);
	switch (item->kind) {
	case QUIZ_BEFORE:
	case QUIZ_AFTER:
		printf("  make quiz CH=%.2s\n", item->chapter);
		break;
	case READING:
		printf("  %s%s%s\n  make chapter CH=%.2s\n", item->path,
		        minutes[0] ? ": about " : "", minutes, item->chapter);
		if (course_has_sound(item->chapter))
			printf("  To hear its sounds, run it, then play\n"
			       "  build/tutorials/%s/*.wav\n",
			        item->chapter);
		break;
	case PART:
		terminal_wrap("  ", item->path);
		terminal_wrap("  ", "The task stands at the head of the file. What it "
		                    "declares: exercise.h beside it.");
		break;
	case WARMUP:
		terminal_wrap("  ", item->path);
		terminal_wrap("  ", "About five minutes. The check stands below, in the "
		                    "same file.");
		break;
	case EXPERIMENT:
		terminal_wrap("  ", item->path);
		terminal_wrap("  ", "A form: replace each ___ by what you found.");
		break;
	case STRETCH:
		terminal_wrap("  ", item->path);
		terminal_wrap("  ", "Open-ended, with a figure to beat.");
		break;
	}
}

/* Prints part `wanted` of a file in which lines "---" part the hints; how many there are.
 * */
static int print_hint(const char *path, int wanted)
{
	char line[512];
	int part = 1;
	FILE *file = fopen(path, "r");
	if (!file)
		return 0;
	while (fgets(line, sizeof line, file)) {
		if (!strcmp(line, "---\n"))
			part++;
		else if (part == wanted)
			fputs(line, stdout);
	}
	fclose(file);
	return part;
}

static void hint_of_part(const Item *item)
{
	char path[192];
	snprintf(path, sizeof path, "tutorials/%s/hints.txt", item->chapter);
	int all = print_hint(path, 0), given = progress_count("hint", item->id);
	int next = given < all ? given + 1 : all;
	printf("Hint %d of %d\n\n", next, all);
	print_hint(path, next);
}

/* The line "hint: ..." of a warm-up's first comment. */
static void hint_of_warmup(const Item *item)
{
	char line[512];
	FILE *file = fopen(item->path, "r");
	while (file && fgets(line, sizeof line, file)) {
		char *hint = strstr(line, "hint: ");
		if (!hint)
			continue;
		hint[strcspn(hint, "\n")] = '\0';
		char *end = strstr(hint, " */");
		if (end)
			*end = '\0';
		terminal_wrap("Hint: ", hint + strlen("hint: "));
		break;
	}
	if (file)
		fclose(file);
}

void action_hint(const Item *item)
{
	if (item->kind == PART)
		hint_of_part(item);
	else if (item->kind == WARMUP)
		hint_of_warmup(item);
	else
		printf("There is no hint for this one.\n");
	progress_add("hint", item->id, "");
}

bool action_reset(Item *item)
{
	char kept[220];
	if (!check_can_tell(item) && item->kind != STRETCH) {
		printf("There is nothing to reset here.\n");
		return false;
	}
	int number = 1;
	do
		snprintf(kept, sizeof kept, "%s.%d", item->path, number++);
	while (access(kept, F_OK) == 0);
	/* Written aside first: where anything fails, the student's file is as it was. */
	if (check_run("tutorials/learn/original.sh '%s' >'%s.new'", item->path,
	            item->path)) {
		check_run("rm -f '%s.new'", item->path);
		return false;
	}
	if (check_run("cp -p '%s' '%s' && mv '%s.new' '%s'", item->path, kept, item->path,
	            item->path))
		return false;
	progress_add("reset", item->id, kept);
	terminal_say("%s is as it was handed out.\nYour version: %s", item->path, kept);
	return true;
}

bool action_solution(const Item *item)
{
	if (!item->passed) {
		terminal_say("First yours: the reference is shown once this has passed.");
		return false;
	}
	return check_run("COLUMNS=%d tutorials/learn/solution.sh '%s'", terminal_width(),
	               item->path) == 0;
}
