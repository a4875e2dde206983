/* A pattern and a path, a line each: where the pattern is one and the path fits, the parts
 * and what stands between them are the path again. */
#include "emotionnet/import/pattern.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	char *text = arena_alloc(arena, size + 1);
	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	char *path = text + strcspn(text, "\n");
	if (*path)
		*path++ = '\0';
	Pattern pattern;
	Error error;
	const char *value[PATTERN_MOST];
	if (pattern_read(&pattern, arena, text, &error) &&
	        pattern_match(&pattern, arena, path, value, &error)) {
		const char *again = pattern.before;
		for (int i = 0; i < pattern.count; i++) {
			FUZZ_CHECK(*value[i] && !strchr(value[i], '/'));
			again = arena_format(
			        arena, "%s%s%s", again, value[i], pattern.after[i]);
		}
		FUZZ_CHECK(!strcmp(again, path));
	}
	arena_free(arena);
	return 0;
}
