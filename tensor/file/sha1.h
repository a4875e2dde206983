/* sha1.h: the SHA-1 of some bytes (FIPS 180-4), which the handshake of a WebSocket asks for.
 *
 * Two files with one SHA-1 can be made on purpose since 2017 (Stevens et al.): it says
 * nothing of who wrote a text, and nothing else here may rest on it. */
#ifndef TENSOR_FILE_SHA1_H
#define TENSOR_FILE_SHA1_H

#include <stddef.h>

enum { SHA1_SIZE = 20 };

void sha1(unsigned char digest[SHA1_SIZE], const void *bytes, size_t size);

#endif
