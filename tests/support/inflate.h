/* inflate.h: what the library compressed, read back by it; what is wrong fails the test.
 * That inflate_zlib and png_decode read what others wrote, their own tests show. */
#ifndef TESTS_INFLATE_H
#define TESTS_INFLATE_H

#include "tensor/file/file.h"
#include "tensor/plot/picture.h"

Bytes inflate(Arena *arena, Bytes zlib, size_t expected);
Picture inflate_png(Arena *arena, Bytes file);

#endif
