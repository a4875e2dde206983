/* listener.h: a model with its first weights that can be listened with, and sound to hear. */
#ifndef TESTS_LISTENER_H
#define TESTS_LISTENER_H

#include "audio/clip.h"
#include "emotionnet/experiment/checkpoint.h"

enum { LISTENER_CLASSES = 3, LISTENER_MELS = 12 };

/* Of sound, or of sound and words (it knows "glad", "day" and "bad"). */
typedef struct Listener {
	const EncoderKind *speech;
	const char *fusion;
	bool causal, words;
	Normalise normalise;
} Listener;

/* Its labels are anger, joy and neutral. In the arena. */
Checkpoint listener_model(Arena *arena, Listener kind);
/* The same that also reads a face in time, of two numbers, "a" and "b". */
Checkpoint listener_model_with_face(Arena *arena, Listener kind);

/* Faint noise, so many seconds of it, in the arena. */
Clip listener_silence(Arena *arena, int rate, double seconds);

/* Adds a voice: a buzz whose pitch and loudness rise and fall, from `begin` to `end`
 * seconds. */
void listener_speak(Clip *clip, double begin, double end);

#endif
