/* fuzz.h: what every fuzzer needs. One file fuzz_NAME.c is one fuzzer, for libFuzzer
 * (clang): it is called with any bytes at all, and whatever they are it must return. Its
 * first inputs lie in tests/fuzz/seeds/NAME. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold for every input. */
#define FUZZ_CHECK(condition)                                                            \
	do {                                                                             \
		if (!(condition)) {                                                      \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,          \
			        __LINE__, #condition);                                   \
			abort();                                                         \
		}                                                                        \
	} while (0)

/* For a reader that wants a path: one file a process, written anew each time. */
static inline const char *fuzz_file(const uint8_t *data, size_t size)
{
	static char path[] = "/tmp/emotionnet-fuzz-XXXXXX";
	static int file = -1;
	if (file < 0) {
		file = mkstemp(path);
		FUZZ_CHECK(file >= 0);
	}
	FUZZ_CHECK(ftruncate(file, 0) == 0);
	FUZZ_CHECK(pwrite(file, data, size, 0) == (ssize_t)size);
	return path;
}

/* When a fuzzer adds a byte to the header of a safetensors file, the length before it is
 * wrong, and the reader stops there. This makes a copy, malloc's, whose length ends the
 * header at the last bracket. NULL where it does so already. */
static inline uint8_t *fuzz_mend_header(const uint8_t *data, size_t size)
{
	size_t end = size;
	while (end > sizeof(uint64_t) && data[end - 1] != '}')
		end--;
	uint64_t length = end - sizeof length;
	if (end <= sizeof length || memcmp(data, &length, sizeof length) == 0)
		return NULL;
	uint8_t *mended = malloc(size);
	FUZZ_CHECK(mended);
	memcpy(mended, data, size);
	memcpy(mended, &length, sizeof length);
	return mended;
}

#endif
