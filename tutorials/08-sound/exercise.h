/* exercise.h: a fast Fourier transform and a mel filter bank, by hand.
 * may call: nothing */
#ifndef TUTORIALS_SOUND_EXERCISE_H
#define TUTORIALS_SOUND_EXERCISE_H

#define FULL_TURN 6.28318530718f /* 2 pi */

/* The transform of the n samples x[0], x[stride], x[2 stride], ...: sets n numbers of re
 * and of im. n is a power of two. */
void fft(float *re, float *im, const float *x_re, const float *x_im, int n, int stride);
/* Sets w (bands, n/2 + 1). rate, low and high are in hertz. */
void mel_bank(float *w, int bands, int n, float rate, float low, float high);
/* re (bins), im (bins), w (bands, bins) -> out (bands). Sets out. */
void log_mel(float *out, const float *re, const float *im, const float *w, int bands,
        int bins, float least);

#endif
