/* fuzz.h: what every fuzzer needs. One file fuzz_NAME.c is one fuzzer, for libFuzzer (clang): it is
 * called with any bytes at all, and whatever they are it must return. Its first inputs lie in
 * tests/fuzz/seeds/NAME. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

#endif
