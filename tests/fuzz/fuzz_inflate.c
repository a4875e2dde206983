/* Streams of any bytes are read or refused. The first two bytes say how much should come
 * out; the stream is mended with the sum of what did, so that more than a header is
 * reached. */
#include "tensor/file/inflate.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	Arena *arena = arena_new("fuzz");
	size_t expected = (size_t)data[0] << 8 | data[1];
	unsigned char *out = arena_zeros(arena, expected);
	Error error = { "" };
	Bytes zlib = { .data = arena_copy(arena, data + 2, size - 2), .size = size - 2 };
	if (!inflate_zlib(out, expected, "fuzz", zlib, &error))
		FUZZ_CHECK(!strncmp(error.text, "fuzz: byte ", 11));
	if (size >= 8) {
		uint8_t *mended = arena_copy(arena, data + 2, size - 2);
		uint32_t sum = adler32(out, expected);
		for (int i = 0; i < 4; i++)
			mended[size - 6 + (size_t)i] = (uint8_t)(sum >> (24 - 8 * i));
		zlib.data = mended;
		inflate_zlib(out, expected, "fuzz", zlib, &error);
	}
	arena_free(arena);
	return 0;
}
