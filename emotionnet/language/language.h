/* language.h: a published language model, or one of one's own, to encode and to write.
 *
 *     LanguageFile file;
 *     if (!language_open(&file, arena, "SmolLM2-135M-Instruct.Q4_1.gguf", &error))
 *             ...
 *     Params params = params_new_to_load(arena);
 *     Language model = language_new(&params, NULL, &file, 0);
 *     if (!language_load(&params, NULL, &file, &error))
 *             ...
 *     Sequence x = language_forward(&model, &tape, ids, B, T, lengths, NULL, NULL);
 *
 * What is opened is one GGUF file, or a folder with config.json, model.safetensors and
 * tokenizer.json. Weights stay where the file holds them, mapped, in few bits a number. */
#ifndef EMOTIONNET_LANGUAGE_LANGUAGE_H
#define EMOTIONNET_LANGUAGE_LANGUAGE_H

#include "emotionnet/language/weights.h"
#include "layers/bert.h"
#include "layers/gpt2.h"
#include "layers/llama.h"
#include "text/pieces/tokeniser.h"

typedef struct LanguageFile {
	const char *path;
	LanguageConfig config;
	LanguageWeights weights;
	Tokeniser *tokeniser;
	const char *chat_template; /* of its file; NULL: none */
	Bytes bytes;               /* of the file that has the weights */
	uint64_t beside;           /* hash of a folder's config.json and tokenizer.json */
} LanguageFile;

/* Maps and checks all of it; lives in the arena. Fails with what is missing or wrong, by
 * name. */
bool language_open(LanguageFile *file, Arena *arena, const char *path, Error *error);

/* Of the weights and of what says how they are read, to tell whether a model is still the
 * same: reads all of it. */
uint64_t language_hash(const LanguageFile *file);

/* One of the three. */
typedef struct Language {
	LanguageFamily family;
	Llama *llama;
	Gpt2 *gpt2;
	Bert *bert;
} Language;

/* Its parameters, called as published behind "name." (NULL: nothing); without numbers
 * where `params` is params_new_to_load or a replica's. longest: steps that a text may
 * have; 0: as many as it was made for. */
Language language_new(
        Params *params, const char *name, const LanguageFile *file, int longest);

/* Fills them: weights_fill. */
bool language_load(
        const Params *params, const char *name, const LanguageFile *file, Error *error);

/* Block `layer`, 0 to layers - 1, or with `layers` the last norm, or with -1 the tables
 * before the first block, is learnt from now on: its parameters become numbers of their
 * own with gradients. Before replicas are made. */
void language_learn(
        const Params *params, const char *name, const LanguageFile *file, int layer);

/* Which of these a parameter of the model belongs to, by its name without prefix. */
int language_layer(const LanguageFile *file, const char *name);

/* Adapters in all blocks (layers/lora.h): parameters of `params`, which may be another
 * list than the model's. */
void language_adapt(Language *model, Params *params, int rank, real alpha, Rng *rng);

/* ids (B,T) -> hidden states (B,T,D) after the last norm, padding zero. past and rng as
 * in layers/llama.h; a BERT has no past. */
Sequence language_forward_at(Site site, const Language *model, Tape *tape,
        const int ids[], int B, int T, const int lengths[], KeysValues *past, Rng *rng);
#define language_forward(...) language_forward_at(HERE, __VA_ARGS__)

/* The same in two steps, for who looks or keeps in between: ids -> what each token is
 * (B,T,D); then blocks from..to-1 of `language_layers`, after the last one its norm. */
Sequence language_embed(const Language *model, Tape *tape, const int ids[], int B, int T,
        const int lengths[]);
Sequence language_run(
        const Language *model, Tape *tape, Sequence x, int from, int to, Rng *rng);
int language_layers(const Language *model);

/* What comes next after each of these states, (...,D) -> (...,vocabulary): ask only for
 * the steps that are needed. Stops for a BERT. */
Var *language_logits_at(Site site, const Language *model, Tape *tape, Var *x);
#define language_logits(...) language_logits_at(HERE, __VA_ARGS__)

/* What is remembered of B texts of at most `longest` steps. */
KeysValues *language_past(const Language *model, Arena *arena, int B, int longest);

int language_width(const Language *model); /* D */
/* How much it may read at once: the steps of the table of positions. */
int language_longest(const Language *model);

#endif
