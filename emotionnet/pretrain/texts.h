/* texts.h: a file of texts, one a line, as tokens in blocks of one length: what a model of
 * language learns from. */
#ifndef EMOTIONNET_PRETRAIN_TEXTS_H
#define EMOTIONNET_PRETRAIN_TEXTS_H

#include "emotionnet/batch.h"
#include "emotionnet/corpus/split.h"
#include "text/pieces/tokeniser.h"

/* What stands after each text: "<|endoftext|>", token 0. */
enum { TEXTS_END = 0 };

typedef struct TextsAsked {
	const char *path;
	int tokens;    /* of the vocabulary, at most */
	int context;   /* T: a block predicts so many tokens, and has one more */
	int held;      /* every so many-th text is held out, to validate on */
	int parts;     /* an epoch sees one part of the blocks, the next one the next */
	uint64_t seed; /* for the order of the blocks in which the parts are cut */
} TextsAsked;

typedef struct TokenStream {
	int *at; /* `count` of them: a text, TEXTS_END, the next text, ... */
	int count, room;
} TokenStream;

typedef struct Texts {
	TokeniserParts vocabulary; /* made of the texts to learn from alone */
	const Tokeniser *tokeniser;
	/* SPLIT_TRAIN and SPLIT_VALIDATION: */
	TokenStream stream[SPLIT_COUNT];
	Dataset blocks[SPLIT_COUNT]; /* T + 1 ids each; the next begins with the last */
	int part;                    /* blocks of SPLIT_TRAIN that an epoch sees */
	int texts, held;             /* how many; those that are held out */
	int repeated;                /* texts left out because they are held out, too */
	size_t bytes;                /* of all texts */
} Texts;

/* Reads the file, makes the vocabulary and cuts the blocks, all in the arena. Fails where
 * the file cannot be read, or has too few texts for one block of each kind. */
bool texts_read(Texts *texts, Arena *arena, const TextsAsked *asked, Error *error);

/* In a few words and a fingerprint: what it learns from. */
const char *texts_data(Arena *arena, const Texts *texts);

#endif
