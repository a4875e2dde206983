/* crc32.h: a checksum, to notice that bytes were changed by accident: every change of up
 * to three bits, every burst of up to 32, of others all but one in 2^32. It is the one of
 * PNG, zip and Python's zlib.crc32. */
#ifndef TENSOR_FILE_CRC32_H
#define TENSOR_FILE_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* The sum of what `sum` is of, followed by these bytes; of nothing it is 0. */
uint32_t crc32_add(uint32_t sum, const void *data, size_t size);

#endif
