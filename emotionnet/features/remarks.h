/* remarks.h: what is to be said of an utterance although it can be read: that the answer
 * rests on less than it seems to, or on nothing. */
#ifndef EMOTIONNET_FEATURES_REMARKS_H
#define EMOTIONNET_FEATURES_REMARKS_H

#include "audio/clip.h"

#include <stdbool.h>
#include <stdio.h>

typedef enum Remark {
	REMARK_CUT,       /* longer than max_seconds */
	REMARK_CUT_SHORT, /* the end of the recording is missing */
	REMARK_SILENT,   /* no sample is further from another than two steps of 16 bits */
	REMARK_NO_VOICE, /* nothing lasts as long as a sound of speech */
	REMARK_DEAD,     /* a channel is silent, and halves the others */
	REMARK_LOUD,     /* twice as loud as full scale, or more */
	REMARK_RATE,     /* of fewer samples a second than those learnt from */
	REMARK_ALONE,    /* its speaker, by whom it is normalised, has no other clip */
	REMARK_NO_WORDS,
	REMARK_UNKNOWN, /* none of the words is known */
	REMARK_WORDS_CUT,
	REMARKS
} Remark;

/* Those of a set of utterances, counted; of one alone each is 0 or 1. */
typedef struct Remarks {
	int of[REMARKS];
} Remarks;

/* Adds what is to be said of a clip as it was read, at its own rate. */
void remarks_of_clip(Remarks *remarks, const Clip *clip, int rate);
void remarks_add(Remarks *sum, const Remarks *more);
/* What several models say of the same utterances: of each remark the larger number. */
void remarks_most(Remarks *most, const Remarks *other);

/* A line for each: of one utterance, or with how many of a corpus it is true. */
void remarks_print(FILE *out, const Remarks *remarks);
void remarks_print_counts(FILE *out, const Remarks *remarks);

/* ,"remarks":[...] of one utterance, a member of a JSON object; nothing without any. */
void remarks_print_json(FILE *out, const Remarks *remarks);

#endif
