/* unicode.h: what a character is, for tokenisers that ask exactly what others asked.
 *
 * text/letters.h knows as much as our own words need, in tables that can be read. Here is
 * all of Unicode, as the tokenisers of published models see it: they hold versions from 8
 * to 16, each for its purpose, and so do these tables. The same in every locale. */
#ifndef TEXT_PIECES_UNICODE_H
#define TEXT_PIECES_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum UnicodeClass {
	UNICODE_LETTER,      /* general category L, Unicode 16 */
	UNICODE_NUMBER,      /* N, Unicode 16 */
	UNICODE_PUNCTUATION, /* P, Unicode 8, and the signs of ASCII: $ + < = > ^ ` | ~ */
	UNICODE_CONTROL,     /* what BERT leaves out: Cc, Cf, Co, U+FFFD */
	UNICODE_ACCENT,      /* Mn, Unicode 8: what BERT takes off a letter */
	UNICODE_MARK,        /* M: every mark */
	UNICODE_CLASSES
} UnicodeClass;

bool unicode_is(UnicodeClass class, uint32_t point);
bool unicode_is_space(uint32_t point);     /* White_Space */
bool unicode_is_ideograph(uint32_t point); /* what BERT takes for Chinese */

/* The small letter of a capital; what has none stays. İ becomes i, and a mark beside it
 * that is left to the caller. */
uint32_t unicode_lower(uint32_t point);

/* The canonical parts: é is e and U+0301. Returns 2, or 1 for a character that stands for
 * another, or 0. The first part may have parts itself. Hangul too. */
int unicode_split(uint32_t point, uint32_t parts[2]);
/* The letter that both make together; 0: none. */
uint32_t unicode_join(uint32_t base, uint32_t mark);
/* The canonical combining class: marks with different ones may stand in either order, and
 * stand in growing order when normalised; 0: no mark that moves. */
int unicode_order(uint32_t point);

#endif
