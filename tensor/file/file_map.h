/* file_map.h: a file of any size in memory without reading it first.
 *
 * The pages come from the disk when they are touched (mmap), so a file larger than the
 * memory will do, and what is passed over costs little. Nobody may shorten the file
 * meanwhile (one that a FileWriter replaces stays as it was). */
#ifndef TENSOR_FILE_FILE_MAP_H
#define TENSOR_FILE_FILE_MAP_H

#include "tensor/file/file.h"

/* The bytes of the file, with no 0 after the last. False where the path cannot be opened
 * or is no regular file. They must be given back. */
bool file_map(Bytes *bytes, const char *path, Error *error);
void file_unmap(Bytes bytes);

/* As file_read, but a regular file is mapped unless it is small: what is not touched is not read. The bytes
 * live until the arena is reset, and may be written to: the file does not change by
 * it. No 0 follows the last. */
bool file_view(Bytes *bytes, Arena *arena, const char *path, Error *error);

#endif
