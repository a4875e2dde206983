/* openface.h: the CSV that OpenFace's FeatureExtraction writes of a film, a row a picture
 * (Baltrusaitis et al. 2018; github.com/TadasBaltrusaitis/OpenFace/wiki/Output-Format):
 *
 *     frame, face_id, timestamp, confidence, success, ..., x_0, ..., y_67, ..., AU01_r, ...
 *
 * Names may have blanks before them. Needed are timestamp, in seconds, and either action
 * units or landmarks; nothing else is looked at, but
 *
 *     success     0: no face was found: the row is passed over
 *     confidence  below OPENFACE_SURE: likewise
 *     face_id     of several faces the one that comes first in the file counts */
#ifndef EMOTIONNET_FACE_OPENFACE_H
#define EMOTIONNET_FACE_OPENFACE_H

#include "emotionnet/face/track.h"
#include "tensor/file/file.h"

#define OPENFACE_SURE 0.5
enum { OPENFACE_POINTS = 68 };

/* Action units, where there are any: AUxx_r, how far each is moved (0 to 5), and AUxx_c,
 * whether it is there (0 or 1), in the order of the columns. Else the 68 landmarks x_0 to
 * x_67 and y_0 to y_67, levelled (landmarks.h), where two eyes can be told apart. Fails with
 * path and line: a column that is missing, what is no number, a time that does not rise. */
bool openface_read(Track *track, Arena *arena, const char *path, Error *error);

/* The same of bytes in memory; `name` stands for the path in messages. */
bool openface_parse(
        Track *track, Arena *arena, const char *name, Bytes bytes, Error *error);

/* Writes action units as OpenFace does, a row for each picture of a film that has 25 a second
 * (FACE_TRACK_RATE): where the track has none, a row without success. Numbers are rounded to
 * hundredths. All or nothing. */
bool openface_write(const char *path, Arena *arena, const Track *track, Error *error);

#endif
