/* half.c: rows of numbers, one after the other, as files of weights hold them. */
#include "tensor/half.h"

void reals_of_f32(real *out, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		float x;
		memcpy(&x, bytes + sizeof x * i, sizeof x);
		out[i] = (real)x;
	}
}

void reals_of_f16(real *out, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (real)float_of_f16(bytes + 2 * i);
}

void reals_of_bf16(real *out, const unsigned char *bytes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (real)float_of_bf16(bytes + 2 * i);
}
