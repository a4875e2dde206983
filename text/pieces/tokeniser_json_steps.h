/* tokeniser_json_steps.h: the members of a tokenizer.json that say what is done to a text.
 * Each reads the value that comes, null too, and fails in `json` by the name of what
 * tokeniser.h has no word for. */
#ifndef TEXT_PIECES_TOKENISER_JSON_STEPS_H
#define TEXT_PIECES_TOKENISER_JSON_STEPS_H

#include "tensor/file/json_any.h"
#include "text/pieces/tokeniser.h"

/* Fills parts->normal. */
void steps_normalizer(Json *json, TokeniserParts *parts);
/* Fills parts->cuts, and parts->normal further. *byte_level: is the text turned into the
 * letters of its bytes? */
void steps_pre_tokenizer(Json *json, TokeniserParts *parts, bool *byte_level);
/* Fills parts->first and last. */
void steps_post_processor(Json *json, TokeniserParts *parts);

#endif
