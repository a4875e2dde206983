/* meanwhile.h: what an answer is worth while one still listens: how often it is right after so
 * many seconds, and how often it changes its mind.
 *
 * Each utterance of a split is heard as a turn of its own, from its first sample, as `listen
 * --end 0` hears it; words that the model reads come at its end. After t seconds an utterance
 * counts with the last answer by then, or, where it has ended, with its final one. */
#ifndef EMOTIONNET_LIVE_MEANWHILE_H
#define EMOTIONNET_LIVE_MEANWHILE_H

#include "emotionnet/live/live.h"
#include "emotionnet/score/metrics.h"

#include <stdio.h>

enum { MEANWHILE_TIMES = 10 };
extern const double meanwhile_times[MEANWHILE_TIMES]; /* seconds: .25, .5, ..., 5 */

typedef struct Meanwhile {
	const Labels *labels;
	int utterances; /* that were answered at all, and have a known label */
	int skipped;    /* the others */
	int going[MEANWHILE_TIMES]; /* utterances that are longer than that */
	Metrics at[MEANWHILE_TIMES], end;
	double minutes;    /* of sound */
	double delay;      /* mean algorithmic delay of provisional answers, seconds */
	long long answers; /* provisional ones */
	long long changes; /* where the label differs from the answer's before */
	long long changes_late; /* of these, those after the first second */
	double minutes_late;    /* of sound after the first second */
} Meanwhile;

/* Fails where a clip cannot be read, or no model reads sound. */
bool meanwhile_measure(Meanwhile *meanwhile, Arena *arena, const Ensemble *ensemble,
        const Corpus *corpus, Split split, Error *error);

void meanwhile_print(FILE *out, const Meanwhile *meanwhile);
void meanwhile_print_json(FILE *out, const Meanwhile *meanwhile);
bool meanwhile_save_svg(const Meanwhile *meanwhile, const char *path, Error *error);

#endif
