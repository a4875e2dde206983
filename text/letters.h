/* letters.h: what kind of character a code point is, and its lower-case and composed
 * form.
 *
 * Enough of Unicode for words in Latin, Greek and Cyrillic scripts, in tables that can be
 * read; of other scripts only what is a letter is known. Everything here is the same
 * in every locale. */
#ifndef TEXT_LETTERS_H
#define TEXT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* The lower-case letter: A -> a, É -> é, Ş -> ş, ẞ -> ß, Я -> я; what has none stays.
 * Always one letter for one: İ (dotted capital I) becomes a plain i. */
uint32_t letter_lower(uint32_t point);

/* The letter that a small Latin letter and a combining mark (U+0300..U+036F) make
 * together, e + U+0301 -> é, as in Unicode's composed form (NFC); 0 if there is none. */
uint32_t letter_compose(uint32_t base, uint32_t mark);

bool letter_is(uint32_t point);       /* a letter of any script, or a combining mark */
bool letter_is_mark(uint32_t point);  /* a combining mark, U+0300..U+036F */
bool letter_is_digit(uint32_t point); /* 0-9 */
bool letter_is_space(
        uint32_t point); /* white space and control characters: between words */

/* A letter that is a word by itself: Chinese characters and Japanese kana, which stand
 * without spaces. */
bool letter_is_ideograph(uint32_t point);

bool letter_is_emoji(uint32_t point); /* a picture: ☺ ❤ ⭐ 😀, or half a flag */

#endif
