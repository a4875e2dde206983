/* A file is written under another name first, synced, and then renamed: a crash leaves
 * the old file or the new one, never half of one. */
#define _DARWIN_C_SOURCE /* flock */

#include "tensor/file/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 4096, MOST_LINKS = 40, MOST_WRITERS = 100 };

/* --- reading ------------------------------------------------------------------------ */

/* How much room to begin with: a regular file tells its size, a pipe does not. One byte
 * more, so that a file that has not grown meanwhile is read, and its end seen, without
 * growing the room. */
static size_t first_room(FILE *in)
{
	struct stat status;
	if (fstat(fileno(in), &status) || !S_ISREG(status.st_mode) || status.st_size <= 0)
		return FIRST_READ;
	return (size_t)status.st_size + 1;
}

static bool no_memory(Error *error, const char *path, size_t room)
{
	return error_set(
	        error, "%s: out of memory: %zu bytes to read it into", path, room);
}

static bool read_all(Bytes *bytes, Arena *arena, FILE *in, const char *path, Error *error)
{
	size_t room = first_room(in), size = 0;
	unsigned char *data = arena_try_alloc(arena, room + 1);
	for (;;) {
		if (!data)
			return no_memory(error, path, room);
		size += fread(data + size, 1, room - size, in);
		if (ferror(in))
			return error_set(error, "%s: byte %zu: cannot be read: %s", path,
			        size, strerror(errno));
		if (size < room)
			break;
		if (room >= FILE_PIPE_LIMIT)
			return error_set(error,
			        "%s: goes on after %zu bytes: expected a file with an end",
			        path, size);
		room *= 2;
		unsigned char *larger = arena_try_alloc(arena, room + 1);
		if (larger)
			memcpy(larger, data, size);
		data = larger;
	}
	data[size] = 0;
	*bytes = (Bytes){ .data = data, .size = size };
	return true;
}

/* What the shell has opened already, as in <(command): reading it waits for nobody
 * else. */
static bool is_descriptor(const char *path)
{
	return !strcmp(path, "/dev/stdin") || !strncmp(path, "/dev/fd/", 8) ||
	       !strncmp(path, "/proc/self/fd/", 14);
}

/* Without waiting: opening a FIFO that nobody writes to would. */
int file_descriptor(const char *path, Error *error)
{
	bool standard = !strcmp(path, "-");
	int file = standard ? dup(STDIN_FILENO)
	                    : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat status;
	if (file < 0 || fstat(file, &status)) {
		error_set(error, "%s: cannot be opened: %s", path, strerror(errno));
		if (file >= 0)
			close(file);
		return -1;
	}
	if (standard && (fcntl(file, F_GETFL) & O_ACCMODE) == O_WRONLY) {
		close(file);
		error_set(error, "%s: standard input is closed", path);
		return -1;
	}
	if (S_ISREG(status.st_mode))
		return file;
	const char *found = S_ISDIR(status.st_mode)    ? "a folder"
	                    : S_ISFIFO(status.st_mode) ? "a FIFO"
	                                               : "a device";
	if (!S_ISDIR(status.st_mode) && (standard || is_descriptor(path))) {
		if (!standard)
			fcntl(file, F_SETFL, 0); /* from here on it may wait */
		return file;
	}
	close(file);
	error_set(error,
	        "%s: expected a file, found %s. Hint: \"-\" reads standard input.", path,
	        found);
	return -1;
}

bool file_read(Bytes *bytes, Arena *arena, const char *path, Error *error)
{
	int file = file_descriptor(path, error);
	FILE *in = file < 0 ? NULL : fdopen(file, "rb");
	if (!in) {
		if (file >= 0)
			close(file);
		return file < 0 ? false : error_set(error, "%s: out of memory", path);
	}
	ArenaMark mark = arena_mark(arena);
	bool done = read_all(bytes, arena, in, path, error);
	if (!done)
		arena_rewind(arena, mark);
	fclose(in);
	return done;
}

/* --- writing ------------------------------------------------------------------------ */

struct FileWriter {
	FILE *out;
	const char *path;   /* as the caller wrote it, for messages */
	const char *target; /* what to rename to: `path` with symbolic links followed */
	const char *aside;  /* NULL: written straight */
	int lock;           /* held as long as the file stands aside; -1: none */
	int failure;        /* the first errno, or 0 */
	bool unsynced;
};

