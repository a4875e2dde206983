/* batch.h: utterances as numbers, and several of them side by side, padded to one length. */
#ifndef EMOTIONNET_BATCH_H
#define EMOTIONNET_BATCH_H

#include "tensor/tensor.h"

/* One utterance as the model reads it. */
typedef struct Example {
	int words;        /* 0: no text */
	const int *ids;   /* (words) */
	const int *spans; /* (words,2) the mel frames under each word: begin, end */
	Tensor frames;    /* (T,M); T 0: no sound */
	int label;        /* -1: not known */
	int utterance;    /* its index in the corpus */
} Example;

typedef struct Dataset {
	Example *items;
	int count;
	int mels;       /* M */
	Arena **arenas; /* where the examples live: one for each thread that made them */
	int arena_count;
} Dataset;

/* B utterances. Where one lacks a modality, that has length 1 with nothing in it (id 0, a zero frame) and
 * `has` is 0. Spans always lie within the frames. */
typedef struct Batch {
	int size;                      /* B */
	int words;                     /* T of the text */
	const int *ids;                /* (B,T), 0 after the end */
	const int *text_lengths;       /* (B) */
	const int *spans;              /* (B,T,2) */
	Tensor frames;                 /* (B,T',M), 0 after the end */
	const int *speech_lengths;     /* (B) */
	Tensor has_text, has_speech;   /* (B,1) 1 or 0 */
	bool lacks_text, lacks_speech; /* some utterance lacks it */
	const int *labels;             /* (B) */
} Batch;

/* Drops a modality from the batch: what a model without it would be given. */
typedef struct BatchMask {
	bool text, speech; /* true: leave it out */
} BatchMask;

/* The examples chosen[0..count-1] as one batch in the arena; masks NULL: nothing is left out, else one a
 * chosen example. */
Batch batch_make(Arena *arena, const Dataset *data, const int chosen[], int count,
        const BatchMask masks[]);

#endif
