#include "tutorials/learn/watch.h"
#include "tutorials/learn/actions.h"
#include "tutorials/learn/check.h"
#include "tutorials/learn/progress.h"
#include "tutorials/learn/quiz.h"
#include "tutorials/learn/show.h"
#include "tutorials/learn/terminal.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOK_EVERY = 300 }; /* milliseconds between two looks at the file */

/* When a file was written; its size too, since two saves may fall into one second. */
typedef struct Stamp {
	time_t seconds;
	long nanoseconds;
	long long size;
} Stamp;

/* An editor that saves aside and renames leaves a moment without the file: then the stamp
 * is 0. */
static Stamp stamp_of(const char *path)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return (Stamp){ .seconds = 0 };
	return (Stamp){ .seconds = status.st_mtim.tv_sec,
		.nanoseconds = status.st_mtim.tv_nsec,
		.size = (long long)status.st_size };
}

static bool differ(Stamp a, Stamp b)
{
	return a.seconds != b.seconds || a.nanoseconds != b.nanoseconds ||
	       a.size != b.size;
}

static void print_keys(const Item *item)
{
	printf("\n");
	if (item->kind == QUIZ_BEFORE || item->kind == QUIZ_AFTER)
		terminal_wrap("", "Enter: begin. s: skip it. l: list. q: quit.");
	else if (item->kind == READING)
		terminal_wrap("",
		        "r: run the chapter's program. d: I have read it. n: next. "
		        "l: list. q: quit.");
	else if (item->kind == STRETCH)
		terminal_wrap("", "d: I have done it. n: next. l: list. q: quit.");
	else if (item->passed)
		terminal_wrap("",
		        "n: next. s: the reference beside yours. r: check again. "
		        "l: list. q: quit.");
	else
		terminal_wrap("",
		        "Save the file, and it is checked again. h: hint. r: check now. "
		        "n: next. l: list. x: reset. q: quit.");
}

static void open_item(const Item *item)
{
	terminal_clear();
	show_where();
	progress_add("opened", item->id, "");
	action_show(item);
}

static void try_item(Item *item)
{
	printf("\n");
	check_item(item);
	print_keys(item);
}

static void run_program(const Item *item)
{
	terminal_close();
	check_run("${MAKE:-make} --no-print-directory chapter CH=%.2s", item->chapter);
	terminal_open();
}

static void take_quiz(Item *item)
{
	terminal_close();
	if (quiz_ask(item->chapter, item->kind == QUIZ_AFTER ? QUIZ_SECOND : QUIZ_FIRST))
		item->passed = true;
	terminal_open();
}

/* Asks before the student's file is put aside; the fresh one counts as seen. */
static void ask_reset(Item *item, Stamp *seen)
{
	terminal_say("Put %s back as it was handed out? Yours is kept beside it. y or n",
	        item->path);
	int key = 0;
	while (!key)
		key = terminal_key(1000);
	if (key == 'y' || key == 'Y') {
		action_reset(item);
		*seen = stamp_of(item->path);
	} else {
		printf("Nothing was changed.\n");
	}
}

/* What the key asks for; the item to go on with, NULL to end. */
static Item *answer(Course *course, Item *item, Stamp *seen, int key)
{
	bool quiz = item->kind == QUIZ_BEFORE || item->kind == QUIZ_AFTER;
	int place = (int)(item - course->items);
	Item *next = course_next(course, place + 1);
	if (!next)
		next = item;
	switch (key) {
	case -1:
	case 4: /* Ctrl-D */
	case 'q':
		return NULL;
	case 'n':
		return next;
	case 'l':
		show_list(course);
		break;
	case 'h':
		printf("\n");
		action_hint(item);
		break;
	case 'x':
		ask_reset(item, seen);
		break;
	case 's':
		if (quiz)
			return next;
		action_solution(item);
		break;
	case 'd':
		if (item->kind != READING && item->kind != STRETCH)
			return item;
		check_done(item);
		return next;
	case 'r':
		if (item->kind == READING)
			run_program(item);
		else if (check_can_tell(item))
			check_item(item);
		break;
	case '\n':
	case '\r':
		if (!quiz)
			return item;
		take_quiz(item);
		if (item->passed)
			printf("n: next\n");
		break;
	default:
		return item;
	}
	print_keys(item);
	return item;
}

void watch(Course *course, Item *item)
{
	if (!item)
		item = course_next(course, 0);
	if (!item) {
		terminal_say("All is done. make progress shows what was gained.");
		return;
	}
	terminal_open();
	/* Taken before the file is read, and kept while keys are answered: a save at any
	 * moment since then is seen. */
	Stamp seen = { .seconds = 0 };
	for (Item *shown = NULL; item;) {
		if (item != shown) {
			seen = stamp_of(item->path);
			open_item(item);
			if (check_can_tell(item) && item->kind != EXPERIMENT)
				try_item(item);
			else
				print_keys(item);
		}
		shown = item;
		int key = 0;
		while (!key &&
		        (!differ(seen, stamp_of(item->path)) ||
		                !stamp_of(item->path).seconds || !check_can_tell(item)))
			key = terminal_key(LOOK_EVERY);
		if (key) {
			item = answer(course, item, &seen, key);
		} else {
			seen = stamp_of(item->path);
			terminal_clear();
			action_show(item);
			try_item(item);
		}
	}
	terminal_close();
	printf("\n");
	terminal_say("make learn goes on here. make progress shows your times.");
}