static bool same_file(const struct stat *a, int descriptor)
{
	struct stat b;
	return !fstat(descriptor, &b) && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

/* A device, a pipe, or this very process's output, which the shell may have sent to a
 * file: renaming over that would part the name from what is still being written there. */
static bool is_written_straight(const struct stat *status)
{
	return !S_ISREG(status->st_mode) || same_file(status, STDOUT_FILENO) ||
	       same_file(status, STDERR_FILENO);
}

/* Where symbolic links lead, whether a file is there already or not. */
static const char *follow_links(Arena *arena, const char *path)
{
	char *to = arena_alloc(arena, PATH_MAX);
	for (int links = 0; links < MOST_LINKS; links++) {
		ssize_t size = readlink(path, to, PATH_MAX - 1);
		if (size < 0)
			break;
		to[size] = '\0';
		const char *slash = strrchr(path, '/');
		int folder = slash && *to != '/' ? (int)(slash - path) + 1 : 0;
		path = arena_format(arena, "%.*s%s", folder, path, to);
	}
	return path;
}

/* The file of this name with its lock, which nobody else renames or removes as long as we
 * hold it. -1: it cannot be opened, or another process writes to it. */
static int take(const char *path, int flags, mode_t mode)
{
	int file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags, mode);
	struct stat named;
	if (file < 0)
		return -1;
	if ((!flock(file, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK) &&
	        !lstat(path, &named) && same_file(&named, file))
		return file;
	close(file);
	errno = EAGAIN;
	return -1;
}

/* A new file beside the target. What a killed process has left there has no lock: the
 * next write takes it, or removes it, without having to list the folder. */
static int open_aside(Arena *arena, FileWriter *writer, mode_t mode)
{
	int file = -1;
	for (int i = 1; i <= MOST_WRITERS && file < 0; i++) {
		/* all memory first: where there is none, no file is left */
		const char *next =
		        arena_format(arena, "%s.tmp-%d", writer->target, i + 1);
		writer->aside = arena_format(arena, "%s.tmp-%d", writer->target, i);
		file = take(writer->aside, O_CREAT, mode);
		if (file < 0 && errno != EAGAIN && errno != EACCES && errno != ELOOP)
			return -1;
		int left = file < 0 ? -1 : take(next, 0, 0);
		if (left >= 0)
			unlink(next);
		if (left >= 0)
			close(left);
	}
	if (file < 0 || !ftruncate(file, 0))
		return file;
	close(file);
	return -1;
}

static void remove_aside(const FileWriter *writer)
{
	if (writer->aside)
		unlink(writer->aside);
	if (writer->lock >= 0)
		close(writer->lock);
}

FileWriter *file_open(Arena *arena, const char *path, Error *error)
{
	FileWriter *writer = ARENA_NEW(arena, FileWriter);
	*writer = (FileWriter){ .path = arena_string(arena, path), .lock = -1 };
	if (!*path) {
		error_set(error, "expected the name of a file, found nothing");
		return NULL;
	}
	struct stat status;
	bool exists = !stat(path, &status);
	int descriptor;
	if (exists && is_written_straight(&status)) {
		/* a FIFO that nobody reads fails, rather than wait */
		descriptor = open(path, O_WRONLY | O_APPEND | O_NONBLOCK);
		if (descriptor >= 0)
			fcntl(descriptor, F_SETFL, O_APPEND);
	} else {
		writer->target = follow_links(arena, writer->path);
		descriptor = open_aside(arena, writer, exists ? status.st_mode : 0666);
		writer->lock = descriptor < 0 ? -1 : dup(descriptor);
	}
	if (descriptor >= 0)
		writer->out = fdopen(descriptor, "wb");
	if (writer->out)
		return writer;
	error_set(error, "%s: cannot be opened for writing: %s", path, strerror(errno));
	if (descriptor >= 0) {
		close(descriptor);
		remove_aside(writer);
	}
	return NULL;
}

static void fail(FileWriter *writer)
{
	if (!writer->failure)
		writer->failure = errno ? errno : EIO;
}

void file_write(FileWriter *writer, const void *data, size_t size)
{
	if (!writer->failure && fwrite(data, 1, size, writer->out) != size)
		fail(writer);
}

void file_print(FileWriter *writer, const char *format, ...)
{
	if (writer->failure)
		return;
	va_list arguments;
	va_start(arguments, format);
	if (vfprintf(writer->out, format, arguments) < 0)
		fail(writer);
	va_end(arguments);
}

void file_unsynced(FileWriter *writer)
{
	writer->unsynced = true;
}

/* The order matters: only bytes that have reached the disk may take the name. */
bool file_close(FileWriter *writer, Error *error)
{
	if (!writer->failure && fflush(writer->out))
		fail(writer);
	if (!writer->failure && writer->aside && !writer->unsynced &&
	        fsync(fileno(writer->out)))
		fail(writer);
	if (fclose(writer->out))
		fail(writer);
	if (!writer->failure && writer->aside && rename(writer->aside, writer->target))
		fail(writer);
	if (!writer->failure)
		writer->aside = NULL;
	remove_aside(writer);
	return !writer->failure || error_set(error, "%s: cannot be written: %s",
	                                   writer->path, strerror(writer->failure));
}

void file_abandon(FileWriter *writer)
{
	if (!writer)
		return;
	fclose(writer->out);
	remove_aside(writer);
}

bool file_can_write(Arena *arena, const char *path, Error *error)
{
	struct stat status;
	if (!path || (!stat(path, &status) && !S_ISDIR(status.st_mode) &&
	                     is_written_straight(&status)))
		return true; /* a reader at the other end would take it for the end */
	FileWriter *writer = file_open(arena, path, error);
	file_abandon(writer);
	return writer != NULL;
}
