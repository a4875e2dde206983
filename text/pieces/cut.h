/* cut.h: where a text is cut before pieces are sought. No piece reaches over a cut. */
#ifndef TEXT_PIECES_CUT_H
#define TEXT_PIECES_CUT_H

#include "text/pieces/tokeniser.h"

typedef struct Cut {
	TokenBytes *at; /* `count` parts of the text, in their order */
	int count, room;
} Cut;

/* Cuts the text by the first step, each part by the second, and so on. The text is valid
 * UTF-8; the parts lie in it, and their list in the arena. */
Cut cut_text(const CutStep steps[], Arena *arena, TokenBytes text);

#endif
