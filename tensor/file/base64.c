/* Three bytes are 24 bits, which four signs of 6 bits say; = fills up the last four. */
#include "tensor/file/base64.h"

#include <string.h>

static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The signs of the first three bytes of `at`, or of the `left` that there are. */
static void four_signs(char four[4], const unsigned char *at, size_t left)
{
	unsigned three = (unsigned)at[0] << 16 | (left > 1 ? (unsigned)at[1] << 8 : 0u) |
	                 (left > 2 ? at[2] : 0u);
	four[0] = digits[three >> 18];
	four[1] = digits[three >> 12 & 63];
	four[2] = left > 1 ? digits[three >> 6 & 63] : '=';
	four[3] = left > 2 ? digits[three & 63] : '=';
}

bool base64_is_sign(char c)
{
	return memchr(digits, c, sizeof digits - 1) != NULL;
}

void base64_print(FILE *out, Bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i += 3) {
		char four[4];
		four_signs(four, bytes.data + i, bytes.size - i);
		fwrite(four, 1, sizeof four, out);
	}
}

void base64_text(char *out, Bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i += 3, out += 4)
		four_signs(out, bytes.data + i, bytes.size - i);
	*out = '\0';
}
