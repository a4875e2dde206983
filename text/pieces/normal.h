/* normal.h: what is done to a text before it is cut: one step after another. */
#ifndef TEXT_PIECES_NORMAL_H
#define TEXT_PIECES_NORMAL_H

#include "text/pieces/tokeniser.h"

/* The text after all `steps`, in the arena; the text itself where nothing changes. Bytes
 * that are not UTF-8 become U+FFFD first. `start`: this is where the whole text begins. */
TokenBytes normal_text(
        const NormalStep steps[], Arena *arena, TokenBytes text, bool start);

#endif
