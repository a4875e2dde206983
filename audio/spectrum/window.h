/* window.h: the fade-in and fade-out of a frame, without which its cut ends would smear
 * every tone over the whole spectrum. */
#ifndef AUDIO_SPECTRUM_WINDOW_H
#define AUDIO_SPECTRUM_WINDOW_H

#include "tensor/real.h"

typedef enum WindowShape {
	/* 0.5 - 0.5 cos(2 pi n / N), periodic: what librosa and torchaudio use */
	WINDOW_HANN,
	WINDOW_HAMMING, /* 0.54 - 0.46 cos(2 pi n / N), periodic */
	WINDOW_POVEY,   /* (0.5 - 0.5 cos(2 pi n / (N - 1)))^0.85, symmetric: Kaldi's */
	WINDOW_RECTANGLE,
	WINDOW_SHAPES
} WindowShape;

/* "hann", "hamming", "povey", "rectangle" */
const char *window_name(WindowShape shape);

void window_fill(real *window, int length, WindowShape shape);

#endif
