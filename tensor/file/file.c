/* A file is written under another name first, synced, and then renamed: a crash leaves
 * the old file or the new one, never half of one. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "tensor/file/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 4096 };

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
	int failure;        /* the first errno, or 0 */
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

static const char *follow_links(Arena *arena, const char *path)
{
	char *followed = arena_alloc(arena, PATH_MAX);
	return realpath(path, followed) ? followed : path;
}

/* In which folder a path lies, with its last slash. */
static const char *folder_of(Arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? arena_format(arena, "%.*s", (int)(slash - path) + 1, path) : "./";
}

/* Whether a file of this name was written aside for a path that begins so, by a
 * process that is no more. */
static bool is_left_over(const char *name, const char *begins)
{
	size_t length = strlen(begins);
	if (strncmp(name, begins, length))
		return false;
	char *end;
	long process = strtol(name + length, &end, 10);
	return process > 0 && !*end && kill((pid_t)process, 0) && errno == ESRCH;
}

void file_sweep(Arena *arena, const char *path)
{
	const char *target = follow_links(arena, path);
	const char *folder = folder_of(arena, target), *slash = strrchr(target, '/');
	const char *begins = arena_format(arena, "%s.tmp-", slash ? slash + 1 : target);
	DIR *entries = opendir(folder);
	if (!entries)
		return;
	for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
		if (is_left_over(entry->d_name, begins))
			unlinkat(dirfd(entries), entry->d_name, 0);
	closedir(entries);
}

/* A new file beside the target. One of that name can only be left from a process that
 * is no more. */
static int open_aside(const char *aside, mode_t mode)
{
	unlink(aside);
	return open(aside, O_WRONLY | O_CREAT | O_EXCL, mode);
}

FileWriter *file_open(Arena *arena, const char *path, Error *error)
{
	FileWriter *writer = ARENA_NEW(arena, FileWriter);
	writer->path = arena_string(arena, path);
	struct stat status;
	bool exists = !stat(path, &status);
	int descriptor;
	if (exists && is_written_straight(&status)) {
		descriptor = open(path, O_WRONLY | O_APPEND);
	} else {
		writer->target = follow_links(arena, writer->path);
		writer->aside =
		        arena_format(arena, "%s.tmp-%ld", writer->target, (long)getpid());
		descriptor = open_aside(writer->aside, exists ? status.st_mode : 0666);
	}
	if (descriptor >= 0)
		writer->out = fdopen(descriptor, "wb");
	if (writer->out)
		return writer;
	error_set(error, "%s: cannot be opened for writing: %s", path, strerror(errno));
	if (descriptor >= 0) {
		close(descriptor);
		if (writer->aside)
			unlink(writer->aside);
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

/* The order matters: only bytes that have reached the disk may take the name. */
bool file_close(FileWriter *writer, Error *error)
{
	if (!writer->failure && fflush(writer->out))
		fail(writer);
	if (!writer->failure && writer->aside && fsync(fileno(writer->out)))
		fail(writer);
	if (fclose(writer->out))
		fail(writer);
	if (!writer->failure && writer->aside && rename(writer->aside, writer->target))
		fail(writer);
	if (!writer->failure)
		return true;
	if (writer->aside)
		unlink(writer->aside);
	return error_set(error, "%s: cannot be written: %s", writer->path,
	        strerror(writer->failure));
}

void file_abandon(FileWriter *writer)
{
	if (!writer)
		return;
	fclose(writer->out);
	if (writer->aside)
		unlink(writer->aside);
}
