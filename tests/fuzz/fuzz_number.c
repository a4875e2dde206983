/* What is taken for a number is the very number that strtod reads. */
#include "tests/fuzz/fuzz.h"
#include "text/number.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	double number, expected;
	if (!number_parse((const char *)data, size, &number))
		return 0;
	char text[NUMBER_LONGEST + 1] = "", *end;
	FUZZ_CHECK(size && size <= NUMBER_LONGEST);
	memcpy(text, data, size);
	expected = strtod(text, &end);
	FUZZ_CHECK(end == text + size);
	FUZZ_CHECK(memcmp(&number, &expected, sizeof number) == 0);
	return 0;
}
