/* How emotions look. Which muscles move is the table of prototypes of FACS [EFH]; how far,
 * from 0 to 5, is our choice within the letters A to E that it gives.
 *
 *   [EFH]  Ekman, Friesen & Hager 2002, Facial Action Coding System, Investigator's Guide
 *   [EF]   Ekman & Friesen 1982, "Felt, false, and miserable smiles": a false smile lacks the
 *          muscle around the eyes (AU 6), and comes and goes abruptly
 *
 * A unit u of picture t at time s is
 *
 *     rest_u + gain height_u e(s) + mouth_u(s) + blink_u(s) + wander_u(t)
 *
 * rest: the speaker's own, by which one could tell him; e: onset, apex and offset, 0 to 1; mouth:
 * lips and jaw open in each word (AU 25, 26); blink: AU 45; wander: what a measurement from
 * pictures always adds. So neither a single picture nor the mean over all says all. */
#include "emotionnet/stage/face.h"

#include "emotionnet/corpus/face_track.h"
#include "tensor/elementary.h"

enum {
	AU1,
	AU2,
	AU4,
	AU5,
	AU6,
	AU7,
	AU9,
	AU10,
	AU12,
	AU14,
	AU15,
	AU17,
	AU20,
	AU23,
	AU25,
	AU26,
	AU45
};

static const char *const names[STAGE_UNITS] = { "AU01_r", "AU02_r", "AU04_r", "AU05_r",
	"AU06_r", "AU07_r", "AU09_r", "AU10_r", "AU12_r", "AU14_r", "AU15_r", "AU17_r",
	"AU20_r", "AU23_r", "AU25_r", "AU26_r", "AU45_r" };

static const double heights[STAGE_MANNERS][STAGE_UNITS] = {
	[STAGE_JOY] = { [AU6] = 2.5, [AU12] = 3, [AU25] = 1 },
	[STAGE_SADNESS] = { [AU1] = 2, [AU4] = 1.5, [AU15] = 2, [AU17] = 1.5 },
	[STAGE_ANGER] = { [AU4] = 2.5, [AU5] = 1.5, [AU7] = 2, [AU23] = 2 },
	[STAGE_FEAR] = { [AU1] = 2,
	        [AU2] = 1.5,
	        [AU4] = 1.5,
	        [AU5] = 2.5,
	        [AU20] = 2,
	        [AU25] = 1 },
	[STAGE_SURPRISE] = { [AU1] = 2.5, [AU2] = 2.5, [AU5] = 2, [AU26] = 2.5 },
	[STAGE_FALSE] = { [AU12] = 3, [AU14] = 1.5 },
};

static const double WANDER = 0.12; /* deviation of a picture's own part ... */
static const double KEEP = 0.8;    /* ... of which the next keeps so much */
static const double REST = 0.25;   /* deviation of what a resting face shows */
static const double BLINK = 3;     /* seconds from one to the next, about */
static const double BLINKS = 0.2;  /* seconds that one takes */
static const double HIDDEN = 0.4;  /* seconds that a hand is before the face, at most */

/* What an utterance's face does, beside its pictures. */
typedef struct Expression {
	double begin, rise, end,
	        fall; /* seconds: onset from begin on, offset from end on */
	double gain;
	double hidden_begin, hidden_end;
	double rest[STAGE_UNITS];
} Expression;

const double *stage_units(StageEmotion emotion)
{
	return heights[emotion];
}

const char *const *stage_unit_names(void)
{
	return names;
}

static double between(double low, double high, Rng *rng)
{
	return low + (high - low) * rng_uniform_double(rng);
}

