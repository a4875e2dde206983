/* voices.h: what the chapter learns from: angry voices and others, as eighteen numbers each. */
#ifndef TUTORIALS_FIRST_NETWORK_VOICES_H
#define TUTORIALS_FIRST_NETWORK_VOICES_H

#include "audio/voice/voice.h"
#include "emotionnet/corpus/corpus.h"
#include "tensor/tensor.h"

#include <stdint.h>

typedef struct Voices {
	Tensor x;    /* (N,18), standardised by voices_standardise */
	Tensor sign; /* (N): 1 angry, -1 not */
} Voices;

/* As many angry as other voices of a split, in the corpus's order: `each` of both, or what there is. */
Voices voices_of(Arena *arena, const Corpus *corpus, Split split, int each);

/* Two columns of the eighteen: how high, and how loud. And `count` of the voices, drawn by the seed. */
Voices voices_two(Arena *arena, Voices v);
Voices voices_some(Arena *arena, Voices v, int count, uint64_t seed);

/* (x - mean) / deviation of each column, by the mean and deviation of `train`; what could not be measured
 * becomes 0, the mean. Also of the 18 numbers of one more voice. */
void voices_standardise(Voices *train, Voices *validation, real one[VOICE_FEATURES]);

/* The embedded corpus, or EmoDB, if EMOTIONNET_DATA has it; corpus.source says which. Of the embedded one,
 * utterances whose emotion the voice tells (four in five) or the words alone (one in five: its voice is
 * flat, and nobody who hears nothing but the voice can be right about it but by chance). */
Corpus voices_corpus(Arena *arena);
/* The 18 numbers of the utterance of all chapters. */
void voices_utterance(Arena *arena, real values[VOICE_FEATURES]);

#endif
