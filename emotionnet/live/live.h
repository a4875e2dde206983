/* live.h: models that listen while somebody speaks.
 *
 * The caller brings samples, words and pictures as they come; turns are cut by the voice,
 * and answers come out: a provisional one every `every` seconds while a turn lasts, a final
 * one at its end. There is no thread, no clock and no file in here: the only time is that of
 * the sound, counted in samples. So the same sound gives the same answers to the bit, in
 * blocks of any size, and the memory stays the same however long it goes on.
 *
 *     while (count > 0) {
 *             int taken = live_sound(live, samples, count);
 *             samples += taken;
 *             count -= taken;
 *             while (live_next(live, &answer))
 *                     ...
 *     }
 *
 * A model that is causal (train --streaming) reads each frame once, and its answer costs the
 * same however long the turn is. Any other reads the turn so far again for every answer.
 * Several models are averaged, as in predict. */
#ifndef EMOTIONNET_LIVE_LIVE_H
#define EMOTIONNET_LIVE_LIVE_H

#include "emotionnet/experiment/ensemble.h"

enum { LIVE_LEAST_RATE = 8000, LIVE_MOST_RATE = 192000 };

typedef struct LiveSettings {
	int rate;     /* of the samples that come, in hertz, within these two */
	double every; /* seconds from one provisional answer to the next; 0: none */
	double start; /* a turn begins after so many seconds of voice ... */
	double end;   /* ... and ends after so many of silence; 0: there are no turns, all
	                 * that comes until live_end is one */
	double margin;  /* seconds before the voice that still belong to its turn */
	double longest; /* seconds: a longer turn is cut here, and the next begins */
	double abstain; /* an answer less probable than this is "not sure"; 0: none is */
} LiveSettings;

/* 16000 Hz, every .25 s; start .2, end .7, margin .2, longest 15 s; abstain 0. */
LiveSettings live_defaults(void);
/* live_new checks them too. */
bool live_settings_check(const LiveSettings *settings, Error *error);

typedef struct LiveAnswer {
	bool final;
	int turn;         /* from 1; 0: of a picture alone, outside any turn */
	double begin;     /* where the turn begins, in seconds of sound since live_new */
	double heard;     /* the sound up to here decided it */
	double received;  /* so much sound had come when it was made */
	double delay;     /* received - heard: the window's end, the silence waited for */
	int models;       /* so many of the models could answer */
	ModalitySet has;  /* what the answer rests on */
	const char *text; /* the words that took part, or "" */
	const real *probabilities; /* (classes), of the labels of the first model */
	int label;                 /* the most probable */
	bool sure;                 /* its probability is not below `abstain` */
} LiveAnswer; /* what it points to lives until the next call for this Live */

typedef struct Live Live;

/* Everything in its own memory, which live_free gives back; the models are kept, not copied.
 * Fails where the settings are out of range, where no model reads sound, words or pictures
 * as they come (but rows of a corpus), or one is normalised by speaker. */
Live *live_new(const Ensemble *ensemble, const LiveSettings *settings, Error *error);
void live_free(Live *live); /* NULL is allowed */

/* Takes samples (-1..1, one channel) up to the next answer: fewer than `count` only where
 * one is waiting for live_next. Returns how many. */
int live_sound(Live *live, const real *samples, int count);

/* Words of the turn that is open, which replace those it had. Where none is open, they are of
 * the last one if that ended less than three seconds of sound ago and had none, and it is
 * answered again; else they are a turn by themselves, answered at once. UTF-8; what is no
 * UTF-8, or beyond LIVE_TEXT bytes, is refused: false. "" takes the words of an open turn
 * away. */
enum { LIVE_TEXT = 4096 };
bool live_text(Live *live, const char *text, Error *error);

/* Some model reads words, and the open turn, or the last one while words may still come for it,
 * has none; where no model reads sound, always. */
bool live_wants_text(const Live *live);

/* A face, LIVE_PICTURE x LIVE_PICTURE numbers from 0 (black) to 255, row by row, for models
 * that read pictures: takes part in the answers of the next second of sound; where no turn is
 * open it is answered by itself. NULL: there is no face any more. */
enum { LIVE_PICTURE = 48 };
void live_picture(Live *live, const unsigned char *grey);

/* A film of the speaker's face, whose seconds are those of the sound: of it an answer has what
 * was seen by then. It is kept, and may grow; NULL: there is none any more. Fails where no
 * model reads a face in time with such numbers. */
bool live_film(Live *live, const struct Track *film, Error *error);

/* Leaves a modality out of all answers from here on, or takes it in again. */
void live_switch(Live *live, ModalityKind modality, bool on);

/* No more sound comes: an open turn ends here. */
void live_end(Live *live);

/* The next answer that waits, or false. */
bool live_next(Live *live, LiveAnswer *answer);

const Labels *live_labels(const Live *live);
bool live_reads(const Live *live, ModalityKind modality); /* some model does */
/* Some model must read the turn again for every answer; the name of the first, or NULL. */
const char *live_rereads(const Live *live);
bool live_speaking(const Live *live); /* a turn is open */
double live_level(const Live *live);  /* dB of full scale of the last 10 ms */

/* To be shown: the mel bands of the frames that have come since it was last asked, at most
 * LIVE_SHOWN (the oldest are lost), as (frames, bands) before they are normalised; *seconds:
 * where the first of them begins. Of the first model that reads frames; without rows where
 * there is none. Lives until the next call. */
enum { LIVE_SHOWN = 256 };
Tensor live_spectrogram(Live *live, double *seconds);

/* The open turn, or the last one, as model `m` reads it: for explain/. What it points to
 * lives until the next call. False where there is none. */
bool live_example(Live *live, int m, Example *example);

#endif
