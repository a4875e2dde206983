#include "tutorials/learn/course.h"
#include "tutorials/learn/progress.h"

#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool exists(const char *path)
{
	FILE *file = fopen(path, "r");
	if (file)
		fclose(file);
	return file != NULL;
}

/* The rest of the first line that begins with `head`, after blanks, up to a full stop or
 * a line's end; false if no line does. `lines` is how many are looked at. */
static bool line_after(
        const char *path, const char *head, int lines, char *rest, size_t size)
{
	char line[512];
	bool found = false;
	FILE *file = fopen(path, "r");
	for (int i = 0; file && !found && i < lines && fgets(line, sizeof line, file);
	        i++) {
		const char *text = line + strspn(line, "/* #");
		if (strncmp(text, head, strlen(head)) != 0)
			continue;
		text += strlen(head);
		text += strspn(text, "0123456789");
		text += strspn(text, ": ");
		const char *stop = strstr(text, ". ");
		size_t length = stop ? (size_t)(stop - text) : strcspn(text, "\r\n");
		while (length && strchr(". ", text[length - 1]))
			length--;
		snprintf(rest, size, "%.*s", (int)length, text);
		found = length > 0;
	}
	if (file)
		fclose(file);
	return found;
}

void course_chapter_title(const char *chapter, char *title, int size)
{
	char path[192];
	snprintf(path, sizeof path, "tutorials/%s/chapter.md", chapter);
	if (!line_after(path, "", 1, title, (size_t)size))
		snprintf(title, (size_t)size, "%s", chapter);
}

/* Reads lines until one contains `part`; false if none does. */
static bool find_line(const char *path, const char *part, char *line, int size)
{
	bool found = false;
	FILE *file = fopen(path, "r");
	while (file && !found && fgets(line, size, file))
		found = strstr(line, part) != NULL;
	if (file)
		fclose(file);
	return found;
}

void course_reading_time(const char *chapter, char *text, int size)
{
	char mark[96], line[1024];
	snprintf(mark, sizeof mark, "<!--time: %s-->", chapter);
	text[0] = '\0';
	if (!find_line("tutorials/README.md", mark, line, sizeof line))
		return;
	const char *time = strstr(line, mark) + strlen(mark);
	snprintf(text, (size_t)size, "%.*s", (int)strcspn(time, "<"), time);
}

bool course_has_sound(const char *chapter)
{
	char path[192], line[1024];
	snprintf(path, sizeof path, "tutorials/%s/chapter.c", chapter);
	return find_line(path, "lesson_sound(", line, sizeof line);
}

/* Adds the item if its file is in the chapter's folder. `head` opens the line with its
 * title. */
static void add(Course *course, ItemKind kind, const char *chapter, const char *name,
        const char *file, const char *head, const char *title)
{
	Item item = { .kind = kind, .optional = kind == STRETCH };
	snprintf(item.chapter, sizeof item.chapter, "%s", chapter);
	snprintf(item.id, sizeof item.id, "%.2s-%s", chapter, name);
	snprintf(item.path, sizeof item.path, "tutorials/%s/%s", chapter, file);
	if (course->count == MOST_ITEMS || !exists(item.path))
		return;
	if (!head || !line_after(item.path, head, 12, item.title, sizeof item.title))
		snprintf(item.title, sizeof item.title, "%s", title);
	item.passed = progress_passed(item.id);
	course->items[course->count++] = item;
}

static void add_warmups(Course *course, const char *chapter)
{
	char pattern[192];
	glob_t found;
	snprintf(pattern, sizeof pattern, "tutorials/%s/warmups/[1-9]-*.c", chapter);
	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *name = strrchr(found.gl_pathv[i], '/') + 1;
			add(course, WARMUP, chapter, (char[]){ 'a', name[0], '\0' },
			        strstr(found.gl_pathv[i], "warmups/"), "Warm-up ", name);
		}
	globfree(&found);
}

static void add_chapter(Course *course, const char *chapter)
{
	add(course, QUIZ_BEFORE, chapter, "before", "quiz.txt", NULL,
	        "quiz: what you know before you read");
	add(course, READING, chapter, "read", "chapter.md", NULL,
	        "read the chapter, run its program");
	add_warmups(course, chapter);
	add(course, PART, chapter, "b", "exercise.c", "Exercise ", "the exercise");
	add(course, EXPERIMENT, chapter, "c", "experiment.md", "Experiment ",
	        "the experiment");
	add(course, QUIZ_AFTER, chapter, "after", "quiz.txt", NULL,
	        "quiz: the same questions, with replies");
	add(course, STRETCH, chapter, "d", "stretch.md", "Stretch ", "the stretch");
}

void course_read(Course *course)
{
	glob_t found;
	course->count = 0;
	if (glob("tutorials/[0-9][0-9]-*/chapter.md", 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			char chapter[48];
			const char *name = found.gl_pathv[i] + strlen("tutorials/");
			snprintf(chapter, sizeof chapter, "%.*s", (int)strcspn(name, "/"),
			        name);
			add_chapter(course, chapter);
		}
	globfree(&found);
}

/* "2b", "02 B" and "02-b" as "02b". */
static void plain_id(const char *id, char plain[16])
{
	int used = 0;
	if (isdigit((unsigned char)id[0]) && !isdigit((unsigned char)id[1]))
		plain[used++] = '0';
	for (; *id && used < 15; id++)
		if (isalnum((unsigned char)*id))
			plain[used++] = (char)tolower((unsigned char)*id);
	plain[used] = '\0';
}

Item *course_find(Course *course, const char *id)
{
	char wanted[16], there[16];
	plain_id(id, wanted);
	for (int i = 0; i < course->count; i++) {
		plain_id(course->items[i].id, there);
		if (!strcmp(there, wanted))
			return &course->items[i];
	}
	return NULL;
}

Item *course_next(Course *course, int from)
{
	for (int i = 0; i < course->count; i++) {
		Item *item = &course->items[(from + i) % course->count];
		if (!item->passed && !item->optional)
			return item;
	}
	return NULL;
}
