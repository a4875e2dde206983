/* tokeniser_json.h: the file tokenizer.json, as models of Hugging Face have it beside
 * their weights.
 *
 * Read are models "BPE" and "WordPiece", their added tokens, normalizer, pre_tokenizer and
 * post_processor, as far as tokeniser.h has a word for them: what it has no word for is
 * refused by name, for a text that is cut in another way than in training gives other
 * tokens, and nobody would notice. Not read are truncation and padding, which are the
 * caller's, and decoder, which says nothing that the rest does not. */
#ifndef TEXT_PIECES_TOKENISER_JSON_H
#define TEXT_PIECES_TOKENISER_JSON_H

#include "tensor/file/file.h"
#include "text/pieces/tokeniser.h"

/* The tokeniser of the file, in the arena. NULL and the error (path, byte, what was
 * expected, what to do). */
Tokeniser *tokeniser_read(Arena *arena, const char *path, Error *error);
/* The same of bytes in memory; `path` is for messages. */
Tokeniser *tokeniser_read_bytes(Arena *arena, const char *path, Bytes text, Error *error);

/* Writes the parts that bpe_train makes of cuts CUT_DIGITS or CUT_NUMBERS and, last,
 * CUT_GPT2, as such a file. False and the error: nothing was written. */
bool tokeniser_write(const TokeniserParts *parts, const char *path, Error *error);

#endif
