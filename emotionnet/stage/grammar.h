/* grammar.h: the sentences of the embedded corpus. */
#ifndef EMOTIONNET_STAGE_GRAMMAR_H
#define EMOTIONNET_STAGE_GRAMMAR_H

#include "emotionnet/stage/rules.h"
#include "tensor/arena.h"

/* A sentence as it is spoken and as it is written: as many words each, white space
 * between them. They differ only where the text is bad: a wrong emotion word, others
 * lost ("..."). */
typedef struct StageSentence {
	const char *spoken, *written;
	int words;
	int emotion_word[2]; /* which word says an emotion; -1: there is no second */
	/* of the sentence without its emotion words: the same in every version */
	uint32_t key;
} StageSentence;

/* Draws a sentence that says what the truth wants, in the arena. */
StageSentence stage_sentence(Arena *arena, const StageTruth *truth, Rng *rng);

#endif
