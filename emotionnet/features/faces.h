/* faces.h: a face in time (emotionnet/face/track.h) as steps of an example: as many, and at
 * the same times, as its sound has frames. So step t of the one is step t of the other, and
 * every fusion finds them together. Without a sound it has a step each hop of the frames,
 * from its beginning to its end, at most max_seconds. */
#ifndef EMOTIONNET_FEATURES_FACES_H
#define EMOTIONNET_FEATURES_FACES_H

#include "emotionnet/face/track.h"
#include "emotionnet/features/frontend.h"

/* The track of an utterance, in the arena: made by the corpus, or read from the file that
 * its column face_track names. *there false: it has none. */
bool faces_track(Track *track, bool *there, Arena *arena, const Corpus *corpus,
        int utterance, Error *error);

/* What the numbers of a face are: those of the first track of the training split that can be
 * read. Names in the arena. */
bool faces_learn(Frontend *frontend, Arena *arena, const Corpus *corpus, Error *error);

/* Where an utterance is in its track: from `start` seconds to `end` (0: to its end), as fast
 * as `speed` says: of a varied copy (vary.h); else 1. */
typedef struct FaceTimes {
	double start, end, speed;
} FaceTimes;

/* Gives the example, whose sound has been read, the steps of its face, (T,F) in the arena,
 * not normalised: NaN in gaps. None if no step of it has a face. Fails if the track's
 * numbers are not those of the training. */
bool faces_steps(const Frontend *frontend, Example *example, Arena *arena,
        const Track *track, FaceTimes times, Error *error);

/* That for an example of a corpus, which may have no face. */
bool faces_read(const Frontend *frontend, Example *example, Arena *arena,
        const Corpus *corpus, Error *error);

/* Steps that have been normalised, in place: where nobody knows what the face did, it counts
 * as the mean of all, 0. */
void faces_fill(Tensor steps);

/* Seconds that the steps of an example's face last. */
double faces_seconds(const Frontend *frontend, const Example *example);

#endif