static Expression express(const StageItem *item, double seconds, Rng *rng)
{
	bool abrupt = item->truth.face == STAGE_FALSE;
	Expression e = { .begin = seconds * between(0, 0.3, rng),
		.end = seconds * between(0.6, 0.9, rng),
		.rise = abrupt ? 0.08 : between(0.25, 0.5, rng),
		.fall = abrupt ? 0.08 : between(0.3, 0.6, rng),
		.gain = item->speaker.expressiveness * between(0.7, 1.2, rng) };
	bool hidden = rng_below(rng, 8) == 0;
	e.hidden_begin = hidden ? seconds * between(0, 0.8, rng) : seconds;
	e.hidden_end = e.hidden_begin + between(0.1, HIDDEN, rng);
	Rng own = item->speaker.face;
	for (int u = 0; u < STAGE_UNITS; u++)
		e.rest[u] = REST * rng_normal(&own);
	return e;
}

/* 0 before 0, 1 after 1, smooth between. */
static double step(double x)
{
	x = x < 0 ? 0 : x > 1 ? 1 : x;
	return x * x * (3 - 2 * x);
}

/* A half wave from `begin` on, so long. */
static double bump(double at, double begin, double seconds)
{
	double x = (at - begin) / seconds;
	return x > 0 && x < 1 ? double_sin(PI * x) : 0;
}

/* How far the mouth is open for speaking, at each picture. */
static double *speak(Arena *arena, const StageTimes *times, int pictures, Rng *rng)
{
	double *open = ARENA_ARRAY(arena, double, (size_t)pictures);
	for (int w = 0; w < times->count; w++) {
		double begin = times->words[w].start, end = times->words[w].end;
		double wide = between(0.5, 1.5, rng);
		int from = (int)(begin * FACE_TRACK_RATE);
		int to = (int)(end * FACE_TRACK_RATE) + 1;
		for (int t = from; t < pictures && t <= to; t++)
			open[t] += wide * bump(t / FACE_TRACK_RATE, begin, end - begin);
	}
	return open;
}

static double *blink(Arena *arena, double seconds, int pictures, Rng *rng)
{
	double *shut = ARENA_ARRAY(arena, double, (size_t)pictures);
	for (double at = between(0, BLINK, rng); at < seconds;
	        at += between(0.5 * BLINK, 1.5 * BLINK, rng))
		for (int t = 0; t < pictures; t++)
			shut[t] += 2.5 * bump(t / FACE_TRACK_RATE, at, BLINKS);
	return shut;
}

/* From 0 to 5, in hundredths, as OpenFace writes it. */
static real hundredths(double x)
{
	x = x < 0 ? 0 : x > 5 ? 5 : x;
	return (real)((double)(int)(100 * x + 0.5) / 100);
}

Track stage_face(Arena *arena, const StageItem *item)
{
	Rng rng = rng_split(&item->rng, FOR_FACE);
	Arena *scratch = arena_new("a face");
	StageTimes times = stage_times(scratch, item);
	int pictures = 1 + (int)(times.seconds * FACE_TRACK_RATE);
	Expression e = express(item, times.seconds, &rng);
	const double *height = heights[item->truth.face];
	const double *open = speak(scratch, &times, pictures, &rng);
	const double *shut = blink(scratch, times.seconds, pictures, &rng);
	double wander[STAGE_UNITS] = { 0 };
	Track track = { .names = names, .width = STAGE_UNITS };
	for (int t = 0; t < pictures; t++) {
		double at = t / FACE_TRACK_RATE;
		double shown =
		        step((at - e.begin) / e.rise) * (1 - step((at - e.end) / e.fall));
		for (int u = 0; u < STAGE_UNITS; u++)
			wander[u] = KEEP * wander[u] + WANDER * rng_normal(&rng);
		if (at >= e.hidden_begin && at < e.hidden_end)
			continue;
		real *picture = track_grow(&track, arena, at);
		for (int u = 0; u < STAGE_UNITS; u++) {
			double x = e.rest[u] + e.gain * height[u] * shown + wander[u];
			x += u == AU25 ? open[t] : u == AU26 ? 0.6 * open[t] : 0;
			picture[u] = hundredths(x + (u == AU45 ? shut[t] : 0));
		}
	}
	arena_free(scratch);
	return track;
}
