/* ear.h: one model that listens: what of the open turn it has heard, and what it says of it.
 *
 * A causal model takes every sample once (ear_push) and remembers its encoder's state. Any
 * other is given the clip of the turn again for every answer. */
#ifndef EMOTIONNET_LIVE_EAR_H
#define EMOTIONNET_LIVE_EAR_H

#include "emotionnet/experiment/ensemble.h"

typedef struct Ear Ear;

/* For turns of at most `longest` seconds. In the arena, with children for what an answer
 * needs; the checkpoint is kept. */
Ear *ear_new(Arena *arena, const Checkpoint *checkpoint, double longest);

bool ear_reads(const Ear *ear, ModalityKind modality); /* as it comes, not as rows */
/* A film of the face with these numbers (emotionnet/face/track.h), a frame after the other. */
bool ear_reads_film(const Ear *ear, const struct Track *film);
bool ear_streams(const Ear *ear); /* sound, each sample once */

/* Whether every model can answer to what comes, and not only to what a corpus has. */
bool ears_check(const Ensemble *ensemble, Ear *const ears[], Error *error);

void ear_restart(Ear *ear); /* another turn */
void ear_push(
        Ear *ear, const real *samples, int count); /* at FRAMES_RATE; if it streams */

/* Samples of the turn that its answer rests on, of `count` there are. */
long long ear_heard(const Ear *ear, long long count);

/* What there is of a turn. */
typedef struct EarGiven {
	Clip clip;        /* all of it so far, at FRAMES_RATE; count 0: no sound */
	const char *text; /* NULL: no words */
	const unsigned char *face; /* grey, LIVE_PICTURE squared; NULL: none */
	const struct Track *film;  /* of the face, in whose time ... */
	double begin, end;         /* ... the turn began, and this is now; NULL: none */
} EarGiven;

/* The probabilities (classes), and what they rest on. False where it cannot answer: it lacks a
 * modality that it needs, or the sound is too short for a frame, or its numbers are none. */
bool ear_answer(Ear *ear, real *probabilities, ModalitySet *has, const EarGiven *given);

/* What the last answer was made from; lives until the next one. */
const Example *ear_example(const Ear *ear);

#endif
