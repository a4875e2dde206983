/* bands.h: a bank of triangular filters, equally spaced in the ear's own measure
 * of pitch. */
#ifndef AUDIO_MEL_BANDS_H
#define AUDIO_MEL_BANDS_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

#include <stdbool.h>

typedef enum MelScale {
	MEL_SLANEY, /* straight up to 1 kHz, logarithmic above (Slaney 1998): librosa's */
	MEL_HTK,    /* 2595 log10(1 + f / 700): HTK's, torchaudio's and Kaldi's */
	MEL_SCALES
} MelScale;

const char *mel_scale_name(MelScale scale); /* "slaney", "htk" */
double mel_of_hertz(MelScale scale, double hertz);
double hertz_of_mel(MelScale scale, double mel);

enum { MEL_MOST_BANDS = 1024 };

typedef struct MelBandSettings {
	int count; /* 1..MEL_MOST_BANDS */
	MelScale scale;
	/* hertz, where the first triangle begins and the last ends; high 0: rate/2 */
	double low, high;
	/* each triangle times 2 / (its width in hertz), so that all have one area */
	bool area;
	/* the sides are straight over mel, as Kaldi's, else over hertz */
	bool edges_in_mel;
} MelBandSettings;

/* Band m is weights[first_weight[m] ...] over bins[m] bins of the spectrum from
 * first_bin[m]. A band narrower than the bins are apart may have none. */
typedef struct MelBands {
	int count;
	const int *first_bin, *bins, *first_weight;
	const real *weights;
} MelBands;

/* For spectra of `fft` samples at `rate`, in the arena. Stops unless 0 <= low < high
 * <= rate/2. */
MelBands mel_bands_new_at(
        Site site, Arena *arena, const MelBandSettings *settings, int rate, int fft);
#define mel_bands_new(...) mel_bands_new_at(HERE, __VA_ARGS__)

#endif
