/* batch.h: utterances as numbers, and several of them side by side, padded to one
 * length. */
#ifndef EMOTIONNET_BATCH_H
#define EMOTIONNET_BATCH_H

#include "emotionnet/modality.h"
#include "tensor/tensor.h"

/* One utterance as the model reads it. A modality is a sequence of steps (T,F): mel
 * frames; or the one vector (1,F) that a corpus gives for the whole utterance. Text is
 * word ids or such a vector. */
typedef struct Example {
	int words;      /* 0: no words */
	const int *ids; /* (words) */
	/* of n-grams, word after word: where in them the next word's begin; or NULL */
	const int *gram_ends, *grams;
	const int *spans; /* (words,2) the steps under each word: begin, end ... */
	int span_steps;   /* ... of so many in time; 0: of those of speech */
	Tensor steps[MODALITIES]; /* (T,F) of each; T 0: there are none */
	Tensor whole;  /* (1,K) functionals beside the steps of speech, if any are read */
	int label;     /* -1: not known */
	int utterance; /* its index in the corpus */
	int copy;     /* 0: the utterance itself; 1, 2, ...: a varied copy (vary.h) ... */
	int original; /* ... of the example with this index in its dataset */
	double begin, seconds; /* of its clip: trimmed off before the first step, left */
	const real *mean, *scale; /* (F) of its speaker, if levelled by that; or NULL */
	const real *whole_mean, *whole_scale; /* (K) likewise */
} Example;

bool example_has(const Example *example, ModalityKind kind);

typedef struct Dataset {
	Example *items;
	int count;
	int width[MODALITIES]; /* F of the steps; 0: no example has such steps */
	int whole;             /* K; 0: no example has functionals beside them */
	Arena **arenas; /* where the examples live: one for each thread that made them */
	int arena_count;
} Dataset;

void dataset_free(Dataset *data);

/* B utterances. Where one lacks a modality, that has length 1 with nothing in it (id 0, a
 * zero step) and `has` is 0. Spans always lie within the steps of their modality. */
typedef struct Batch {
	int size;                       /* B */
	int words;                      /* T of the words */
	const int *ids;                 /* (B,T), 0 after the end */
	const int *spans[MODALITIES];   /* (B,T,2) of its steps under each word */
	Tensor steps[MODALITIES];       /* (B,T',F), 0 after the end; data NULL: none */
	Tensor whole;                   /* (B,1,K), 0 of who lacks speech */
	const int *lengths[MODALITIES]; /* (B) */
	Tensor has[MODALITIES];         /* (B,1) 1 or 0 */
	bool lacks[MODALITIES];         /* some utterance lacks it */
	const int *labels;              /* (B) */
	const Example *const *examples; /* (B) */
} Batch;

/* The examples chosen[0..count-1] as one batch in the arena. `masks`: what each of them
 * is to lose, one a chosen example; NULL: nothing is left out. */
Batch batch_make(Arena *arena, const Dataset *data, const int chosen[], int count,
        const ModalitySet masks[]);

#endif
