/* transpose.h: matrices copied and added whichever way they lie in memory. */
#ifndef TENSOR_TRANSPOSE_H
#define TENSOR_TRANSPOSE_H

#include "tensor/matrix.h"

/* out = a, and out += a: of the same size, out with column_stride 1. A transposed `a` is
 * turned over in blocks, in registers: element by element, nearly each one would come
 * from another cache line. Stops if the sizes differ. */
void matrix_copy_at(Site site, Matrix out, Matrix a);
void matrix_add_at(Site site, Matrix out, Matrix a);
#define matrix_copy(...) matrix_copy_at(HERE, __VA_ARGS__)
#define matrix_add(...)  matrix_add_at(HERE, __VA_ARGS__)

#endif
