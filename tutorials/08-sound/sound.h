/* sound.h: from samples to waves and back, in plain loops. */
#ifndef TUTORIALS_SOUND_SOUND_H
#define TUTORIALS_SOUND_SOUND_H

/* `n` samples of a wave of so many hertz, at `rate` samples a second. */
void tone(float x[], int n, float hertz, float rate);
/* A tone that rises evenly from 0 to `top` hertz. */
void rising_tone(float x[], int n, float top, float rate);

/* The spectrum of x (n): re (n), im (n). */
void dft(float re[], float im[], const float x[], int n);

/* The power of bins 0 to n/2 of x (n) in decibels; the largest is 0, the least shown -100.
 * n is at most 512. */
void spectrum_in_decibels(float power[], const float x[], int n);

/* The first `count` coefficients of the n numbers of x. */
void cosine_transform(float c[], int count, const float x[], int n);
/* The n numbers that the first `count` coefficients stand for. */
void cosine_back(float x[], int n, const float c[], int count);

/* How like itself x is, `lag` samples later, for lags below `lags`: r[0] is 1. x has
 * n + lags samples. */
void autocorrelation(float r[], int lags, const float x[], int n);
/* Where r is largest, between two lags. */
int largest_lag(const float r[], int shortest, int longest);

#endif
