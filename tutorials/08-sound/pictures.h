/* pictures.h: the drawings and charts of the chapter. */
#ifndef TUTORIALS_SOUND_PICTURES_H
#define TUTORIALS_SOUND_PICTURES_H

#include "audio/mel/bands.h"
#include "tutorials/lesson/lesson.h"
#include "tutorials/lesson/utterance.h"

/* The whole sentence, and `count` of its samples from `first` on. */
void draw_samples(Lesson *lesson, const SpokenUtterance *spoken, int first, int count);
/* Two tones of so many hertz, sampled `rate` times a second: the same samples. */
void draw_alias(Lesson *lesson, float low, float high, float rate);
/* Four samples, compared with the waves of bins 0, 1 and 2. */
void draw_dft(Lesson *lesson, const float x[4], const float re[4], const float im[4]);
/* The same transform from two of half its size. */
void draw_fft(Lesson *lesson, const float x[4]);
/* Two spectra of `bins` bins, in decibels. */
void draw_windows(
        Lesson *lesson, int bins, float apart, const float plain[], const float faded[]);
/* `shown` of the columns of a (frames, columns) tensor as shades over time, from `low` to
 * `high`, with the words under it. */
typedef struct Surface {
	const char *name, *title, *description;
	Tensor values;
	int shown;
	double low, high;             /* what is white and what is full */
	const char *lowest, *highest; /* at the axis */
} Surface;
void draw_surface(Lesson *lesson, const SpokenUtterance *spoken, Surface surface);
void draw_triangles(Lesson *lesson, int bands, double high);
/* One frame's bands, and what the first coefficients keep of them. */
void draw_mfcc(
        Lesson *lesson, int bands, const float mel[], const float kept[], int count);
void draw_autocorrelation(Lesson *lesson, int lags, const float r[], float rate);

#endif
