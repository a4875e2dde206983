#include "tutorials/learn/progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER ".progress"
#define LOG    FOLDER "/log.tsv"

enum { BREAK = 20 * 60 };

static struct {
	Event *events;
	int count;
	bool read;
} progress_log;

/* Once: many messages would bury the exercise. */
static void cannot_keep(const char *path)
{
	static bool told;
	if (!told)
		fprintf(stderr,
		        "Your progress cannot be kept: %s: %s\nYou can go on, but what "
		        "you pass now will be forgotten.\n",
		        path, strerror(errno));
	told = true;
}

void progress_add(const char *what, const char *item, const char *detail)
{
	progress_log.read = false;
	mkdir(FOLDER, 0777);
	FILE *file = fopen(LOG, "a");
	if (!file) {
		cannot_keep(LOG);
		return;
	}
	fprintf(file, "%lld\t%s\t%s\t%s\n", (long long)time(NULL), what, item, detail);
	if (fclose(file) != 0)
		cannot_keep(LOG);
}

/* False for a line that a full disk or an editor has spoilt. */
static bool read_event(char *line, Event *event)
{
	char *field[4], *rest = line;
	line[strcspn(line, "\r\n")] = '\0';
	for (int i = 0; i < 4; i++) {
		field[i] = rest;
		rest = i < 3 ? strchr(rest, '\t') : rest;
		if (!rest)
			return false;
		if (i < 3)
			*rest++ = '\0';
	}
	*event = (Event){ .when = (time_t)atoll(field[0]) };
	snprintf(event->what, sizeof event->what, "%s", field[1]);
	snprintf(event->item, sizeof event->item, "%s", field[2]);
	snprintf(event->detail, sizeof event->detail, "%s", field[3]);
	return event->when > 0;
}

const Event *progress_events(int *count)
{
	if (!progress_log.read) {
		char line[512];
		int room = 0;
		FILE *file = fopen(LOG, "r");
		free(progress_log.events);
		progress_log.events = NULL;
		progress_log.count = 0;
		while (file && fgets(line, sizeof line, file)) {
			if (progress_log.count == room) {
				room = room ? 2 * room : 256;
				Event *more = realloc(
				        progress_log.events, (size_t)room * sizeof *more);
				if (!more)
					break;
				progress_log.events = more;
			}
			progress_log.count += read_event(
			        line, &progress_log.events[progress_log.count]);
		}
		if (file)
			fclose(file);
		progress_log.read = true;
	}
	*count = progress_log.count;
	return progress_log.events;
}

int progress_count(const char *what, const char *item)
{
	int count, found = 0;
	const Event *events = progress_events(&count);
	for (int i = 0; i < count; i++)
		found += !strcmp(events[i].what, what) && !strcmp(events[i].item, item);
	return found;
}

bool progress_passed(const char *item)
{
	return progress_count("passed", item) > 0;
}

double progress_minutes(const char *item)
{
	int count;
	const Event *events = progress_events(&count);
	bool open = false;
	time_t before = 0, spent = 0;
	for (int i = 0; i < count; i++) {
		bool mine = !strcmp(events[i].item, item);
		time_t gap = events[i].when - before;
		if (open && gap > 0 && gap <= BREAK)
			spent += gap;
		if (mine && !strcmp(events[i].what, "passed"))
			break;
		/* Another item that is opened interrupts this one. */
		if (!strcmp(events[i].what, "opened"))
			open = mine;
		before = events[i].when;
	}
	return (double)spent / 60;
}

/* Makes the folders above the file. */
static void make_folders(char *path)
{
	for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
}

bool progress_keep(const char *path)
{
	char kept[300], aside[310], buffer[4096];
	const char *within = strchr(path, '/'); /* after tutorials/ */
	snprintf(kept, sizeof kept, FOLDER "/passed%s", within ? within : path);
	snprintf(aside, sizeof aside, "%s.new", kept);
	make_folders(kept);
	FILE *in = fopen(path, "rb"), *out = fopen(aside, "wb");
	bool good = in && out;
	for (size_t got; good && (got = fread(buffer, 1, sizeof buffer, in)) > 0;)
		good = fwrite(buffer, 1, got, out) == got;
	if (in)
		fclose(in);
	if (out && fclose(out) != 0)
		good = false;
	if (good && rename(aside, kept) == 0)
		return true;
	cannot_keep(kept);
	remove(aside);
	return false;
}
