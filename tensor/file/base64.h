/* base64.h: bytes as text (RFC 4648), for pictures within SVG and HTML. */
#ifndef TENSOR_FILE_BASE64_H
#define TENSOR_FILE_BASE64_H

#include "tensor/file/file.h"

#include <stdio.h>

bool base64_is_sign(char c); /* one of the 64; '=' is none */

/* Without line ends, padded with '='. */
void base64_print(FILE *out, Bytes bytes);

/* The same into `out`, with a 0 at its end. */
#define BASE64_ROOM(size) (((size) + 2) / 3 * 4 + 1)
void base64_text(char *out, Bytes bytes);

#endif
