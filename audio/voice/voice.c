/* voice.c: each of the eighteen numbers is computed from what is measured frame by
 * frame: pitch, level, spectrum. The formulas stand in voice.h. */
#include "audio/voice/voice.h"
#include "audio/voice/cycles.h"
#include "tensor/elementary.h"
#include "tensor/sort.h"

#include <math.h>
#include <stdbool.h>

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

static double semitones(double hertz)
{
	return 12 / LN_2 * double_log(hertz / 27.5);
}

static bool is_voiced(const VoiceFrames *frames, int t)
{
	return frames->track.hertz[t] > 0;
}

/* The next voiced stretch from *begin on: frames *begin..end-1; `end` is returned, 0
 * if there is none. */
static int next_stretch(const VoiceFrames *frames, int *begin)
{
	int count = frames->track.count, t = *begin;
	while (t < count && !is_voiced(frames, t))
		t++;
	*begin = t;
	while (t < count && is_voiced(frames, t))
		t++;
	return t > *begin ? t : 0;
}

static void describe_pitch(double *values, const VoiceFrames *frames, double *list)
{
	int count = 0;
	for (int t = 0; t < frames->track.count; t++)
		if (is_voiced(frames, t))
			list[count++] = frames->track.hertz[t];
	sort_doubles(list, count);
	values[VOICE_PITCH_LEVEL] = sorted_quantile(list, count, 0.5);
	for (int i = 0; i < count; i++)
		list[i] = semitones(list[i]);
	values[VOICE_PITCH_RANGE] =
	        sorted_quantile(list, count, 0.8) - sorted_quantile(list, count, 0.2);
}

static void describe_melody(double *values, const VoiceFrames *frames)
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
static bool is_speech(const VoiceFrames *frames, int t)
{
	double middle = t * frames->track.hop * frames->clip->rate +
	                shape_width(frames->clip->rate) / 2.0;
	for (int i = 0; i < frames->activity.count; i++)
		if (middle >= frames->activity.stretches[i].begin &&
		        middle < frames->activity.stretches[i].end)
			return true;
	return false;
}

static void describe_energy(double *values, const VoiceFrames *frames, double *list)
{
	int count = 0;
	double sum = 0;
	for (int t = 0; t < frames->track.count; t++)
		if (is_speech(frames, t)) {
			list[count++] = frames->track.level[t];
			sum += frames->track.level[t];
		}
	sort_doubles(list, count);
	values[VOICE_ENERGY_RANGE] =
	        sorted_quantile(list, count, 0.8) - sorted_quantile(list, count, 0.2);
	if (count)
		values[VOICE_ENERGY_LEVEL] = sum / count;
}

static void describe_rhythm(double *values, const VoiceFrames *frames)
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

static void describe_cycles(double *values, const VoiceFrames *frames)
{
	VoiceQuality quality = voice_quality(frames->clip, &frames->track);
	if (quality.cycles) {
		values[VOICE_JITTER] = 100 * quality.jitter;
		values[VOICE_SHIMMER] = quality.shimmer;
		values[VOICE_HNR] = quality.hnr;
	}
}

static void describe_spectrum(double *values, const VoiceFrames *frames)
{
	static const VoiceFeature means[SHAPE_FEATURES] = { VOICE_SLOPE_LOW,
		VOICE_SLOPE_MIDDLE, VOICE_ALPHA, VOICE_HAMMARBERG, VOICE_FLUX };
	double sums[SHAPE_FEATURES] = { 0 };
	int counts[SHAPE_FEATURES] = { 0 };
	for (int t = 0; t < frames->track.count; t++) {
		if (!is_voiced(frames, t))
			continue;
		for (int i = 0; i < SHAPE_FEATURES; i++) {
			if (i == SHAPE_FLUX && (!t || !is_voiced(frames, t - 1)))
				continue;
			sums[i] += frames->shape[t][i];
			counts[i]++;
		}
	}
	for (int i = 0; i < SHAPE_FEATURES; i++)
		if (counts[i])
			values[means[i]] = sums[i] / counts[i];
}

VoiceFrames voice_frames_at(Site site, Arena *arena, const Clip *clip)
{
	if (clip->rate < VOICE_LOWEST_RATE)
		error_stop(site, "voice_frames",
		        "a rate of %d, expected %d or more. Hint: resample it first.",
		        clip->rate, VOICE_LOWEST_RATE);
	PitchSettings pitch = pitch_defaults();
	ActivitySettings activity = activity_defaults();
	VoiceFrames frames = { .clip = clip,
		.track = pitch_track_at(site, arena, clip, &pitch) };
	if (!frames.track.count)
		return frames;
	frames.activity = activity_find(arena, clip, &activity);
	frames.shape = shape_track_at(site, arena, clip, &frames.track);
	return frames;
}

void voice_describe_frames(
        double values[VOICE_FEATURES], Arena *scratch, const VoiceFrames *frames)
{
	for (int i = 0; i < VOICE_FEATURES; i++)
		values[i] = (double)NAN;
	if (!frames->track.count)
		return;
	ArenaMark mark = arena_mark(scratch);
	double *list = ARENA_ARRAY(scratch, double, (size_t)frames->track.count);
	describe_pitch(values, frames, list);
	describe_melody(values, frames);
	describe_energy(values, frames, list);
	describe_rhythm(values, frames);
	describe_cycles(values, frames);
	describe_spectrum(values, frames);
	arena_rewind(scratch, mark);
}

void voice_describe_at(
        Site site, double values[VOICE_FEATURES], Arena *scratch, const Clip *clip)
{
	ArenaMark mark = arena_mark(scratch);
	VoiceFrames frames = voice_frames_at(site, scratch, clip);
	voice_describe_frames(values, scratch, &frames);
	arena_rewind(scratch, mark);
}
