/* functionals.c: the curves of a clip, one list of them, and the numbers made of each. */
#include "audio/functionals/functionals.h"
#include "audio/functionals/statistics.h"
#include "audio/mel/mel.h"
#include "audio/mel/mfcc.h"
#include "audio/voice/voice.h"
#include "tensor/elementary.h"
#include "tensor/file/hash.h"

#include <math.h>
#include <string.h>

enum { MELS = 26, COEFFICIENTS = 12, HOP = FUNCTIONALS_RATE / 100 };

/* Curves in the order in which they stand; those of one kind are numbered. */
typedef enum Curve {
	CURVE_MEL,
	CURVE_MFCC = CURVE_MEL + MELS,
	CURVE_LEVEL = CURVE_MFCC + COEFFICIENTS,
	CURVE_PITCH,
	CURVE_VOICING,
	CURVE_SHAPE, /* as shape.h has them */
	CURVES = CURVE_SHAPE + SHAPE_FEATURES
} Curve;

typedef enum Single {
	PITCH_RISE,
	PITCH_FALL,
	LEVEL_RISE,
	LEVEL_FALL,
	DURATION,
	SINGLES
} Single;

/* Of how a curve changes: its mean says what the curve's slope does, and its median is
 * nearly 0. */
static const Statistic of_change[] = { STATISTIC_DEVIATION, STATISTIC_P5, STATISTIC_P95 };

enum {
	OF_CHANGE = sizeof of_change / sizeof of_change[0],
	OF_CURVE = STATISTICS + OF_CHANGE,
	OF_CURVES = CURVES * OF_CURVE
};

int functionals_count(void)
{
	return OF_CURVES + VOICE_FEATURES + SINGLES;
}

static const char *curve_name(Arena *arena, int curve)
{
	static const char *const names[CURVES - CURVE_LEVEL] = { "level", "pitch",
		"voicing", "slope.low", "slope.middle", "alpha", "hammarberg", "flux" };
	if (curve < CURVE_MFCC)
		return arena_format(arena, "mel%d", curve - CURVE_MEL + 1);
	if (curve < CURVE_LEVEL)
		return arena_format(arena, "mfcc%d", curve - CURVE_MFCC + 1);
	return names[curve - CURVE_LEVEL];
}

const char *functionals_name(Arena *arena, int index)
{
	static const char *const singles[SINGLES] = { "pitch.rise", "pitch.fall",
		"level.rise", "level.fall", "duration" };
	if (index >= OF_CURVES + VOICE_FEATURES)
		return singles[index - OF_CURVES - VOICE_FEATURES];
	if (index >= OF_CURVES)
		return arena_format(arena, "voice.%s",
		        voice_label((VoiceFeature)(index - OF_CURVES)).name);
	const char *curve = curve_name(arena, index / OF_CURVE);
	int i = index % OF_CURVE;
	if (i < STATISTICS)
		return arena_format(arena, "%s.%s", curve, statistic_name((Statistic)i));
	return arena_format(
	        arena, "%s.delta.%s", curve, statistic_name(of_change[i - STATISTICS]));
}

/* To be raised when a number is measured in another way under its old name. */
enum { MEASURED = 1 };

const char *functionals_version(Arena *arena)
{
	uint64_t hash = HASH_BEGIN;
	for (int i = 0; i < functionals_count(); i++) {
		const char *name = functionals_name(arena, i);
		hash = hash_bytes(hash, name, strlen(name) + 1);
	}
	return arena_format(arena, "%d.%d.%08llx", MEASURED, functionals_count(),
	        (unsigned long long)(hash & 0xffffffff));
}

struct FunctionalsPlan {
	const MelPlan *mel;
	const MfccPlan *mfcc;
};

const FunctionalsPlan *functionals_plan(Arena *arena)
{
	FunctionalsPlan *plan = ARENA_NEW(arena, FunctionalsPlan);
	MelSettings mel = {
		.stft = { .fft = 512,
		        .window = 400,
		        .hop = HOP,
		        .shape = WINDOW_HANN,
		        .padding = STFT_WHOLE,
		        .gain = 1 },
		.bands = { .count = MELS, .scale = MEL_HTK, .low = 20 },
		.log = MEL_LN_PLUS,
		.floor = 1e-8,
	};
	plan->mel = mel_plan(arena, &mel, FUNCTIONALS_RATE);
	plan->mfcc = mfcc_plan(arena, MELS, COEFFICIENTS + 1, 0);
	return plan;
}

