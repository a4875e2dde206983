/* voices.h: who speaks in the embedded corpus, and how an emotion sounds. */
#ifndef EMOTIONNET_STAGE_VOICES_H
#define EMOTIONNET_STAGE_VOICES_H

#include "audio/synth/synth.h"
#include "emotionnet/stage/rules.h"

typedef struct StageSpeaker {
	SynthSpeaker voice;
	double expressiveness; /* factor on every departure from the neutral manner */
	bool woman;
	Rng face; /* the stream of what is his face's own */
} StageSpeaker;

/* The speaker of a number: every other one is a woman. `rng` is the stream of all
 * speakers. */
StageSpeaker stage_speaker(const Rng *rng, int number);

/* How this speaker says it this time: the table's manner, scaled by the speaker's
 * expressiveness, with the small variations that no two utterances are without. */
SynthManner stage_manner(StageEmotion manner, const StageSpeaker *speaker, Rng *rng);

#endif
