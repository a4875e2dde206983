/* utf8.h: from bytes to characters, whatever the bytes are.
 *
 * Bytes that are not UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF) become U+FFFD, one for each longest beginning of a character, as Unicode
 * recommends (section 3.9, "maximal subpart") and as browsers and Python do; they are
 * counted, never an error. */
#ifndef TENSOR_UTF8_H
#define TENSOR_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_REPLACEMENT = 0xFFFD };

typedef struct Utf8 {
	uint32_t point; /* the code point; U+FFFD if the bytes are not valid */
	int bytes;      /* how many bytes of the text it takes, 1 to 4 */
	bool valid;
} Utf8;

/* The character at the beginning of `text`, which has at least one byte. */
Utf8 utf8_next(const char *text, size_t size);

/* Writes the code point as 1 to 4 bytes and returns how many; no 0 at the end. What is no
 * code point is written as U+FFFD. */
int utf8_put(char out[4], uint32_t point);

/* Where the first byte stands that is not UTF-8; `size` if all is well. */
size_t utf8_invalid(const char *text, size_t size);

/* What is to be shown to nobody: control characters but for line ends and tabs, those that
 * turn the direction of what follows, and the two that no XML may hold. */
bool utf8_is_control(uint32_t point);

/* Each such byte, and each that is not UTF-8, becomes "?", as ls does. */
void utf8_clean(char *text);

#endif
