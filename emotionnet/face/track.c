/* track.c: reads a track by the ending of its name, and lays it on a model's steps. */
#include "emotionnet/face/track.h"

#include "emotionnet/corpus/face_track.h"
#include "emotionnet/face/mediapipe.h"
#include "emotionnet/face/openface.h"
#include "tensor/file/folder.h"
#include "tensor/file/npy.h"
#include "text/record.h"

#include <math.h>
#include <string.h>

/* ---- reading ----------------------------------------------------------------------- */

bool track_allows(double number)
{
	return fabs(number) < RECORD_MOST; /* false for NaN */
}

real *track_grow(Track *track, Arena *arena, double seconds)
{
	int room = track->room;
	if (track->count && !(seconds > track->seconds[track->count - 1]))
		error_stop(HERE, "track_grow", "a frame at %g s after one at %g s",
		        seconds, track->seconds[track->count - 1]);
	track->seconds = arena_grow(
	        arena, track->seconds, track->count, &room, sizeof *track->seconds);
	track->frames = arena_grow(
	        arena, track->frames, track->count, &track->room, sizeof *track->frames);
	track->seconds[track->count] = seconds;
	track->frames[track->count] = ARENA_ARRAY(arena, real, (size_t)track->width);
	return track->frames[track->count++];
}

static bool all_allowed(const real *numbers, int count)
{
	bool good = true;
	for (int i = 0; i < count; i++)
		good &= track_allows((double)numbers[i]);
	return good;
}

static bool read_npy(
        Track *track, Arena *arena, const char *path, double rate, Error *error)
{
	Tensor all;
	if (!npy_read(&all, arena, path, error))
		return false;
	if (all.ndim != 2 || !all.shape[1])
		return error_set(error,
		        "%s: expected an array of 2 dimensions, (frames,numbers), found %d%s",
		        path, all.ndim, all.ndim == 2 ? " without numbers" : "");
	int F = all.shape[1];
	const char **names = ARENA_ARRAY(arena, const char *, (size_t)F);
	for (int f = 0; f < F; f++)
		names[f] = arena_format(arena, "number %d", f);
	*track = (Track){ .names = names, .width = F };
	for (int t = 0; t < all.shape[0]; t++) {
		const real *row = tensor_row(all, t).data;
		if (all_allowed(row, F))
			memcpy(track_grow(track, arena, t / rate), row,
			        (size_t)F * sizeof *row);
	}
	return true;
}

bool track_read(Track *track, Arena *arena, const char *text, Error *error)
{
	const char *path;
	double rate;
	if (!face_track_parse(arena, text, &path, &rate, error))
		return false;
	bool read = path_ends_in(path, ".npy") ? read_npy(track, arena, path, rate, error)
	            : path_ends_in(path, ".csv")
	                    ? openface_read(track, arena, path, error)
	                    : mediapipe_read(track, arena, path, error);
	if (!read)
		return false;
	return track->count > 0 ||
	       error_set(error, "%s: a face was found in none of its frames", path);
}

bool track_alike(const Track *a, const Track *b)
{
	bool alike = a->width == b->width;
	for (int f = 0; f < a->width && alike; f++)
		alike = !strcmp(a->names[f], b->names[f]);
	return alike;
}

/* ---- steps ------------------------------------------------------------------------- */

/* a + w (b - a) of each number. */
static void between(real *step, const real *a, const real *b, double w, int count)
{
	for (int f = 0; f < count; f++)
		step[f] = (real)((double)a[f] + w * ((double)b[f] - (double)a[f]));
}

Tensor track_steps(Arena *arena, const Track *track, TrackSteps steps)
{
	int F = track->width, last = track->count - 1, after = 0;
	Tensor all = tensor_full(arena, (real)NAN, SHAPE(steps.count, F));
	for (int t = 0; t < steps.count && last >= 0; t++) {
		double at = steps.first + t * steps.hop;
		while (after <= last && track->seconds[after] < at)
			after++;
		int a = after > 0 ? after - 1 : 0, b = after <= last ? after : last;
		double begin = track->seconds[a], end = track->seconds[b];
		double apart = a == b ? fabs(at - begin) : end - begin;
		double w = a == b ? 0 : (at - begin) / (end - begin);
		double near = w < 0.5 ? fabs(at - begin) : end - at;
		if (apart > TRACK_GAP && near > TRACK_NEAR)
			continue;
		if (apart > TRACK_GAP)
			w = w < 0.5 ? 0 : 1;
		between(tensor_row(all, t).data, track->frames[a], track->frames[b], w,
		        F);
	}
	return all;
}
