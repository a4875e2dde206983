/* tokenisers.h: the lines of tests/golden/tokenisers (make_tokenisers.py). */
#ifndef TESTS_TOKENISERS_H
#define TESTS_TOKENISERS_H

#include "tests/support/harness.h"
#include "text/pieces/tokeniser.h"

/* The lines of a file of the folder, without their ends, and one empty line after the
 * last. */
typedef struct Lines {
	char **at;
	int count;
} Lines;
Lines golden_lines(Arena *arena, const char *file);

/* Bytes from hexadecimal digits. */
TokenBytes golden_bytes(Arena *arena, const char *digits);

/* The tokeniser of NAME.json. */
Tokeniser *golden_tokeniser(Arena *arena, const char *name);
/* And of sentencepiece.txt, from its parts as a GGUF file gives them. */
Tokeniser *golden_sentencepiece(Arena *arena);

/* Holds the tokens of all lines of texts.hex, and what they are decoded to, to NAME.ids;
 * and those of every character to NAME.blocks (make_tokenisers.py). */
void golden_check_texts(
        Arena *arena, const Tokeniser *t, const char *name, unsigned flags);
void golden_check_blocks(
        Arena *arena, const Tokeniser *t, const char *name, unsigned flags);

#endif
