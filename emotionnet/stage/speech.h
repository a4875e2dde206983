/* speech.h: an utterance of the embedded corpus, from what it hides to its
 * sound. */
#ifndef EMOTIONNET_STAGE_SPEECH_H
#define EMOTIONNET_STAGE_SPEECH_H

#include "audio/synth/synth.h"
#include "emotionnet/stage/grammar.h"
#include "emotionnet/stage/voices.h"

/* Every utterance has a stream of random numbers of its own, split again for each of its
 * steps, so that making its sound later, in any thread, meets the same numbers as
 * planning it did. */
typedef struct StageItem {
	Rng rng;
	StageTruth truth;
	StageSentence sentence;
	StageSpeaker speaker;
} StageItem;

/* steps */
enum { FOR_TRUTH, FOR_SENTENCE, FOR_MANNER, FOR_PLAN, FOR_SOUND, FOR_NOISE, FOR_FACE };

/* When each word is spoken, (words) in the arena, and how long the clip is. */
typedef struct StageTimes {
	const SynthSpan *words;
	int count;
	double seconds;
} StageTimes;
StageTimes stage_times(Arena *arena, const StageItem *item);

/* The same as the manifest's column word_times has it: "0.100-0.350
 * 0.350-0.800". */
const char *stage_word_times(Arena *arena, const StageItem *item);

/* The sound: the voice in a quiet room, or, where the sound is bad, `snr` dB above a
 * street. */
Clip stage_speech(Arena *arena, const StageItem *item, double snr);

#endif
