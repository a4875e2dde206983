/* stage.h: the embedded corpus: sentences from a grammar and speech from a synthesiser, made in
 * memory, the same bits everywhere. No download. What is said and how it is said each decide only
 * part of the utterances, so that fusing them pays. */
#ifndef EMOTIONNET_STAGE_H
#define EMOTIONNET_STAGE_H

#include "emotionnet/corpus.h"

#include <stdint.h>

typedef struct StageOptions {
	int train, validation, test; /* utterances in each split */
	uint64_t seed;
} StageOptions;

StageOptions stage_defaults(void);

/* Makes the corpus in the arena: texts, labels, speakers and word times now (column word_times; column
 * kind says which modality decides), the sound of an utterance when corpus->sound is called. */
void stage_make(Corpus *corpus, Arena *arena, StageOptions options);

#endif
