/* halves.h: utterances in two halves, by what is said: a probe that learns to name a speaker
 * from the one and is tested on the other cannot name him by his sentence. */
#ifndef EMOTIONNET_CARD_HALVES_H
#define EMOTIONNET_CARD_HALVES_H

#include "emotionnet/batch.h"
#include "emotionnet/corpus/corpus.h"

/* Examples of all splits, side by side. */
typedef struct Halves {
	Dataset data; /* points to the examples of others */
	Split *split; /* (count) */
	int *who;     /* (count) the speaker, from 0; -1: none */
	int *half;    /* (count) 0 or 1, by sentence */
	int speakers, sentences;
} Halves;

/* In the arena: of all examples but copies, at most so many utterances, evenly, and of those
 * who say something in both halves at most so many speakers, who say most; 0: all. A sentence
 * that several speakers say is in one half, whoever says it. Where fewer than half of the
 * utterances are such, every other utterance of a speaker with the same label is in one
 * half. */
Halves halves_of(Arena *arena, const Corpus *corpus, const Dataset data[SPLIT_COUNT],
        int utterances, int speakers);

#endif
