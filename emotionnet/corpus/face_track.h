/* face_track.h: the column face_track of a manifest: the file of an utterance's face in
 * time, which emotionnet/face/ reads.
 *
 * FILE.csv, FILE.jsonl or FILE.npy, of as many frames a second as stand behind it, such as
 * FILE.npy@30; without that FACE_TRACK_RATE. A relative file is relative to the manifest's
 * folder. Its times are those of the utterance's wav. */
#ifndef EMOTIONNET_CORPUS_FACE_TRACK_H
#define EMOTIONNET_CORPUS_FACE_TRACK_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>

#define FACE_TRACK_COLUMN "face_track"
#define FACE_TRACK_RATE   25.0 /* frames a second, where a .npy does not say */
#define FACE_TRACK_MOST   1000.0

/* Cuts "FILE.npy@30" into its parts; the path is in the arena. Fails where the name ends
 * otherwise, or where the rate is no number above 0 and up to FACE_TRACK_MOST. */
bool face_track_parse(
        Arena *arena, const char *text, const char **path, double *rate, Error *error);

#endif
