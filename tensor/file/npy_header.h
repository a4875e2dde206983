/* npy_header.h: the header of a .npy file, which is text: a Python dictionary, as
 *
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }
 *
 * It is read as the little language that it is, by a parser that knows where it stands,
 * so that each message can name the byte. Only npy.c needs this. */
#ifndef TENSOR_FILE_NPY_HEADER_H
#define TENSOR_FILE_NPY_HEADER_H

#include "tensor/file/file.h"
#include "tensor/tensor.h"

typedef struct NpyHeader {
	char descr[8]; /* byte order, kind and size of a number: "<f4" */
	bool fortran_order;
	Tensor shape; /* data NULL; the product of its sizes may overflow */
} NpyHeader;

/* Parses bytes begin..end-1, all of them. `name` is the path, for messages. */
bool npy_header_parse(NpyHeader *header, const char *name, Bytes bytes, size_t begin,
        size_t end, Error *error);

#endif
