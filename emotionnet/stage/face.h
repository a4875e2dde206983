/* face.h: what the face of a speaker of the embedded corpus does while he speaks: action
 * units at 25 pictures a second, as OpenFace measures them in a film. */
#ifndef EMOTIONNET_STAGE_FACE_H
#define EMOTIONNET_STAGE_FACE_H

#include "emotionnet/face/track.h"
#include "emotionnet/stage/speech.h"

/* As long as the clip of the utterance, in the arena. The units are those whose intensity
 * OpenFace gives, AU01_r to AU45_r, from 0 to 5 in hundredths. In some utterances a hand is
 * before the face for up to 0.4 seconds, and pictures are missing. */
Track stage_face(Arena *arena, const StageItem *item);

/* How far an emotion, or STAGE_FALSE, moves each unit at its height: (STAGE_UNITS), 0 to 5. */
enum { STAGE_UNITS = 17 };
const double *stage_units(StageEmotion emotion);
const char *const *stage_unit_names(void); /* (STAGE_UNITS) "AU01_r" */

#endif
