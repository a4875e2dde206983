/* summaries.h: what a model makes of an utterance, one vector a modality: what it reads, put
 * together over time, and what its encoder makes of that. */
#ifndef EMOTIONNET_CARD_SUMMARIES_H
#define EMOTIONNET_CARD_SUMMARIES_H

#include "emotionnet/experiment/checkpoint.h"
#include "tensor/threads.h"

/* Of one modality, in the order of fusion: text, speech, face, functionals. */
typedef struct Summaries {
	const char *name;
	ModalityKind kind; /* functionals are of MODALITY_SPEECH */
	Tensor read;    /* (N,F) its one step, or (N,2F) mean and deviation over steps */
	Tensor encoded; /* (N,P), what fusion reads; data NULL: there is no encoder */
} Summaries;

/* Of all examples, in their order, in `arena`; returns how many modalities there are. An
 * example that lacks one has zeros there. */
int summaries_of(Summaries all[MAX_MODALITIES], Arena *arena,
        const Checkpoint *checkpoint, const Dataset *data, Pool *pool);

#endif
