/* voice.c: each of the eighteen numbers is computed from what is measured frame by
 * frame: pitch, level, spectrum. The formulas stand in voice.h. */
#include "audio/voice/voice.h"
#include "audio/spectrum/spectrogram.h"
#include "audio/voice/activity.h"
#include "audio/voice/cycles.h"
#include "audio/spectrum/stft.h"
#include "tensor/elementary.h"
#include "tensor/sort.h"

#include <math.h>
#include <stdbool.h>

static const double faintest =
        1e-10;         /* share of a frame's strongest power that still counts */
enum { SHORTEST = 3 }; /* frames of a voiced stretch */

VoiceLabel voice_label(VoiceFeature feature)
{
	static const VoiceLabel labels[VOICE_FEATURES] = {
		{ "pitch.level", "Hz", "how high: the median", 0 },
		{ "pitch.range", "st", "how much the melody moves, in semitones", 1 },
		{ "pitch.slope", "st/s", "rising (+) or falling (-) melody", 1 },
		{ "energy.level", "dB", "how loud, of full scale", 1 },
		{ "energy.range", "dB", "between soft and loud", 1 },
		{ "voiced.rate", "1/s", "voiced stretches: how fast", 2 },
		{ "voiced.length", "s", "of a voiced stretch", 2 },
		{ "voiced.share", "", "of the speech that is voiced", 2 },
		{ "pause.share", "", "of the time that is silent", 2 },
		{ "pause.length", "s", "of a pause", 2 },
		{ "jitter", "%", "how uneven cycles are in length: rough", 2 },
		{ "shimmer", "dB", "how uneven they are in loudness: rough", 2 },
		{ "hnr", "dB", "harmonics over noise: clear (+), hoarse, breathy", 1 },
		{ "slope.low", "dB/kHz", "of the spectrum up to 500 Hz", 1 },
		{ "slope.middle", "dB/kHz", "from 500 to 1500 Hz", 1 },
		{ "alpha", "dB", "below over above 1 kHz: dull (+), sharp (-)", 1 },
		{ "hammarberg", "dB", "peak below over above 2 kHz: dull (+), sharp (-)",
		        1 },
		{ "flux", "", "change of the spectrum from frame to frame", 3 },
	};
	return labels[feature];
}

static double decibels(double power)
{
	return 10 / LN_10 * double_log(power);
}

static double semitones(double hertz)
{
	return 12 / LN_2 * double_log(hertz / 27.5);
}

/* What is measured, frame by frame, in one clip. */
typedef struct Frames {
	const Clip *clip;
	PitchTrack track;
	Activity activity;
	/* samples of a frame that are looked at; with the zeros behind them */
	int width, fft;
	const real *power; /* (frames, bins) */
	int bins;
	double *list; /* room for a number a frame */
} Frames;

static bool is_voiced(const Frames *frames, int t)
{
	return frames->track.hertz[t] > 0;
}

/* The next voiced stretch from *begin on: frames *begin..end-1; `end` is returned, 0
 * if there is none. */
static int next_stretch(const Frames *frames, int *begin)
{
	int count = frames->track.count, t = *begin;
	while (t < count && !is_voiced(frames, t))
		t++;
	*begin = t;
	while (t < count && is_voiced(frames, t))
		t++;
	return t > *begin ? t : 0;
}

static void describe_pitch(double *values, const Frames *frames)
{
	int count = 0;
	for (int t = 0; t < frames->track.count; t++)
		if (is_voiced(frames, t))
			frames->list[count++] = frames->track.hertz[t];
	sort_doubles(frames->list, count);
	values[VOICE_PITCH_LEVEL] = sorted_quantile(frames->list, count, 0.5);
	for (int i = 0; i < count; i++)
		frames->list[i] = semitones(frames->list[i]);
	values[VOICE_PITCH_RANGE] = sorted_quantile(frames->list, count, 0.8) -
	                            sorted_quantile(frames->list, count, 0.2);
}

