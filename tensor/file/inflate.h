/* inflate.h: what was made smaller by deflate, as it was: the zlib format (RFC 1950, 1951) of
 * PNG and HTTP. */
#ifndef TENSOR_FILE_INFLATE_H
#define TENSOR_FILE_INFLATE_H

#include "tensor/file/file.h"

#include <stdint.h>

/* Fills out[0..size-1] with what the whole of `zlib` holds. The caller knows the size, so
 * that a small file can never ask for much memory; deflate makes nothing smaller than by
 * INFLATE_MOST times. Fails where the stream holds more or less, ends too early, goes on
 * behind its end, or has a code that there is not, and where its Adler-32 sum is not that of
 * what came out; `name` stands for the file in the message. */
enum { INFLATE_MOST = 1032 };
bool inflate_zlib(
        unsigned char *out, size_t size, const char *name, Bytes zlib, Error *error);

/* The sum behind a zlib stream. */
uint32_t adler32(const void *data, size_t size);

#endif
