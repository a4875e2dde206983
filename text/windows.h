/* windows.h: the typographic marks of Windows-1252.
 *
 * Editors on Windows write quotes, dashes and the ellipsis as the bytes 0x80 to 0x9F, which
 * are no UTF-8. Others take these bytes for Latin-1 and make U+0080 to U+009F of them, which
 * are control characters that nobody types. Either is read as the mark that was meant. */
#ifndef TEXT_WINDOWS_H
#define TEXT_WINDOWS_H

#include "tensor/arena.h"

#include <stdint.h>

/* The mark of a byte from 0x80 to 0x9F: 0x92 -> U+2019; 0 for any other, and for the five
 * that have none. */
uint32_t windows_mark(uint32_t byte);

/* Where the first byte stands that is neither UTF-8 nor such a mark; `size`: nowhere. */
size_t windows_invalid(const char *text, size_t size);

/* The text with all such marks as they were meant, in the arena, or itself if it has
 * none. *first (may be NULL) becomes the first of them, unless it is one already. */
const char *windows_mend(Arena *arena, const char *text, uint32_t *first);

#endif
