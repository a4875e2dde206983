/* Arrays of any bytes are read or refused; what is read is no more than the bytes can
 * hold. */
#include "tensor/file/npy.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	Tensor x = { .ndim = -1 };
	Error error = { "" };
	Bytes bytes = { .data = arena_copy(arena, data, size), .size = size };
	if (npy_parse(&x, arena, "fuzz.npy", bytes, &error)) {
		FUZZ_CHECK(x.ndim >= 0 && x.ndim <= TENSOR_MAX_DIMS);
		FUZZ_CHECK(tensor_count(x) <= size);
	} else {
		FUZZ_CHECK(!strncmp(error.text, "fuzz.npy: ", 10));
	}
	arena_free(arena);
	return 0;
}
