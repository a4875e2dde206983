/* The results file of a comparison: any bytes are read, or refused with the path; what
 * was read, written and read again, is the same file. */
#include "emotionnet/comparison/file.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

static char *read_file(const char *path, Arena *arena, size_t *size)
{
	FILE *file = fopen(path, "rb");
	FUZZ_CHECK(file && !fseek(file, 0, SEEK_END));
	*size = (size_t)ftell(file);
	rewind(file);
	char *bytes = arena_alloc(arena, *size + 1);
	FUZZ_CHECK(fread(bytes, 1, *size, file) == *size);
	fclose(file);
	return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	const char *path = fuzz_file(data, size);
	static char once[64], twice[64];
	snprintf(once, sizeof once, "%s-1", path);
	snprintf(twice, sizeof twice, "%s-2", path);
	Comparison comparison, again;
	size_t torn, first, second;
	Error error = { "" };
	if (comparison_read(&comparison, arena, path, &torn, &error)) {
		FUZZ_CHECK(torn < size);
		FUZZ_CHECK(comparison_write(&comparison, once, &error));
		FUZZ_CHECK(comparison_read(&again, arena, once, &torn, &error));
		FUZZ_CHECK(torn == 0);
		FUZZ_CHECK(comparison_write(&again, twice, &error));
		const char *a = read_file(once, arena, &first);
		const char *b = read_file(twice, arena, &second);
		FUZZ_CHECK(first == second && !memcmp(a, b, first));
		unlink(once);
		unlink(twice);
	} else {
		FUZZ_CHECK(strstr(error.text, path));
	}
	arena_free(arena);
	return 0;
}
