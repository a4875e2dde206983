/* pieces.h: a text as the tokens of a language model, each with the place of the text that
 * it stands for. */
#ifndef EMOTIONNET_FEATURES_PIECES_H
#define EMOTIONNET_FEATURES_PIECES_H

#include "text/pieces/tokeniser.h"
#include "text/tokens.h"

/* All of them in the arena, with what the model wants around a text, which stands for no
 * bytes of it; of a text without words, none. (*ids)[i] is the number of the i-th. A model
 * that reads small letters without accents is followed character by character. */
Tokens pieces_of(const Tokeniser *tokeniser, Arena *arena, const char *text, int **ids);

#endif
