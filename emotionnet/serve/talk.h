/* talk.h: what a page and the program say to each other: sound, words and pictures one way;
 * answers, what they rest on, and the spectrogram the other. Neither sockets nor files: the
 * caller carries the messages, over whatever there is.
 *
 * From the page, as text:
 *
 *     rate 48000          begins anew: sound will come with so many samples a second
 *     text I am glad      the words of the turn (live.h); "text " takes them away
 *     switch speech off   leaves a modality out; on: takes it in again
 *     face off            there is no picture any more
 *     end                 no more sound comes until the next rate
 *
 * and as bytes, the first of which says what follows:
 *
 *     1   samples of sound: 16 bits, the lower byte first, one channel
 *     2   a face: 48 x 48 greys, row by row
 *
 * To the page, as text a JSON object whose "kind" is hello (after each rate: what the models
 * read and answer), answer, why (what a final answer rests on: log-odds that each word and
 * each frame adds) or error; and as bytes frames of the spectrogram:
 *
 *     1, bands, 1 if somebody speaks else 0, 0; then 4-byte floats, the lower byte first: the
 *     seconds at which the first frame begins, the level in decibels, and frame after frame
 *     its mel bands, as the model has them before they are normalised */
#ifndef EMOTIONNET_SERVE_TALK_H
#define EMOTIONNET_SERVE_TALK_H

#include "emotionnet/live/live.h"

enum { TALK_SOUND = 1, TALK_FACE = 2, TALK_FRAMES = 1 };

typedef struct TalkSettings {
	const Ensemble *ensemble; /* of models that no other thread uses */
	LiveSettings live;        /* `rate` until the page says another */
	bool bare;                /* of all that is told, only answers and errors */
	/* carries a message to the page; text is UTF-8 */
	void (*tell)(void *context, bool text, const void *bytes, size_t size);
	void *context;
} TalkSettings;

typedef struct Talk Talk;

/* In its own memory. Says nothing yet. */
Talk *talk_new(const TalkSettings *settings);
void talk_free(Talk *talk); /* NULL is allowed */

/* Takes a message. False: it is none of those above, and there is no use in going on. What
 * the models refuse is told to the page as an error, and is none here. */
bool talk_hear(Talk *talk, bool text, const unsigned char *bytes, size_t size);

#endif
