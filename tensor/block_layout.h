/* block_layout.h: how files of weights hold numbers: as they are, or in blocks of a few
 * bits a number with a scale for each block, as ggml defines them
 * (https://github.com/ggml-org/ggml, ggml-common.h). */
#ifndef TENSOR_BLOCK_LAYOUT_H
#define TENSOR_BLOCK_LAYOUT_H

#include "tensor/real.h"

#include <stddef.h>

typedef struct BlockLayout {
	const char *name; /* "Q4_1" */
	unsigned code;    /* what GGUF calls it */
	int numbers;      /* of a block: a row has whole blocks */
	int bytes;        /* of a block */
	/* `count` blocks, wherever they lie, to count * numbers numbers. Each is a float,
	 * computed in floats, with the bits of ggml's own reference. */
	void (*unpack)(real *out, const unsigned char *blocks, size_t count);
	/* y_r = x times row r of `rows`, each of count blocks, which are not unpacked:
	 * block_packed.c has the order of the sums. `sums` are block_sums of x. NULL where
	 * numbers are held as they are. */
	void (*dot)(real *y, int rows, const real *x, const real *sums,
	        const unsigned char *blocks, size_t count);
} BlockLayout;

/* sums[g] = real_sum of x's numbers 32g..32g+31; count is a multiple of 32. */
enum { BLOCK_GROUP = 32 };
void block_sums(real *sums, const real *x, size_t count);

/* F32 F16 BF16 Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q4_K Q6_K. NULL: none of them. */
const BlockLayout *block_layout_find(unsigned code);

/* What GGUF calls a code, also one that this library does not read; else "unknown": for
 * messages. */
const char *block_layout_name(unsigned code);

#endif
