/* Three bytes are 24 bits, which four signs of 6 bits say; = fills up the last four. */
#include "tensor/file/base64.h"

void base64_print(FILE *out, Bytes bytes)
{
	static const char digits[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes.size; i += 3) {
		size_t left = bytes.size - i;
		unsigned three = (unsigned)bytes.data[i] << 16 |
		                 (left > 1 ? (unsigned)bytes.data[i + 1] << 8 : 0u) |
		                 (left > 2 ? bytes.data[i + 2] : 0u);
		char four[] = { digits[three >> 18], digits[three >> 12 & 63],
			left > 1 ? digits[three >> 6 & 63] : '=',
			left > 2 ? digits[three & 63] : '=' };
		fwrite(four, 1, sizeof four, out);
	}
}
