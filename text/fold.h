/* fold.h: the many ways of writing the same text become one.
 *
 * Capitals become small letters; a letter and its combining mark become one (e + U+0301
 * -> é); curly and other quotes become ' and ", exotic hyphens "-", dashes "--", the
 * ellipsis "...", double marks "!!" and "?!"; every white space becomes ' '. What only
 * changes how a character looks (an emoji's colour and skin, the direction of writing, a
 * soft hyphen) vanishes. Each character remembers the bytes of the source it stands
 * for. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "tensor/arena.h"

#include <stdint.h>

typedef struct Folded {
	uint32_t point;    /* never a capital, never white space other than ' ' */
	size_t begin, end; /* bytes begin..end-1 of the source */
} Folded;

typedef struct FoldedText {
	Folded *at; /* `count` of them */
	size_t count;
	size_t replaced; /* of them stand for bytes that were not UTF-8 (tensor/utf8.h) */
} FoldedText;

enum { FOLD_JOINER = 0x200D }; /* kept between emoji: 👩 joiner 💻 is one picture */

/* The folded text, in the arena. */
FoldedText fold(Arena *arena, const char *text, size_t size);

/* 0 before the beginning (at wraps round) and after the end. */
static inline uint32_t fold_point(const FoldedText *text, size_t at)
{
	return at < text->count ? text->at[at].point : 0;
}

#endif
