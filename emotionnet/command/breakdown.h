/* breakdown.h: accuracy for each value of a column of the corpus: each kind of
 * utterance, each speaker. */
#ifndef EMOTIONNET_COMMAND_BREAKDOWN_H
#define EMOTIONNET_COMMAND_BREAKDOWN_H

#include "emotionnet/batch.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/modality.h"

typedef struct BreakdownGroup {
	const char *value; /* the corpus's; "" where the column is empty */
	int right, count;
	double ceiling; /* the best possible accuracy, or -1: not known */
} BreakdownGroup;

typedef struct Breakdown {
	const char *column;     /* what is asked for; NULL: nothing */
	ModalitySet read;       /* what the model reads: for the ceilings */
	BreakdownGroup *groups; /* in the order in which the examples have them */
	int count;
} Breakdown;

/* Of probabilities (N,classes) of the dataset's examples; those without a known label are
 * left out. The column is "speaker", "label" or an extra column: false, naming those that
 * there are, if it is none of them. For the kinds of the embedded corpus, ceilings are
 * those of a model that reads so much. */
bool breakdown_make(Breakdown *breakdown, Arena *arena, const Corpus *corpus,
        const Dataset *data, Tensor probabilities, Error *error);

void breakdown_print(FILE *out, const Breakdown *breakdown);

/* {"column":"kind","groups":[{"value":"agree","n":150,"accuracy":0.98,"ceiling":1.0},
 * ...]} */
void breakdown_print_json(FILE *out, const Breakdown *breakdown);

#endif
