/* learn: leads a student through the chapters. It runs at the root of the project: make
 * learn.
 *
 *     learn                    in a terminal: one item after the other, checked at each
 * save; in a pipe: list
 *     learn list
 *     learn next               what to do next
 *     learn check 02-b         one check; status 0 if it is right, 1 if not
 *     learn hint 02-b          the next hint
 *     learn reset 02-b         the file as it was handed out; what you wrote is kept
 * beside it
 *     learn solution 02-b      the reference beside yours, once it has passed
 *     learn done 02-read       you have read it
 *     learn quiz 02 [before|after]
 *     learn progress
 *     learn quiz-check FILE    says what is wrong with a quiz.txt */
#include "tutorials/learn/actions.h"
#include "tutorials/learn/check.h"
#include "tutorials/learn/course.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/quiz.h"
#include "tutorials/learn/quiz_file.h"
#include "tutorials/learn/show.h"
#include "tutorials/learn/terminal.h"
#include "tutorials/learn/watch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Course course;

static int usage(void)
{
	fprintf(stderr,
	        "usage: make learn, make quiz CH=02, make progress, or\n"
	        "make learn DO=\"check 02-b\": list, next, check ID, hint ID, reset ID,\n"
	        "solution ID, done ID. make learn DO=list shows the ids.\n");
	return 2;
}

static int show_next(void)
{
	Item *next = course_next(&course, 0);
	if (!next) {
		terminal_say("All is done. make progress shows what was gained.");
		return 0;
	}
	printf("\nNext: %s\n", next->id);
	action_show(next);
	return 0;
}

static int check_one(Item *item)
{
	if (!progress_count("opened", item->id))
		progress_add("opened", item->id, "");
	if (!check_can_tell(item)) {
		terminal_say("%s has no check: make learn DO=\"done %s\".", item->id,
		        item->id);
		return 2;
	}
	return check_item(item) ? 0 : 1;
}

/* A command about one item. */
static int of_item(const char *command, const char *id)
{
	Item *item = course_find(&course, id);
	if (!item) {
		fprintf(stderr, "There is no \"%s\". make learn DO=list shows the ids.\n",
		        id);
		return 2;
	}
	if (!strcmp(command, "check"))
		return check_one(item);
	if (!strcmp(command, "reset"))
		return action_reset(item) ? 0 : 1;
	if (!strcmp(command, "solution"))
		return action_solution(item) ? 0 : 1;
	if (!strcmp(command, "hint")) {
		action_hint(item);
		return 0;
	}
	if (!strcmp(command, "done") &&
	        (item->kind == READING || item->kind == STRETCH)) {
		check_done(item);
		printf("%s is done.\n", item->id);
		return 0;
	}
	return usage();
}

static int quiz(const char *chapter, const char *when)
{
	char id[16];
	snprintf(id, sizeof id, "%.2s-before", chapter);
	Item *item = course_find(&course, id);
	if (!item) {
		fprintf(stderr, "Chapter \"%s\" has no quiz.\n", chapter);
		return 2;
	}
	bool before = !strcmp(when, "before"), after = !strcmp(when, "after");
	quiz_ask(item->chapter, before ? QUIZ_FIRST : after ? QUIZ_SECOND : QUIZ_NEXT);
	return 0;
}

static int check_quiz(const char *path)
{
	static Quiz found;
	if (!quiz_read(&found, path))
		return 1;
	if (found.count < 8 || found.count > 10) {
		fprintf(stderr, "%s: %d questions; 8 to 10 are wanted\n", path,
		        found.count);
		return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 3 && !strcmp(command, "quiz-check"))
		return check_quiz(argv[2]);
	if (access("tutorials/chapters.mk", R_OK) != 0) {
		fprintf(stderr, "learn runs at the root of the project: make learn.\n");
		return 2;
	}
	course_read(&course);
	if (argc == 1 && terminal_talks()) {
		watch(&course, NULL);
		return 0;
	}
	if (argc == 1 || !strcmp(command, "list")) {
		show_where();
		show_list(&course);
		return argc == 1 ? show_next() : 0;
	}
	if (!strcmp(command, "next"))
		return show_next();
	if (!strcmp(command, "progress")) {
		show_progress(&course);
		return 0;
	}
	if (argc >= 3 && !strcmp(command, "quiz"))
		return quiz(argv[2], argc > 3 ? argv[3] : "");
	return argc == 3 ? of_item(command, argv[2]) : usage();
}
