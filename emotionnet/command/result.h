/* result.h: what a classifier came to on one split, told to a person or a program. */
#ifndef EMOTIONNET_COMMAND_RESULT_H
#define EMOTIONNET_COMMAND_RESULT_H

#include "emotionnet/command/breakdown.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/features/frontend.h"
#include "emotionnet/score/coverage.h"
#include "emotionnet/score/metrics.h"

/* What was measured, and what must be said with it. */
typedef struct Result {
	const Labels *labels;
	Split split;
	Confusion confusion;
	Metrics metrics;
	Breakdown by; /* column NULL: none */
	bool abstain; /* it may say "not sure": */
	Coverage coverage;
	int models; /* how many were averaged */
	Enrolled enrolled;
	int leaking; /* speakers of the split that the model was trained on */
	int skipped; /* utterances that were left out */
	bool paired; /* sentences and clips were matched by label */
} Result;

/* A table with the confusion matrix, and the notes. */
void result_print(FILE *out, const Result *result);

/* The same as one JSON object on one line. */
void result_print_json(FILE *out, const Result *result);

#endif
