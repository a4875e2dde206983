/* leak.h: what a model's vectors tell beside the emotion: who speaks.
 *
 * A linear probe (score/probe.h) learns to name the speaker from one half of the sentences
 * and is tested on the other half, then the other way round, so that it cannot name him by
 * what is said. Where no sentence is said by several speakers, the halves are of each
 * speaker's utterances. Then the same again after normalisation by speaker: from each vector
 * the mean of its speaker's vectors is taken and divided by their deviation, which needs no
 * label. Beside it stands what the same kind of probe tells of the emotion, learnt on the
 * train split and tested on the test split. */
#ifndef EMOTIONNET_CARD_LEAK_H
#define EMOTIONNET_CARD_LEAK_H

#include "emotionnet/card/summaries.h"
#include "emotionnet/score/membership.h"

/* Before and after normalisation by speaker. */
enum { LEAK_AS_IS, LEAK_LEVELLED, LEAK_LEVELS };

/* Of one kind of vectors. */
typedef struct LeakRow {
	const char *modality; /* "face", "speech", "functionals" */
	bool encoded;         /* what the encoder makes of it; false: what it reads */
	int width;            /* numbers a vector */
	int utterances, speakers;
	double commonest;            /* chance: the share of the speaker who says most */
	double speaker[LEAK_LEVELS]; /* share of the utterances whose speaker is named */
	double emotion[LEAK_LEVELS]; /* UAR; -1: not measured */
} LeakRow;

enum { LEAK_ROWS = 2 * MAX_MODALITIES };
typedef struct SpeakerLeak {
	int count;          /* of rows; 0: nothing could be measured, */
	const char *why;    /* and why */
	int sentences;      /* said by several speakers; 0: halves of utterances */
	double one_emotion; /* chance of the emotion's UAR; 0: not measured */
	LeakRow rows[LEAK_ROWS];
} SpeakerLeak;

typedef struct LeakOptions {
	/* at most so many utterances, evenly over them, and speakers, those who say most; 0:
	 * all */
	int utterances, speakers;
	int steps;     /* of a probe at most; 0: until it has learnt what it can */
	bool read;     /* also of what the model reads, before its encoders */
	bool emotions; /* tell those too */
} LeakOptions;

/* Of the examples of these splits (a count of 0: none), whose utterances are of the
 * corpus. */
SpeakerLeak leak_of(Arena *arena, const Checkpoint *checkpoint, const Corpus *corpus,
        const Dataset data[SPLIT_COUNT], const LeakOptions *options, Pool *pool);

/* Whether the loss tells the train split from the test split; nothing where either is empty
 * or where speakers of the train split are new to the model, or none is named there and
 * the model knows some: it was trained on another corpus. */
Membership leak_membership(Arena *arena, const Checkpoint *checkpoint,
        const Corpus *corpus, const Dataset data[SPLIT_COUNT], Pool *pool);

void leak_print(FILE *out, const SpeakerLeak *leak);
void leak_print_json(FILE *out, const SpeakerLeak *leak);
void membership_print(FILE *out, const Membership *membership);
void membership_print_json(FILE *out, const Membership *membership);

#endif
