/* block_packed.h: for block_layout.c. Blocks of few bits a number, seen as groups of 32
 * numbers x = d q + m, each q a small whole number. */
#ifndef TENSOR_BLOCK_PACKED_H
#define TENSOR_BLOCK_PACKED_H

#include "tensor/block_layout.h"

extern const BlockLayout block_q4_0, block_q4_1, block_q5_0, block_q5_1, block_q8_0,
        block_q4_k, block_q6_k;

#endif
