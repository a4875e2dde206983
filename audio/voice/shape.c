/* The power spectrum of each frame, and what its shape is: balances of bands, slopes of the
 * spectrum in decibels, change from frame to frame. The formulas stand in voice.h. */
#include "audio/voice/shape.h"
#include "audio/spectrum/spectrogram.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

static const double faintest = 1e-10; /* share of a frame's strongest power that counts */

static double decibels(double power)
{
	return 10 / LN_10 * double_log(power);
}

/* Of power[first..end-1], and 0 of none. */
static double largest(const real *power, int first, int end)
{
	real most = 0;
	for (int k = first; k < end; k++)
		most = power[k] > most ? power[k] : most;
	return (double)most;
}

/* A frame's power spectrum: `bins` numbers, `step` hertz apart. */
typedef struct Spectrum {
	const real *power;
	int bins;
	double step, least; /* less power than that counts as that */
} Spectrum;

static double power_at(const Spectrum *s, int k)
{
	return fmax((double)s->power[k], s->least);
}

/* The bins from low on that lie below high: *first..*end-1. */
static void band(const Spectrum *s, double low, double high, int *first, int *end)
{
	*first = (int)ceil(low / s->step);
	*end = (int)ceil(high / s->step);
	*end = *end < s->bins ? *end : s->bins;
}

static double band_sum(const Spectrum *s, double low, double high)
{
	int first, end;
	double sum = s->least;
	band(s, low, high, &first, &end);
	for (int k = first; k < end; k++)
		sum += power_at(s, k);
	return sum;
}

static double band_peak(const Spectrum *s, double low, double high)
{
	int first, end;
	band(s, low, high, &first, &end);
	return fmax(largest(s->power, first, end), s->least);
}

/* dB per kHz. */
static double band_slope(const Spectrum *s, double low, double high)
{
	int first, end;
	band(s, low, high, &first, &end);
	double middle = (first + end - 1) / 2.0, product = 0, square = 0;
	for (int k = first; k < end; k++) {
		double distance = (k - middle) * s->step / 1000;
		product += distance * decibels(power_at(s, k));
		square += distance * distance;
	}
	return product / square;
}

static double flux(const Spectrum *a, const Spectrum *b)
{
	double product = 0, a2 = 0, b2 = 0; /* sum (x - y)^2 = 2 - 2 sum x y */
	for (int k = 0; k < a->bins; k++) {
		product += __builtin_sqrt(power_at(a, k) * power_at(b, k));
		a2 += power_at(a, k);
		b2 += power_at(b, k);
	}
	return fmax(2 - 2 * product / __builtin_sqrt(a2 * b2), 0);
}

static Spectrum spectrum_of(Tensor power, int t, double step)
{
	Tensor row = tensor_row(power, t);
	Spectrum s = { .power = row.data, .bins = row.shape[0], .step = step };
	s.least = largest(s.power, 0, s.bins) * faintest;
	return s;
}

int shape_width(int rate)
{
	return rate / 30;
}

static int fft_size(int width)
{
	int fft = 1;
	while (fft < width)
		fft *= 2;
	return fft;
}

/* (frames, bins): from the very samples that each frame's pitch comes from. */
static Tensor power_of(Site site, Arena *arena, const Clip *clip, const PitchTrack *track)
{
	int width = shape_width(clip->rate), count = track->count;
	StftSettings settings = { .fft = fft_size(width),
		.window = width,
		.hop = width,
		.shape = WINDOW_HANN,
		.padding = STFT_WHOLE,
		.gain = 1 };
	const Stft *stft = stft_new_at(site, arena, &settings);
	StftWork *work = stft_work(arena, stft);
	int bins = stft_bins(stft);
	double hop = track->hop * clip->rate;
	real *from = ARENA_ARRAY(arena, real, STFT_TOGETHER * (size_t)width);
	real *sixteen = ARENA_ARRAY(arena, real, STFT_TOGETHER * (size_t)bins);
	Tensor power = tensor_new_at(site, arena, SHAPE(count, bins));
	for (int first = 0; first < count; first += STFT_TOGETHER) {
		for (int l = 0; l < STFT_TOGETHER; l++) {
			int t = first + l < count ? first + l : count - 1;
			memcpy(from + (size_t)l * (size_t)width,
			        clip->samples + (int)floor(t * hop),
			        (size_t)width * sizeof(real));
		}
		stft_power(sixteen, stft_transform(stft, work, from), bins);
		for (int l = 0; l < STFT_TOGETHER && first + l < count; l++)
			for (int k = 0; k < bins; k++)
				power.data[(size_t)(first + l) * (size_t)bins +
				           (size_t)k] = sixteen[k * STFT_TOGETHER + l];
	}
	return power;
}

Shape *shape_track_at(Site site, Arena *arena, const Clip *clip, const PitchTrack *track)
{
	Shape *shape = arena_array(arena, (size_t)track->count, sizeof *shape);
	if (!track->count)
		return shape;
	ArenaMark mark = arena_mark(arena);
	Tensor power = power_of(site, arena, clip, track);
	double step = (double)clip->rate / fft_size(shape_width(clip->rate));
	Spectrum before = { .power = NULL };
	for (int t = 0; t < track->count; t++) {
		Spectrum s = spectrum_of(power, t, step);
		shape[t][SHAPE_SLOPE_LOW] = band_slope(&s, 0, 500);
		shape[t][SHAPE_SLOPE_MIDDLE] = band_slope(&s, 500, 1500);
		shape[t][SHAPE_ALPHA] =
		        decibels(band_sum(&s, 50, 1000) / band_sum(&s, 1000, 5000));
		shape[t][SHAPE_HAMMARBERG] =
		        decibels(band_peak(&s, 0, 2000) / band_peak(&s, 2000, 5000));
		shape[t][SHAPE_FLUX] = t ? flux(&s, &before) : (double)NAN;
		before = s;
	}
	arena_rewind(arena, mark);
	return shape;
}
