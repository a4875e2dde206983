#include "tutorials/learn/show.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/quiz.h"
#include "tutorials/learn/terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The title, cut where the line ends. */
static void print_cut(const char *text, int room)
{
	int length = (int)strlen(text);
	if (length <= room)
		printf("%s\n", text);
	else
		printf("%.*s...\n", room > 3 ? room - 3 : 0, text);
}

static void print_head(const Item *item)
{
	char title[96];
	course_chapter_title(item->chapter, title, sizeof title);
	printf("\n%s%.2s  ", terminal_bold(), item->chapter);
	print_cut(title, terminal_width() - 5);
	printf("%s", terminal_plain());
}

void show_where(void)
{
	if (access("tutorials/handout/list", R_OK) == 0)
		terminal_say(
		        "This is the whole project, with all solutions. To learn, make a "
		        "copy without them: make handout OUT=../course");
}

void show_list(const Course *course)
{
	int passed = 0, all = 0;
	for (int i = 0; i < course->count; i++) {
		const Item *item = &course->items[i];
		if (i == 0 || strcmp(item->chapter, item[-1].chapter) != 0)
			print_head(item);
		printf("  %s[%c]%s %-10s ", item->passed ? terminal_green() : "",
		        item->passed ? 'x' : ' ', item->passed ? terminal_plain() : "",
		        item->id);
		print_cut(item->title, terminal_width() - 17);
		passed += item->passed && !item->optional;
		all += !item->optional;
	}
	printf("\n%d of %d done.\n", passed, all);
}

static void print_quizzes(const char *chapter)
{
	QuizScore before, after;
	quiz_score(chapter, false, &before);
	quiz_score(chapter, true, &after);
	if (!before.answered && !after.answered)
		return;
	printf("  quiz:");
	if (before.answered)
		printf(" before %d of %d", before.right, before.questions);
	if (after.answered)
		printf("%s after %d of %d", before.answered ? "," : "", after.right,
		        after.questions);
	if (before.answered == before.questions && after.answered == after.questions)
		printf(": %+d", after.right - before.right);
	printf("\n");
}

/* The chapter that begins with items[from]; what of it was begun. */
static void print_chapter(const Course *course, int from)
{
	double minutes = 0;
	bool begun = false;
	const char *chapter = course->items[from].chapter;
	for (int i = from; i < course->count; i++) {
		const Item *item = &course->items[i];
		if (strcmp(item->chapter, chapter) != 0)
			break;
		int tried = progress_count("tried", item->id),
		    hints = progress_count("hint", item->id);
		if (!progress_count("opened", item->id) && !item->passed && !tried &&
		        !hints)
			continue;
		if (!begun)
			print_head(item);
		begun = true;
		double spent = progress_minutes(item->id);
		printf("  [%c] %-10s %4.0f min", item->passed ? 'x' : ' ', item->id,
		        spent);
		if (tried)
			printf("  tries %d", tried + item->passed);
		if (hints)
			printf("  hints %d", hints);
		printf("\n");
		minutes += spent;
	}
	if (begun) {
		print_quizzes(chapter);
		printf("  %.0f minutes in all\n", minutes);
	}
}

void show_progress(const Course *course)
{
	int count;
	progress_events(&count);
	if (!count) {
		terminal_say("Nothing has been begun yet. make learn begins.");
		return;
	}
	terminal_say(
	        "Times run from the moment an item is opened until it passes. Breaks "
	        "of more than 20 minutes are left out.");
	for (int i = 0; i < course->count; i++)
		if (i == 0 || strcmp(course->items[i].chapter,
		                      course->items[i - 1].chapter) != 0)
			print_chapter(course, i);
}
