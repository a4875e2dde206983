/* word_times.c: reads start-end pairs, one a word. */
#include "emotionnet/corpus/word_times.h"
#include "text/number.h"

#include <string.h>

/* "0.10-0.35", `size` bytes. */
static bool parse_one(const char *text, size_t size, WordTime *time)
{
	const char *dash = memchr(text, '-', size);
	if (!dash)
		return false;
	size_t left = (size_t)(dash - text);
	return number_parse(text, left, &time->start) &&
	       number_parse(dash + 1, size - left - 1, &time->end) && time->start >= 0 &&
	       time->start <= time->end;
}

WordTime *word_times_parse(Arena *arena, const char *column, int words, Error *error)
{
	WordTime *times = ARENA_ARRAY(arena, WordTime, (size_t)words);
	int found = 0;
	for (const char *at = column + strspn(column, " "); *at; found++) {
		size_t size = strcspn(at, " ");
		WordTime time;
		if (!parse_one(at, size, &time)) {
			error_set(error,
			        "word_times: expected start-end in seconds such as 0.10-0.35, found \"%.*s\"",
			        size < 40 ? (int)size : 40, at);
			return NULL;
		}
		if (found < words)
			times[found] = time;
		at += size + strspn(at + size, " ");
	}
	if (found != words) {
		error_set(error,
		        "word_times: expected %d, one for each word of the text, found %d",
		        words, found);
		return NULL;
	}
	return times;
}
