/* stft.h: the short-time Fourier transform: a clip cut into overlapping frames, each with
 * its spectrum.
 *
 * Frame t begins hop samples after frame t-1. Where frames are centred, the middle of
 * frame t stands at sample t hop, and what lies outside the clip is made up; there are 1
 * + N / hop of them. Else only whole frames count, 1 + (N - window) / hop, or none, and
 * nothing is made up: what a stream can do. */
#ifndef AUDIO_SPECTRUM_STFT_H
#define AUDIO_SPECTRUM_STFT_H

#include "audio/clip.h"
#include "audio/spectrum/window.h"
#include "tensor/tensor.h"

#include <stdbool.h>

typedef enum StftPadding {
	/* centred; outside, the clip is mirrored at its first and last sample */
	STFT_REFLECT,
	STFT_ZERO,  /* centred; outside is silence */
	STFT_WHOLE, /* not centred */
	STFT_PADDINGS
} StftPadding;

typedef struct StftSettings {
	int fft, window, hop; /* samples; fft >= window: the frame is padded with zeros */
	WindowShape shape;
	StftPadding padding;
	/* each sample times this, first: 32768 where 16 bit steps are wanted */
	double gain;
	bool remove_mean;   /* then the frame's mean is taken off */
	double preemphasis; /* then x_n - p x_(n-1) (the first: x_0 - p x_0); 0: none */
} StftSettings;

/* Tables for one choice of settings. Not changed by its use, so that threads can share
 * it. */
typedef struct Stft Stft;

/* In the arena; the settings are copied. Stops if a length is not positive or fft <
 * window. */
const Stft *stft_new_at(Site site, Arena *arena, const StftSettings *settings);
#define stft_new(...) stft_new_at(HERE, __VA_ARGS__)

int stft_bins(const Stft *stft);                /* fft / 2 + 1 */
int stft_frames(const Stft *stft, int samples); /* of a clip of so many samples */

/* The room of one user of a Stft: a thread, a stream. */
typedef struct StftWork StftWork;
StftWork *stft_work(Arena *arena, const Stft *stft);

enum { STFT_TOGETHER = 16 }; /* frames are done sixteen at a time */

/* The spectra of frames first..first+15 of the clip; those of frames that it does not
 * have mean nothing. Points to (bins, 2, 16), real parts then imaginary parts, sixteen
 * frames side by side, which the next call overwrites. The phase counts from the first
 * sample of the frame of `fft` samples, of which the window takes the middle if
 * centred, else the beginning. Stops if the clip is empty. */
const real *stft_sixteen_at(
        Site site, const Stft *stft, StftWork *work, const Clip *clip, int first);
#define stft_sixteen(...) stft_sixteen_at(HERE, __VA_ARGS__)

/* The same for sixteen frames that lie in memory as in a clip: each begins hop samples
 * after the one before, the first at `from`. All 15 hop + window samples must be
 * there. */
const real *stft_transform(const Stft *stft, StftWork *work, const real *from);

#endif
