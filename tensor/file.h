/* file.h: a whole file in memory.
 *
 * What reads a format works on bytes, never on a FILE: every size it finds can then be checked
 * against the bytes that are there, and a test or a fuzzer can hand it any bytes at all. */
#ifndef TENSOR_FILE_H
#define TENSOR_FILE_H

#include "tensor/arena.h"
#include "tensor/error.h"

typedef struct Bytes {
	const unsigned char *data; /* `size` of them, and one 0 after the last */
	size_t size;
} Bytes;

/* Reads the file into the arena, where it lives until the arena is reset. Pipes are read to their
 * end. Fails where the path cannot be opened or read (a folder cannot), with the reason. */
bool file_read(Bytes *bytes, Arena *arena, const char *path, Error *error);

#endif
