/* mediapipe.h: what MediaPipe's FaceLandmarker says of a film, as JSON lines: one object a
 * picture, the task's own result with the time of the picture, in seconds, beside it
 * (ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker):
 *
 *     {"time":0.04,"faceBlendshapes":[{"categories":[{"categoryName":"jawOpen","score":0.2},...]}],
 *      "faceLandmarks":[[{"x":0.51,"y":0.4,"z":-0.02},...]]}
 *
 * An empty list, or none: no face was found, and the line is passed over. Of several faces
 * the first counts. Members with other names are not looked at. */
#ifndef EMOTIONNET_FACE_MEDIAPIPE_H
#define EMOTIONNET_FACE_MEDIAPIPE_H

#include "emotionnet/face/track.h"
#include "tensor/file/file.h"

enum {
	MEDIAPIPE_POINTS = 478,
	MEDIAPIPE_SHAPES = 256 /* blendshapes at most; it has 52 */
};

/* Blendshapes, where the first face has any, from 0 to 1 and in its order; else its 478
 * landmarks, all x and then all y, levelled (landmarks.h). MediaPipe gives x as a share of
 * the picture's width and y of its height: "aspect", the width over the height, brings both
 * to one scale; without it the picture counts as square. Fails with path and line: what is
 * no JSON, a time that is missing or does not rise, a face with other numbers than the
 * first had. */
bool mediapipe_read(Track *track, Arena *arena, const char *path, Error *error);

/* The same of bytes in memory; `name` stands for the path in messages. */
bool mediapipe_parse(
        Track *track, Arena *arena, const char *name, Bytes bytes, Error *error);

#endif
