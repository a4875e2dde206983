/* config.h: what a published language model is like: its family and its sizes, as
 * config.json or a GGUF file's items say. */
#ifndef EMOTIONNET_LANGUAGE_CONFIG_H
#define EMOTIONNET_LANGUAGE_CONFIG_H

#include "layers/rotary.h"
#include "tensor/file/gguf.h"

typedef enum LanguageFamily {
	LANGUAGE_LLAMA, /* layers/llama.h: Llama, TinyLlama, SmolLM2 */
	LANGUAGE_GPT2,  /* layers/gpt2.h */
	LANGUAGE_BERT,  /* layers/bert.h: encodes, and cannot say what comes next */
} LanguageFamily;

typedef struct LanguageConfig {
	LanguageFamily family;
	int vocabulary, width, layers, heads;
	int groups;  /* heads of keys and values */
	int head;    /* columns of a head */
	int inner;   /* width between the two maps of a block */
	int longest; /* steps that it was made for */
	int kinds;   /* BERT: kinds of text */
	double epsilon, theta;
	RotaryLayout layout;
	bool tied; /* the head is the embedding */
	int end;   /* the token that ends a text; -1: not told */
} LanguageConfig;

const char *language_family_name(LanguageFamily family); /* "llama" */

/* Each fails with the path, the member, what it is to be and what was found: also what
 * these families can be in general, but not here (another activation, scaled positions).
 * What passes can be built. */
bool config_read_json(
        LanguageConfig *config, Arena *arena, const char *path, Error *error);
bool config_read_json_bytes(LanguageConfig *config, Arena *arena, const char *path,
        Bytes bytes, Error *error);
bool config_read_gguf(
        LanguageConfig *config, Arena *arena, const Gguf *gguf, Error *error);

#endif