static void describe_melody(double *values, const Frames *frames)
{
	double product = 0, square = 0;
	for (int begin = 0, end; (end = next_stretch(frames, &begin)); begin = end) {
		double middle = (begin + end - 1) / 2.0, mean = 0;
		for (int t = begin; t < end; t++)
			mean += semitones(frames->track.hertz[t]) / (end - begin);
		for (int t = begin; t < end; t++) {
			double time = (t - middle) * frames->track.hop;
			product += time * (semitones(frames->track.hertz[t]) - mean);
			square += time * time;
		}
	}
	if (square > 0)
		values[VOICE_PITCH_SLOPE] = product / square;
}

/* The middle of frame t lies within a stretch of speech. */
static bool is_speech(const Frames *frames, int t)
{
	double middle = t * frames->track.hop * frames->clip->rate + frames->width / 2.0;
	for (int i = 0; i < frames->activity.count; i++)
		if (middle >= frames->activity.stretches[i].begin &&
		        middle < frames->activity.stretches[i].end)
			return true;
	return false;
}

static void describe_energy(double *values, const Frames *frames)
{
	int count = 0;
	double sum = 0;
	for (int t = 0; t < frames->track.count; t++)
		if (is_speech(frames, t)) {
			frames->list[count++] = frames->track.level[t];
			sum += frames->track.level[t];
		}
	sort_doubles(frames->list, count);
	values[VOICE_ENERGY_RANGE] = sorted_quantile(frames->list, count, 0.8) -
	                             sorted_quantile(frames->list, count, 0.2);
	if (count)
		values[VOICE_ENERGY_LEVEL] = sum / count;
}

static void describe_rhythm(double *values, const Frames *frames)
{
	const Activity *activity = &frames->activity;
	if (!activity->count)
		return;
	double rate = frames->clip->rate, silent = 0;
	const Stretch *stretches = activity->stretches;
	for (int i = 1; i < activity->count; i++)
		silent += (stretches[i].begin - stretches[i - 1].end) / rate;
	double seconds = (stretches[activity->count - 1].end - stretches[0].begin) / rate;
	int count = 0, voiced = 0;
	for (int begin = 0, end; (end = next_stretch(frames, &begin)); begin = end)
		if (end - begin >= SHORTEST) {
			count++;
			voiced += end - begin;
		}
	double length = voiced * frames->track.hop;
	values[VOICE_VOICED_RATE] = count / seconds;
	values[VOICE_VOICED_SHARE] = fmin(length / (seconds - silent), 1);
	if (count)
		values[VOICE_VOICED_LENGTH] = length / count;
	values[VOICE_PAUSE_SHARE] = silent / seconds;
	values[VOICE_PAUSE_LENGTH] =
	        activity->count > 1 ? silent / (activity->count - 1) : 0;
}

