/* columns.c: a table of blocks, searched from the beginning: it is short. */
#include "tensor/plot/columns.h"
#include "tensor/utf8.h"

#include <string.h>

/* The large blocks of Unicode's EastAsianWidth.txt (W, F), and of what has no width of
 * its own. */
int columns_of_point(uint32_t point)
{
	static const struct {
		uint32_t first, last;
		int columns;
	} blocks[] = { { 0x300, 0x36F, 0 }, { 0x483, 0x489, 0 }, { 0x591, 0x5BD, 0 },
		{ 0x610, 0x61A, 0 }, { 0x64B, 0x65F, 0 }, { 0x93C, 0x93C, 0 },
		{ 0x941, 0x94D, 0 }, { 0xE34, 0xE3A, 0 }, { 0xE47, 0xE4E, 0 },
		{ 0x1100, 0x115F, 2 }, { 0x1AB0, 0x1AFF, 0 }, { 0x1DC0, 0x1DFF, 0 },
		{ 0x200B, 0x200F, 0 }, { 0x20D0, 0x20FF, 0 }, { 0x2E80, 0x303E, 2 },
		{ 0x3041, 0xA4CF, 2 }, { 0xA960, 0xA97C, 2 }, { 0xAC00, 0xD7A3, 2 },
		{ 0xF900, 0xFAFF, 2 }, { 0xFE00, 0xFE0F, 0 }, { 0xFE20, 0xFE2F, 0 },
		{ 0xFE30, 0xFE6F, 2 }, { 0xFF01, 0xFF60, 2 }, { 0xFFE0, 0xFFE6, 2 },
		{ 0x1F300, 0x1F64F, 2 }, { 0x1F680, 0x1F6FF, 2 }, { 0x1F900, 0x1FAFF, 2 },
		{ 0x20000, 0x3FFFD, 2 }, { 0xE0100, 0xE01EF, 0 } };
	for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
		if (point >= blocks[i].first && point <= blocks[i].last)
			return blocks[i].columns;
	return 1;
}

int columns_of(const char *text)
{
	int columns = 0;
	for (size_t size = strlen(text); size > 0;) {
		Utf8 next = utf8_next(text, size);
		columns += columns_of_point(next.point);
		text += next.bytes;
		size -= (size_t)next.bytes;
	}
	return columns;
}
