/* The level of each 10 ms is compared with two thresholds: speech begins above the upper
 * and ends below the lower, so that a level that hovers around one does not switch it on
 * and off. Then gaps shorter than a pause are closed, and bursts that are left too short,
 * clicks and bangs, dropped. The thresholds hang from the loudest frame, since clips
 * are as loud as their microphones. */
#include "audio/voice/activity.h"
#include "tensor/elementary.h"

#include <stdbool.h>

#define SILENT       (-90.0) /* dB of full scale: never speech */
#define FRAME_LENGTH 0.01    /* seconds */

ActivitySettings activity_defaults(void)
{
	return (ActivitySettings){
		.range = 30, .hysteresis = 6, .pause = 0.15, .shortest = 0.06
	};
}

double activity_level(const real *x, int count)
{
	double sum = 0;
	for (int n = 0; n < count; n++)
		sum += (double)x[n] * (double)x[n];
	return 10 / LN_10 * double_log(sum / count + 1e-12);
}

static int samples_of(const Clip *clip, double seconds)
{
	int samples = (int)(seconds * clip->rate + 0.5);
	return samples > 0 ? samples : 1;
}

/* Drops stretches that are shorter than `shortest`. */
static void drop_short(Activity *activity, int shortest)
{
	int kept = 0;
	for (int i = 0; i < activity->count; i++) {
		Stretch s = activity->stretches[i];
		if (s.end - s.begin >= shortest)
			activity->stretches[kept++] = s;
	}
	activity->count = kept;
}

/* Adds a stretch, or prolongs the last one if the gap is shorter than `pause`. */
static void add(Activity *activity, int begin, int end, int pause)
{
	Stretch *last = activity->stretches + activity->count - 1;
	if (activity->count > 0 && begin - last->end < pause)
		last->end = end;
	else
		activity->stretches[activity->count++] = (Stretch){ begin, end };
}

Activity activity_find(Arena *arena, const Clip *clip, const ActivitySettings *settings)
{
	int length = samples_of(clip, FRAME_LENGTH);
	int frames = (clip->count + length - 1) / length;
	Activity activity = { .count = 0 };
	activity.stretches = ARENA_ARRAY(arena, Stretch, (size_t)frames);
	ArenaMark mark = arena_mark(arena);
	double *levels = ARENA_ARRAY(arena, double, (size_t)frames), loudest = SILENT;
	for (int t = 0; t < frames; t++) {
		int left = clip->count - t * length;
		levels[t] = activity_level(
		        clip->samples + t * length, left < length ? left : length);
		loudest = levels[t] > loudest ? levels[t] : loudest;
	}
	double on = loudest - settings->range, off = on - settings->hysteresis;
	bool speaking = false;
	for (int t = 0; t < frames; t++) {
		speaking = levels[t] > SILENT && levels[t] >= (speaking ? off : on);
		int end = (t + 1) * length < clip->count ? (t + 1) * length : clip->count;
		if (speaking)
			add(&activity, t * length, end,
			        samples_of(clip, settings->pause));
	}
	arena_rewind(arena, mark);
	drop_short(&activity, samples_of(clip, settings->shortest));
	return activity;
}

Clip trim_silence(
        Arena *scratch, Clip clip, const ActivitySettings *settings, double margin)
{
	ArenaMark mark = arena_mark(scratch);
	Activity activity = activity_find(scratch, &clip, settings);
	if (activity.count > 0) {
		int more = samples_of(&clip, margin);
		int begin = activity.stretches[0].begin - more;
		int end = activity.stretches[activity.count - 1].end;
		begin = begin > 0 ? begin : 0;
		end = end < clip.count - more ? end + more : clip.count;
		clip.samples += begin;
		clip.count = end - begin;
	}
	arena_rewind(scratch, mark);
	return clip;
}