static void describe_cycles(double *values, const Frames *frames)
{
	VoiceQuality quality = voice_quality(frames->clip, &frames->track);
	if (quality.cycles) {
		values[VOICE_JITTER] = 100 * quality.jitter;
		values[VOICE_SHIMMER] = quality.shimmer;
		values[VOICE_HNR] = quality.hnr;
	}
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

static Spectrum spectrum_of(const Frames *frames, int t)
{
	Spectrum s = { .power = frames->power + (size_t)t * (size_t)frames->bins,
		.bins = frames->bins,
		.step = (double)frames->clip->rate / frames->fft };
	s.least = largest(s.power, 0, s.bins) * faintest;
	return s;
}

static void describe_spectrum(double *values, const Frames *frames)
{
	static const VoiceFeature means[] = { VOICE_SLOPE_LOW, VOICE_SLOPE_MIDDLE,
		VOICE_ALPHA, VOICE_HAMMARBERG };
	double sums[VOICE_FEATURES] = { 0 };
	int count = 0, pairs = 0;
	for (int t = 0; t < frames->track.count; t++) {
		if (!is_voiced(frames, t))
			continue;
		Spectrum s = spectrum_of(frames, t);
		sums[VOICE_SLOPE_LOW] += band_slope(&s, 0, 500);
		sums[VOICE_SLOPE_MIDDLE] += band_slope(&s, 500, 1500);
		sums[VOICE_ALPHA] +=
		        decibels(band_sum(&s, 50, 1000) / band_sum(&s, 1000, 5000));
		sums[VOICE_HAMMARBERG] +=
		        decibels(band_peak(&s, 0, 2000) / band_peak(&s, 2000, 5000));
		count++;
		if (t && is_voiced(frames, t - 1)) {
			Spectrum before = spectrum_of(frames, t - 1);
			sums[VOICE_FLUX] += flux(&s, &before);
			pairs++;
		}
	}
	for (size_t i = 0; count && i < sizeof means / sizeof means[0]; i++)
		values[means[i]] = sums[means[i]] / count;
	if (pairs)
		values[VOICE_FLUX] = sums[VOICE_FLUX] / pairs;
}

/* The power spectra of the frames, each at the very samples that its pitch comes from. */
static void fill_power(Site site, Frames *frames, Arena *arena)
{
	StftSettings settings = { .fft = frames->fft,
		.window = frames->width,
		.hop = frames->width,
		.shape = WINDOW_HANN,
		.padding = STFT_WHOLE,
		.gain = 1 };
	const Stft *stft = stft_new_at(site, arena, &settings);
	StftWork *work = stft_work(arena, stft);
	int count = frames->track.count, bins = stft_bins(stft);
	double hop = frames->track.hop * frames->clip->rate;
	size_t width = (size_t)frames->width;
	real *from = ARENA_ARRAY(arena, real, STFT_TOGETHER * width);
	real *sixteen = ARENA_ARRAY(arena, real, STFT_TOGETHER * (size_t)bins);
	real *power = ARENA_ARRAY(arena, real, (size_t)count * (size_t)bins);
	for (int first = 0; first < count; first += STFT_TOGETHER) {
		for (int l = 0; l < STFT_TOGETHER; l++) {
			int t = first + l < count ? first + l : count - 1;
			memcpy(from + (size_t)l * width,
			        frames->clip->samples + (int)floor(t * hop),
			        width * sizeof(real));
		}
		stft_power(sixteen, stft_transform(stft, work, from), bins);
		for (int l = 0; l < STFT_TOGETHER && first + l < count; l++)
			for (int k = 0; k < bins; k++)
				power[(size_t)(first + l) * (size_t)bins + (size_t)k] =
				        sixteen[k * STFT_TOGETHER + l];
	}
	frames->power = power;
	frames->bins = bins;
}

void voice_describe_at(
        Site site, double values[VOICE_FEATURES], Arena *scratch, const Clip *clip)
{
	if (clip->rate < VOICE_LOWEST_RATE)
		error_stop(site, "voice_describe",
		        "a rate of %d, expected %d or more. Hint: resample it first.",
		        clip->rate, VOICE_LOWEST_RATE);
	PitchSettings pitch = pitch_defaults();
	ActivitySettings activity = activity_defaults();
	for (int i = 0; i < VOICE_FEATURES; i++)
		values[i] = (double)NAN;
	ArenaMark mark = arena_mark(scratch);
	Frames frames = { .clip = clip,
		.track = pitch_track_at(site, scratch, clip, &pitch),
		.width = clip->rate / 30,
		.fft = 1 };
	while (frames.fft < frames.width)
		frames.fft *= 2;
	if (frames.track.count) {
		frames.activity = activity_find(scratch, clip, &activity);
		frames.list = ARENA_ARRAY(scratch, double, (size_t)frames.track.count);
		fill_power(site, &frames, scratch);
		describe_pitch(values, &frames);
		describe_melody(values, &frames);
		describe_energy(values, &frames);
		describe_rhythm(values, &frames);
		describe_cycles(values, &frames);
		describe_spectrum(values, &frames);
	}
	arena_rewind(scratch, mark);
}
