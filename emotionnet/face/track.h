/* track.h: a face in time: some numbers of each picture of a film, such as how far each
 * muscle is moved, as another program measured them.
 *
 *     OpenFace   FILE.csv    (openface.h)
 *     MediaPipe  FILE.jsonl  (mediapipe.h)
 *     any other  FILE.npy    (frames,numbers), evenly in time; a frame with a number that
 *                            is not finite is one in which no face was found
 *
 * A film has as many pictures a second as it likes, and now and then no face is found. A
 * model wants a step for each frame of the sound: track_steps makes them. */
#ifndef EMOTIONNET_FACE_TRACK_H
#define EMOTIONNET_FACE_TRACK_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/tensor.h"

typedef struct Track {
	const char *const *names; /* (F) of the numbers: "AU06_r" */
	int width;                /* F, 1 or more */
	int count, room;          /* N of the frames that have a face; space for more */
	double *seconds;          /* (N) when each was taken, rising */
	real **frames;            /* (N) rows of (F) */
} Track;

/* Reads what the column face_track names (corpus/face_track.h) into the arena. Fails, with
 * path and line, where the file is not as its program writes it, or has no frame with a
 * face. */
bool track_read(Track *track, Arena *arena, const char *text, Error *error);

/* For what makes a track: one frame more, (F), whose numbers the caller fills in. `seconds`
 * must be more than those of the frame before. */
real *track_grow(Track *track, Arena *arena, double seconds);

/* Whether a number may stand in a frame: finite, and not too large for a model. */
bool track_allows(double number);

/* Steps that are evenly in time. */
typedef struct TrackSteps {
	double first, hop; /* seconds: the time of the first; from one to the next */
	int count;         /* T */
} TrackSteps;

/* (T,F) in the arena: the face at the time of each step, on the straight line between the
 * frames before and after it. Where these are more than TRACK_GAP seconds apart, nobody
 * knows what the face did: the step is NaN, but within TRACK_NEAR of a frame. Before the
 * first frame, and after the last, its numbers stand for as long as a gap may last. */
#define TRACK_GAP  0.5
#define TRACK_NEAR 0.01
Tensor track_steps(Arena *arena, const Track *track, TrackSteps steps);

/* Whether two tracks have the same numbers, in the same order. */
bool track_alike(const Track *a, const Track *b);

#endif
