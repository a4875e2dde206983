/* windows.c: the table is Unicode's CP1252.TXT. */
#include "text/windows.h"

#include "tensor/utf8.h"

#include <string.h>

uint32_t windows_mark(uint32_t byte)
{
	static const uint16_t marks[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026,
		0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0,
		0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
		0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178 };
	return byte >= 0x80 && byte <= 0x9F ? marks[byte - 0x80] : 0;
}

/* The character there; of a byte that is not UTF-8, the byte. */
static Utf8 next_of(const char *text, size_t size)
{
	Utf8 next = utf8_next(text, size);
	if (!next.valid)
		next = (Utf8){ (unsigned char)*text, 1, false };
	return next;
}

size_t windows_invalid(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		Utf8 next = next_of(text + at, size - at);
		if (!next.valid && !windows_mark(next.point))
			return at;
		at += (size_t)next.bytes;
	}
	return size;
}

const char *windows_mend(Arena *arena, const char *text, uint32_t *first)
{
	enum { LONGEST = 3 }; /* bytes of a mark in UTF-8 */
	size_t size = strlen(text);
	char *mended = NULL, *out = NULL;
	for (size_t at = 0; at < size;) {
		Utf8 next = next_of(text + at, size - at);
		uint32_t mark = windows_mark(next.point);
		if (mark && !mended) {
			mended = arena_alloc(arena, LONGEST * size + 1);
			memcpy(mended, text, at);
			out = mended + at;
			if (first && !*first)
				*first = next.point;
		}
		if (mark) {
			out += utf8_put(out, mark);
		} else if (mended) {
			memcpy(out, text + at, (size_t)next.bytes);
			out += next.bytes;
		}
		at += (size_t)next.bytes;
	}
	if (out)
		*out = '\0';
	return mended ? mended : text;
}
