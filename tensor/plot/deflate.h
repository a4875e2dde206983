/* deflate.h: bytes made smaller, in the zlib format (RFC 1950) that PNG and HTTP use. */
#ifndef TENSOR_PLOT_DEFLATE_H
#define TENSOR_PLOT_DEFLATE_H

#include "tensor/file/file.h"

/* Any inflate gives `source` back. The result lives in the arena and is never larger than
 * nine eighths of the source and 16 bytes. Runs and repetitions within 32 KiB become
 * references (LZ77); the codes are the fixed ones, a header of two bytes in front, an
 * Adler-32 sum behind. The same source gives the same bytes. */
Bytes deflate_compress(Arena *arena, Bytes source);

#endif
