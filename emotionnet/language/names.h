/* names.h: what a GGUF file calls the weights, and what their publishers call them. */
#ifndef EMOTIONNET_LANGUAGE_NAMES_H
#define EMOTIONNET_LANGUAGE_NAMES_H

#include "emotionnet/language/config.h"

/* "blk.3.attn_q.weight" -> "model.layers.3.self_attn.q_proj.weight" for a Llama, in the
 * arena; NULL: the family has no such weight. */
const char *name_of_gguf(Arena *arena, LanguageFamily family, const char *name);

/* What a layer's name is, of what stands in model.safetensors, where a whole model may be
 * inside another ("bert.encoder..."); NULL: it is a buffer, or a part that is not used. */
const char *name_of_safetensors(LanguageFamily family, const char *name);

#endif
