/* spoken.h: utterances of the embedded corpus as log-mel frames. Who speaks, and in which
 * emotion, is set here. The words are neutral: only the voice tells. */
#ifndef TUTORIALS_SPEECH_SPOKEN_H
#define TUTORIALS_SPEECH_SPOKEN_H

#include "audio/clip.h"
#include "emotionnet/stage/rules.h"
#include "tensor/arena.h"

enum { EMOTIONS = STAGE_EMOTIONS, BANDS = 20, MOST_FRAMES = 160, FRAMES_A_SECOND = 40 };
extern const char *const emotions[EMOTIONS];

/* [heard] */
typedef struct Heard {
	int T;                       /* frames, one each 25 ms */
	float x[MOST_FRAMES][BANDS]; /* (T,F): decibels in each band, low bands first */
	int label, speaker;
} Heard;
/* [/heard] */

typedef struct Set {
	int count;
	Heard *items;
	Clip *sounds; /* (count); NULL: not kept */
} Set;

/* So many speakers from `first` on, each with `each` sentences in each emotion: a
 * speaker's utterances stand side by side. Everybody has a microphone of his or her own,
 * which makes each band up to `microphone` decibels louder or softer. */
Set speak(Arena *arena, int first, int speakers, int each, float microphone,
        bool keep_sounds);
Set set_copy(Arena *arena, Set set);

void frames_of(Heard *heard, const Clip *clip);

#endif
