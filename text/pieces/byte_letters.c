/* 256 + k for the k-th byte that does not print: 0 to 32, 127 to 160, 173. */
#include "text/pieces/byte_letters.h"
#include "tensor/utf8.h"

enum { HIDDEN = 68 };

uint32_t byte_letter(unsigned char byte)
{
	if (byte <= 32)
		return 256u + byte;
	if (byte >= 127 && byte <= 160)
		return 256u + 33 + (byte - 127u);
	return byte == 173 ? 256u + HIDDEN - 1 : byte;
}

int byte_of_letter(uint32_t point)
{
	if (point >= 256 + HIDDEN)
		return -1;
	if (point < 256)
		return byte_letter((unsigned char)point) == point ? (int)point : -1;
	int hidden = (int)point - 256;
	return hidden <= 32 ? hidden : hidden < HIDDEN - 1 ? hidden - 33 + 127 : 173;
}

void byte_letters(char *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		out += utf8_put(out, byte_letter((unsigned char)text[i]));
	*out = '\0';
}
