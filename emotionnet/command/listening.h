/* listening.h: what listen tells: a JSON object a line, a line on the terminal, and at the end
 * how long it all took. */
#ifndef EMOTIONNET_COMMAND_LISTENING_H
#define EMOTIONNET_COMMAND_LISTENING_H

#include "emotionnet/live/delays.h"
#include "emotionnet/live/feed.h"
#include "emotionnet/live/live.h"

typedef struct Listening {
	const Labels *labels;
	int rate;
	bool terminal;   /* a line of it is kept up to date */
	double begin;    /* when the first sample was spoken, by seconds_now() */
	double came;     /* when the block that is being heard had come */
	double since;    /* when work on it began */
	double busy;     /* seconds of work so far */
	long long heard; /* samples */
	long long turns, sure, answers; /* turns that ended, those that it was sure of */
	Delays computed;                /* from `since` to each answer */
	Delays after;                   /* from `came` to each answer */
} Listening;

Listening listening_new(const Labels *labels, int rate, bool terminal);

/* Work on a block begins; it is done. */
void listening_block(Listening *listening, const FeedBlock *block);
void listening_done(Listening *listening, const Live *live);

/* One answer, on standard output at once:
 *
 *     {"answer":"final","turn":1,"t_begin":0.3,"t_audio":2.1,"t_emit":2.62,"delay":0.5,
 *      "computed_ms":0.4,"expressed":"joy","probabilities":{"anger":0.1,...},
 *      "from":["speech"],"text":"..."}
 *
 * Times are seconds since the first sample was spoken: t_audio is the end of the sound that the
 * answer rests on, t_emit when it was told, delay the seconds of sound that had come since
 * t_audio: the window's rest, the silence waited for. "expressed" is null where it is not
 * sure. */
void listening_tell(Listening *listening, const LiveAnswer *answer);

/* {"answer":"end",...}: how many turns, of which with an answer ("sure"), how long it took, and
 * what was lost. */
void listening_end(Listening *listening, long long dropped);

#endif
