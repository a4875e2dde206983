/* byte_letters.h: each byte as a letter that can be seen.
 *
 * Byte-level tokens are spelled so in every file: the bytes that print (33 to 126, 161 to
 * 172, 174 to 255) as the character of their number, the other 68 as U+0100 and on, in
 * their order. A space is "Ġ" (Radford et al. 2019, encoder.py). */
#ifndef TEXT_PIECES_BYTE_LETTERS_H
#define TEXT_PIECES_BYTE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* The letter's code point. */
uint32_t byte_letter(unsigned char byte);
/* The byte of a letter; -1: it is none of them. */
int byte_of_letter(uint32_t point);
/* Writes the bytes of `text` as letters, at most two bytes for each, and a 0. */
void byte_letters(char *out, const char *text, size_t size);

#endif
