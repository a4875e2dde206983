/* voice.h: a voice as a person would describe it: high or low, lively or flat, loud,
 * fast, hoarse, sharp.
 *
 * Eighteen functionals: what is measured in frames or cycles, made into one number a
 * clip. They follow the Geneva Minimalistic Acoustic Parameter Set (Eyben et al., IEEE
 * Trans. Affective Computing 7(2), 2016; GeMAPS below), which was agreed on so that
 * results on voice and emotion can be compared; what differs is said.
 *
 * Frames of 1/30 s every 10 ms. f: YIN's pitch (pitch.h) in the frames where it finds
 * one, the voiced ones; p
 * = 12 log2(f / 27.5 Hz): the same in semitones from the lowest key of a piano. L: level
 * of a frame in dB of full scale, among the frames in which somebody speaks (activity.h).
 * S(k): power of a frame (Hann window) at frequency k, of which nothing counts that is
 * 100 dB under the frame's strongest. Q: quantiles, linear in between. A mean over frames
 * is over the voiced ones. Speech lasts from the first active sample to the last.
 *
 *     pitch.level     Hz      Q50 of f                                              (GeMAPS: mean of p)
 *     pitch.range     st      Q80 - Q20 of p                                        (GeMAPS)
 *     pitch.slope     st/s    sum (t - t')(p - p') / sum (t - t')^2, t' and p' means within a voiced stretch,
 *                             sums over all stretches                               (GeMAPS: rises, falls apart)
 *     energy.level    dB      mean of L                                             (GeMAPS: loudness in sone)
 *     energy.range    dB      Q80 - Q20 of L                                        (GeMAPS, of loudness)
 *     voiced.rate     1/s     voiced stretches of 30 ms or more / seconds of speech (GeMAPS: near syllables)
 *     voiced.length   s       mean length of these stretches                        (GeMAPS)
 *     voiced.share    1       their frames / frames of speech
 *     pause.share     1       seconds of pauses within the speech / seconds of speech
 *     pause.length    s       mean length of a pause; 0 if there is none
 *     jitter          %       mean |T_i - T_(i-1)| / mean T, cycles of T_i seconds    (GeMAPS; cycles.h)
 *     shimmer         dB      mean |20 log10(A_i / A_(i-1))|                        (GeMAPS; cycles.h)
 *     hnr             dB      harmonics to noise, mean over cycles                  (GeMAPS; cycles.h)
 *     slope.low       dB/kHz  least squares of 10 log10 S on k, 0 to 500 Hz, mean   (GeMAPS)
 *     slope.middle    dB/kHz  the same, 500 to 1500 Hz                              (GeMAPS)
 *     alpha           dB      10 log10(sum of S, 50 to 1000 Hz / sum of S, 1 to 5 kHz), mean    (GeMAPS)
 *     hammarberg      dB      10 log10(max of S below 2 kHz / max of S, 2 to 5 kHz), mean
 *                                                              (Hammarberg et al. 1980; GeMAPS)
 *     flux            1       sum_k (N_t(k) - N_(t-1)(k))^2, N = sqrt S of length 1; 0 same, 2 nothing in
 *                             common; mean over voiced frames after voiced ones   (Tzanetakis & Cook 2002)
 *
 * A tense or angry voice is rich in high frequencies: alpha and hammarberg fall. They
 * depend on the microphone too, as the energy does on its distance: compare within one
 * corpus. */
#ifndef AUDIO_VOICE_VOICE_H
#define AUDIO_VOICE_VOICE_H

#include "audio/clip.h"
#include "audio/voice/activity.h"
#include "audio/voice/pitch.h"
#include "audio/voice/shape.h"
#include "tensor/arena.h"
#include "tensor/error.h"

typedef enum VoiceFeature {
	VOICE_PITCH_LEVEL,
	VOICE_PITCH_RANGE,
	VOICE_PITCH_SLOPE,
	VOICE_ENERGY_LEVEL,
	VOICE_ENERGY_RANGE,
	VOICE_VOICED_RATE,
	VOICE_VOICED_LENGTH,
	VOICE_VOICED_SHARE,
	VOICE_PAUSE_SHARE,
	VOICE_PAUSE_LENGTH,
	VOICE_JITTER,
	VOICE_SHIMMER,
	VOICE_HNR,
	VOICE_SLOPE_LOW,
	VOICE_SLOPE_MIDDLE,
	VOICE_ALPHA,
	VOICE_HAMMARBERG,
	VOICE_FLUX,
	VOICE_FEATURES
} VoiceFeature;

typedef struct VoiceLabel {
	const char *name, *unit; /* as above */
	const char *meaning;     /* in a few words */
	int decimals;            /* that are worth printing */
} VoiceLabel;

VoiceLabel voice_label(VoiceFeature feature);

/* What is measured frame by frame; all of it in the arena, but the clip is not copied.
 * Without a frame, if the clip is too short, there is nothing. Bands that reach beyond half
 * the rate end there; stops if it is under 8000. */
enum { VOICE_LOWEST_RATE = 8000 };
typedef struct VoiceFrames {
	const Clip *clip;
	PitchTrack track;
	Activity activity;
	Shape *shape; /* of each frame of the track (shape.h) */
} VoiceFrames;
VoiceFrames voice_frames_at(Site site, Arena *arena, const Clip *clip);
#define voice_frames(...) voice_frames_at(HERE, __VA_ARGS__)

/* NaN where there is nothing to measure: no speech, nothing voiced, a stretch too short.
 * `scratch` is given back what was used. */
void voice_describe_frames(
        double values[VOICE_FEATURES], Arena *scratch, const VoiceFrames *frames);
void voice_describe_at(
        Site site, double values[VOICE_FEATURES], Arena *scratch, const Clip *clip);
#define voice_describe(...) voice_describe_at(HERE, __VA_ARGS__)

#endif
