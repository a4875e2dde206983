/* report_examples.h: some utterances of the test split, each explained by every model
 * that the comparison has kept. */
#ifndef EMOTIONNET_PAGE_REPORT_EXAMPLES_H
#define EMOTIONNET_PAGE_REPORT_EXAMPLES_H

#include "emotionnet/card/leak.h"
#include "emotionnet/comparison/comparison.h"
#include "emotionnet/explain/explanation.h"

enum { REPORT_EXAMPLES = 40 };

/* A model of the first seed, and why it answers as it does: by example. */
typedef struct ReportModel {
	const char *strategy;
	Checkpoint checkpoint;
	const Explanation *explanations; /* (count) */
} ReportModel;

typedef struct ReportExamples {
	int count;
	const int *tests; /* indices into comparison->test, growing */
	const char *
	        missing; /* why there are no models or no sound, for a person; "" if there are */
	const Clip *clips; /* (count) as the corpus has them; NULL: no corpus */
	int model_count;
	const ReportModel *models;
	/* of those that read the most modalities, the best by UAR; NULL: none */
	const ReportModel *shown;
	SpeakerLeak leak;      /* of that one; count 0: nothing was measured */
	Membership membership; /* likewise; inside 0 */
} ReportExamples;

/* Chooses up to REPORT_EXAMPLES utterances, the same share of every kind (or label),
 * evenly over the split; nothing else is asked for. */
ReportExamples report_examples_choose(const Comparison *comparison, Arena *arena);

/* Loads the models of the first seed and explains the chosen utterances of `corpus`, on
 * all threads of the pool. All lives in `arena`. What cannot be had is told in `missing`:
 * a corpus that is not the one compared, no model kept, a model that is gone. */
void report_examples_explain(ReportExamples *examples, const Comparison *comparison,
        const Corpus *corpus, Arena *arena, Pool *pool);

#endif
