/* functionals.h: a whole clip in some hundred numbers, each with a name: the classical
 * way to tell emotions from a voice, before networks listened to frames (Schuller et al.,
 * INTERSPEECH 2009; Eyben et al., IEEE Trans. Affective Computing 7(2), 2016).
 *
 * Curves over time are measured, in frames every 10 ms:
 *
 *     mel1..mel26      log power of mel bands, 20 Hz to 8 kHz
 *     mfcc1..mfcc12    their cosine transform: the coarse shape of the spectrum
 *     level            dB of full scale
 *     pitch            octaves above 110 Hz, of voiced frames alone (pitch.h)
 *     voicing          1 periodic, 0 noise
 *     slope.low, slope.middle, alpha, hammarberg, flux    the spectrum's shape (shape.h)
 *
 * and each curve becomes six numbers (statistics.h), "mel12.mean", and how fast it
 * changes, a second, three: "mel12.delta.p95". Beside them stand the eighteen of voice.h,
 * "voice.jitter", and
 *
 *     pitch.rise, pitch.fall, level.rise, level.fall    how fast, where it rises or falls
 *     duration                                          seconds, as log
 *
 * GeMAPS, ComParE (Eyben's openSMILE) are larger sets of the same kind. */
#ifndef AUDIO_FUNCTIONALS_FUNCTIONALS_H
#define AUDIO_FUNCTIONALS_FUNCTIONALS_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "tensor/error.h"

enum {
	FUNCTIONALS_RATE = 16000,
	FUNCTIONALS_LEAST = 400
}; /* samples a second; of a clip */

/* Tables. Not changed by their use: threads can share them. */
typedef struct FunctionalsPlan FunctionalsPlan;
const FunctionalsPlan *functionals_plan(Arena *arena);

int functionals_count(void);
const char *functionals_name(Arena *arena, int index); /* in the arena */

/* Changes with the list of names and with how any of them is measured, so that a model is
 * not asked about other numbers than those it learnt from; in the arena. */
const char *functionals_version(Arena *arena);

/* values[0..functionals_count()-1] of a clip at FUNCTIONALS_RATE; NaN where there is
 * nothing to measure: nothing voiced, a clip too short. Stops at another rate. `scratch` is given
 * back what was used. */
void functionals_at(Site site, real *values, Arena *scratch, const FunctionalsPlan *plan,
        const Clip *clip);
#define functionals(...) functionals_at(HERE, __VA_ARGS__)

#endif
