/* utterances.h: utterances made of random numbers, for tests that train. */
#ifndef TESTS_UTTERANCES_H
#define TESTS_UTTERANCES_H

#include "emotionnet/model.h"

enum {
	UTTERANCE_CLASSES = 4,
	UTTERANCE_MELS = 19,
	UTTERANCE_VOCABULARY = 50,
	UTTERANCE_WORDS = 12,  /* at most */
	UTTERANCE_FRAMES = 34, /* at most */
};

/* `count` of them, of all lengths, drawn from `rng`: each ninth has no words, each
 * seventh no sound, none lacks both. All lives in the arena; there is nothing for
 * dataset_free. */
Dataset utterances_new(Arena *arena, int count, Rng *rng);

/* A small model that reads them: 24 wide, with dropout. */
ModelConfig utterances_model(const char *fusion, const char *text, const char *speech);

/* Of this name; NULL if the modality has none. */
const EncoderKind *encoder_called(ModalityKind modality, const char *name);

#endif
