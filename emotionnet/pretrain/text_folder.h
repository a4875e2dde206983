/* text_folder.h: a model of language as a folder, as published ones are: config.json,
 * model.safetensors and tokenizer.json. Hugging Face's transformers open it, too. */
#ifndef EMOTIONNET_PRETRAIN_TEXT_FOLDER_H
#define EMOTIONNET_PRETRAIN_TEXT_FOLDER_H

#include "layers/llama.h"
#include "text/pieces/tokeniser.h"

typedef struct TextFolder {
	const char *path;
	const LlamaConfig *config;
	const TokeniserParts *vocabulary;
} TextFolder;

/* Makes the folder, unless it is there, and writes the three files. Each is written whole
 * or not at all; the weights come last, so that a folder with weights is complete. */
bool text_folder_save(const TextFolder *folder, const Params *params, Error *error);

/* The path of one of its files, in the arena. */
const char *text_folder_file(Arena *arena, const char *folder, const char *name);

#endif
