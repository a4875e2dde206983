/* robustness.h: sentences that arrive damaged, as from a bad line or a hasty typist.
 *
 * A figure against the strength of a disturbance, and the area under it, is how
 * MultiBench measures robustness
 * (Liang et al. 2021). Which words are hit is drawn once for an utterance, whatever the
 * level: at a higher level the same words are hit, and more. So a curve does not jump
 * for the luck of its draws. */
#ifndef EMOTIONNET_TRIALS_ROBUSTNESS_H
#define EMOTIONNET_TRIALS_ROBUSTNESS_H

#include "tensor/arena.h"
#include "tensor/rng.h"

/* A sentence and, where they are known, the times of its words (word_times.h; else
 * NULL). */
typedef struct Said {
	const char *text, *times;
} Said;

/* Each word is lost with chance `level`, its time with it; the one that is hit last stays
 * in any case. Words are what white space separates. All in the arena. A text without
 * words stays as it is. */
Said said_dropped(Arena *arena, Said said, double level, Rng rng);

/* Each word is mistyped with chance `level`, in one place: two neighbouring letters
 * change places, one is left out, one is typed twice, or another small letter is hit; a
 * word of one letter can only have the last two. Letters are characters of UTF-8. */
Said said_mistyped(Arena *arena, Said said, double level, Rng rng);

#endif
