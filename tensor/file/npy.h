/* npy.h: tensors in NumPy's file format, to pass numbers to Python and back:
 *
 *     x = numpy.load("x.npy")                     numpy.save("y.npy", y)
 *
 * Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html. */
#ifndef TENSOR_FILE_NPY_H
#define TENSOR_FILE_NPY_H

#include "tensor/file/file.h"
#include "tensor/tensor.h"

/* Reads versions 1 to 3; little-endian floats of 4 and 8 bytes, integers of 1, 2, 4 and 8
 * bytes with and without sign, and booleans, each rounded to real (as floats, whole
 * numbers are exact up to 2^24). Arrays in Fortran order, of other types, or of more than
 * TENSOR_MAX_DIMS dimensions are refused, with a hint of what to do in Python; so is
 * every file that is not exactly as long as its header says. The tensor lives in the
 * arena; on failure the arena is as it was. */
bool npy_read(Tensor *out, Arena *arena, const char *path, Error *error);

/* The same of bytes in memory; `name` stands for the path in messages. */
bool npy_parse(Tensor *out, Arena *arena, const char *name, Bytes bytes, Error *error);

/* Writes version 1.0, '<f4' or '<f8' as real is. All or nothing: see file.h. */
bool npy_write(const char *path, Tensor x, Error *error);

#endif
