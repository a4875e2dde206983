/* tokeniser_gguf.h: the tokeniser that a GGUF file holds in its items. */
#ifndef EMOTIONNET_LANGUAGE_TOKENISER_GGUF_H
#define EMOTIONNET_LANGUAGE_TOKENISER_GGUF_H

#include "tensor/file/gguf.h"
#include "text/pieces/tokeniser.h"

/* In the arena. NULL and the error (path, item, what was expected) if it has none, or one
 * that text/pieces/tokeniser.h has no word for. */
Tokeniser *tokeniser_of_gguf(Arena *arena, const Gguf *gguf, Error *error);

#endif
