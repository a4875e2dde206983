/* figures.h: what a card tells in numbers, measured after a training in a small part of its
 * time: each utterance that is looked at costs about a third of what it costs in an epoch. */
#ifndef EMOTIONNET_CARD_FIGURES_H
#define EMOTIONNET_CARD_FIGURES_H

#include "emotionnet/card/groups.h"
#include "emotionnet/card/leak.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/score/calibration.h"
#include "emotionnet/score/coverage.h"

/* A training that has come to its end. */
typedef struct CardRun {
	const char *model; /* where it is saved */
	const Checkpoint *checkpoint;
	const Corpus *corpus;
	const Dataset *data;  /* (SPLIT_COUNT) as it was trained on */
	const char *settings; /* "--name value" a line */
	const char *day;      /* "2026-05-04" */
	TrainResult result;
} CardRun;

enum { CARD_GROUPS = 4 };
typedef struct CardFigures {
	Split split; /* what was measured: the test split, or, without one, validation */
	int all;     /* utterances that it has */
	Metrics metrics;
	ClassCount *classes; /* of each label */
	Interval uar;        /* 95 %, had other speakers been recorded, */
	int speakers; /* of whom there are so many; fewer than 2: other utterances */
	Calibration calibration;
	double temperature; /* fitted on the validation split; 0: there is none */
	Coverage coverage;
	PeopleGroups
	        groups[CARD_GROUPS]; /* by sex, age, speaker, corpus, where they are */
	int group_count;
	SpeakerLeak leak; /* of the encoders' vectors */
	Membership membership;
	bool leak_left_out; /* it would have taken too long */
} CardFigures;

/* In the arena. metrics.n is 0 where the corpus has neither test nor validation split. */
CardFigures card_measure(Arena *arena, const CardRun *run, Pool *pool);

#endif