/* Curves over the same frames, a row each. */
typedef struct Curves {
	double *of[CURVES];
	int count[CURVES];
} Curves;

static double *curve_new(Curves *curves, Arena *arena, int curve, int count)
{
	curves->count[curve] = count;
	curves->of[curve] = ARENA_ARRAY(arena, double, (size_t)count);
	return curves->of[curve];
}

/* Columns first .. first + count - 1 of (T,F) become curves from `curve` on. */
static void add_columns(
        Curves *curves, Arena *arena, int curve, Tensor frames, int first, int count)
{
	int T = frames.shape[0], F = frames.shape[1];
	for (int c = 0; c < count; c++) {
		double *to = curve_new(curves, arena, curve + c, T);
		for (int t = 0; t < T; t++)
			to[t] = (double)frames.data[(size_t)t * (size_t)F +
			                            (size_t)(first + c)];
	}
}

static void add_voice(Curves *curves, Arena *arena, const VoiceFrames *frames)
{
	const PitchTrack *track = &frames->track;
	int T = track->count;
	double *level = curve_new(curves, arena, CURVE_LEVEL, T);
	double *pitch = curve_new(curves, arena, CURVE_PITCH, T);
	double *voicing = curve_new(curves, arena, CURVE_VOICING, T);
	for (int t = 0; t < T; t++) {
		double hertz = track->hertz[t];
		level[t] = track->level[t];
		pitch[t] = hertz > 0 ? double_log(hertz / 110) / LN_2 : (double)NAN;
		voicing[t] = 1 - fmin(track->aperiodicity[t], 1);
	}
	for (int i = 0; i < SHAPE_FEATURES; i++) {
		double *to = curve_new(curves, arena, CURVE_SHAPE + i, T);
		for (int t = 0; t < T; t++)
			to[t] = frames->shape[t][i];
	}
}

void functionals_at(Site site, real *values, Arena *scratch, const FunctionalsPlan *plan,
        const Clip *clip)
{
	if (clip->rate != FUNCTIONALS_RATE)
		error_stop(site, "functionals",
		        "a clip at %d samples a second, expected %d. Hint: resample it first.",
		        clip->rate, FUNCTIONALS_RATE);
	ArenaMark mark = arena_mark(scratch);
	double hop = (double)HOP / FUNCTIONALS_RATE;
	Curves curves = { .count = { 0 } };
	Tensor mel;
	mel_run_at(site, plan->mel, &mel, scratch, clip);
	add_columns(&curves, scratch, CURVE_MEL, mel, 0, MELS);
	add_columns(&curves, scratch, CURVE_MFCC, mfcc_run(plan->mfcc, scratch, mel), 1,
	        COEFFICIENTS);
	VoiceFrames frames = voice_frames_at(site, scratch, clip);
	add_voice(&curves, scratch, &frames);
	double singles[VOICE_FEATURES + SINGLES];
	voice_describe_frames(singles, scratch, &frames);
	double *own = singles + VOICE_FEATURES;
	own[DURATION] = double_log((double)clip->count / clip->rate);
	for (int c = 0; c < CURVES; c++) {
		double of[2][STATISTICS];
		int count = curves.count[c];
		double *delta = ARENA_ARRAY(scratch, double, (size_t)count);
		differences(delta, curves.of[c], count, hop);
		statistics(of[0], scratch, curves.of[c], count, hop);
		statistics(of[1], scratch, delta, count, hop);
		real *to = values + c * OF_CURVE;
		for (int s = 0; s < STATISTICS; s++)
			to[s] = (real)of[0][s];
		for (int s = 0; s < OF_CHANGE; s++)
			to[STATISTICS + s] = (real)of[1][of_change[s]];
		if (c == CURVE_PITCH)
			rise_and_fall(&own[PITCH_RISE], &own[PITCH_FALL], delta, count);
		if (c == CURVE_LEVEL)
			rise_and_fall(&own[LEVEL_RISE], &own[LEVEL_FALL], delta, count);
	}
	for (int i = 0; i < VOICE_FEATURES + SINGLES; i++)
		values[OF_CURVES + i] = (real)singles[i];
	arena_rewind(scratch, mark);
}
