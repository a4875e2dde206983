/* lines.c: a FIFO without a writer reads as ended, and another may come: so it is asked again. */
#include "emotionnet/live/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Lines {
	int file;
	char buffer[LINES_MOST + 1];
	size_t held,
	        given;  /* given: bytes of the line that was told last, with its end */
	bool long_line; /* its rest is passed over */
};

Lines *lines_open(Arena *arena, const char *path, Error *error)
{
	Lines *lines = ARENA_NEW(arena, Lines);
	struct stat what;
	lines->file = open(path, O_RDONLY | O_NONBLOCK);
	if (lines->file < 0)
		return error_set(error, "%s: %s", path, strerror(errno)), NULL;
	if (fstat(lines->file, &what) || !S_ISDIR(what.st_mode))
		return lines;
	error_set(error, "%s: expected lines of text, found a folder", path);
	lines_close(lines);
	return NULL;
}

void lines_close(Lines *lines)
{
	if (lines)
		close(lines->file);
}

/* Drops the line that was told, and reads what there is room for. */
static void fill(Lines *lines)
{
	lines->held -= lines->given;
	memmove(lines->buffer, lines->buffer + lines->given, lines->held);
	lines->given = 0;
	ssize_t got =
	        read(lines->file, lines->buffer + lines->held, LINES_MOST - lines->held);
	if (got > 0)
		lines->held += (size_t)got;
	else if (got == 0 && lines->held) /* the end is the end of a line too */
		lines->buffer[lines->held++] = '\n';
}

const char *lines_next(Lines *lines)
{
	fill(lines);
	char *end = memchr(lines->buffer, '\n', lines->held);
	bool rest = lines->long_line;
	if (!end && lines->held < LINES_MOST)
		return NULL;
	lines->long_line = !end;
	lines->given = end ? (size_t)(end - lines->buffer) + 1 : lines->held;
	size_t size = end ? (size_t)(end - lines->buffer) : lines->held;
	if (size && lines->buffer[size - 1] == '\r')
		size--;
	lines->buffer[size] = '\0';
	return size && !rest ? lines->buffer : NULL;
}
