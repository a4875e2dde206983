/* groups.h: how well a model serves each group of people: the mean says nothing of the worst
 * served. */
#ifndef EMOTIONNET_CARD_GROUPS_H
#define EMOTIONNET_CARD_GROUPS_H

#include "emotionnet/batch.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/score/metrics.h"

typedef struct PeopleGroup {
	const char *value; /* "female", "30 to 44"; "" where the manifest says nothing */
	int utterances, speakers;
	double accuracy, uar; /* UAR over the classes that the group has */
} PeopleGroup;

typedef struct PeopleGroups {
	const char *of;      /* the column: "sex", "age", "speaker", ... */
	PeopleGroup *groups; /* by the alphabet */
	int count;
	int worst; /* the one with the lowest UAR; -1: fewer than two */
} PeopleGroups;

/* Of examples and what was answered to each, by a column of the corpus; ages in bands if
 * `bands`. Those without a label are left out. In the arena. */
PeopleGroups groups_of(Arena *arena, const Corpus *corpus, const Dataset *data,
        const int answers[], int classes, const char *column, bool bands);

#endif
