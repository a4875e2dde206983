/* file.h: whole files, read into an arena and written all or nothing.
 *
 * Everything that the project writes goes through a FileWriter, so that a full disk, a crash or a
 * second process never leaves half a model behind: it writes aside, to PATH.tmp-PID in the same
 * folder, makes sure that the bytes are on the disk, and only then renames over PATH. Where PATH
 * is a device or a pipe (/dev/stdout, /dev/full), it is written straight, since there is nothing to
 * rename.
 *
 * Errors are of the world (error.h, kind 2): false, and a message with the path, what was wanted and
 * what the system said. */
#ifndef TENSOR_FILE_H
#define TENSOR_FILE_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A file in memory. data[size] is a zero byte, so that a text file is also a C string. */
typedef struct FileBytes {
	unsigned char *data; /* lives as long as the arena's memory */
	size_t size;
} FileBytes;

/* Reads all of `path`. Refuses a folder, and a file of more than `limit` bytes (which goes for a pipe
 * as well, whose size nobody knows before). On failure the arena is as it was. */
bool file_read(
        FileBytes *out, Arena *arena, const char *path, size_t limit, Error *error);

/* A file that is being written. Lives in its arena, but holds a descriptor: it must come to
 * file_close or file_abandon. */
typedef struct FileWriter FileWriter;

/* NULL and the error if the folder cannot be written to. Nothing changes at `path` yet. */
FileWriter *file_open(Arena *arena, const char *path, Error *error);

/* Appends; buffered. What fails is remembered and told by file_close, so that a sequence of
 * writes needs one test at its end. */
void file_write(FileWriter *writer, const void *data, size_t size);
void file_print(FileWriter *writer, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* Flushes, syncs and renames. False: something failed, now or before; `path` is what it was, and
 * nothing is left beside it. The writer is gone in either case. */
bool file_close(FileWriter *writer, Error *error);

/* Gives up: nothing is left. For errors that the caller found in between. NULL is allowed. */
void file_abandon(FileWriter *writer);

#endif
