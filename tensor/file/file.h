/* file.h: whole files, read into an arena and written all or nothing.
 *
 * Everything that the project writes goes through a FileWriter, so that a full disk, a
 * crash or a second process never leaves half a model behind: it writes aside, to
 * PATH.tmp-1 in the same folder (-2 if another writes there), makes sure that the bytes
 * are on the disk, and only then renames over PATH. What a killed process has left there
 * is taken or removed by the next write to PATH. Where PATH is a device or a pipe (/dev/stdout, /dev/full), it
 * is written straight, since there is nothing to rename.
 *
 * Errors are of the world (error.h, kind 2): false, and a message with the path, what was
 * wanted and what the system said. */
#ifndef TENSOR_FILE_FILE_H
#define TENSOR_FILE_FILE_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>
#include <stddef.h>

/* A file in memory. What reads a format works on bytes, never on a FILE: every size it
 * finds can then be checked against the bytes that are there, and a test or a fuzzer
 * can hand it any. */
typedef struct Bytes {
	const unsigned char *data; /* `size` of them, and one 0 after the last */
	size_t size;
} Bytes;

/* A descriptor to read from, which the caller closes; "-" is standard input. -1 and the
 * error if there is no such file, or if it is a folder, a device or a FIFO, which would
 * be waited for without end: only what the shell has opened (/dev/stdin, /dev/fd/N) may
 * be one. */
int file_descriptor(const char *path, Error *error);

/* Reads the file into the arena, where it lives until the arena is reset. Standard input
 * is read to its end, but not beyond FILE_PIPE_LIMIT. Fails where file_descriptor does or
 * the disk does, with the reason; the arena is then as it was. */
enum { FILE_PIPE_LIMIT = 1 << 27 };
bool file_read(Bytes *bytes, Arena *arena, const char *path, Error *error);

/* A file that is being written. Lives in its arena, but holds a descriptor: it must come
 * to file_close or file_abandon. */
typedef struct FileWriter FileWriter;

/* NULL and the error if the folder cannot be written to. Nothing changes at `path`
 * yet. */
FileWriter *file_open(Arena *arena, const char *path, Error *error);

/* Whether file_open would do: what would fail after hours of work is tried before it.
 * NULL: nothing is to be written. */
bool file_can_write(Arena *arena, const char *path, Error *error);

/* Appends; buffered. What fails is remembered and told by file_close, so that a sequence
 * of writes needs one test at its end. */
void file_write(FileWriter *writer, const void *data, size_t size);
void file_print(FileWriter *writer, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* file_close is not to wait for the disk: for what can be made anew. If the power fails,
 * the path may hold part of a file. */
void file_unsynced(FileWriter *writer);

/* Flushes, syncs and renames. False: something failed, now or before; `path` is what it
 * was, and nothing is left beside it. The writer is gone in either case. */
bool file_close(FileWriter *writer, Error *error);

/* Gives up: nothing is left. For errors that the caller found in between. NULL is
 * allowed. */
void file_abandon(FileWriter *writer);

#endif
