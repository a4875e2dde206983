/* baseline.h: logistic regression on a bag of words: what any network for text has to
 * beat.
 *
 * One linear layer from the words of a sentence to the emotions, p = softmax(W x + b). It
 * knows no order, no sound and no context, and a result that does not name it beside its
 * own is not worth much: on small corpora it wins often enough. Everything is learnt from
 * the train split; the epoch is chosen on the validation split. */
#ifndef EMOTIONNET_TRIALS_BASELINE_H
#define EMOTIONNET_TRIALS_BASELINE_H

#include "emotionnet/corpus/corpus.h"
#include "emotionnet/score/metrics.h"
#include "layers/params.h"
#include "text/bag.h"

typedef struct BaselineSettings {
	BagSettings bag;
	int epochs;         /* at most */
	int patience;       /* epochs without a better validation score before it stops */
	double rate, decay; /* of AdamW; decay, of the words that a step reads, is the
	                     * regularisation */
	bool class_weights; /* every class counts alike */
	int select;         /* what the best epoch is best by: of select_names */
	uint64_t seed;      /* of the order of the sentences */
} BaselineSettings;

BaselineSettings baseline_defaults(void);

typedef struct Baseline {
	Labels labels;
	BagModel bag;
	Params params;
	Var *weight; /* (words,C): a row for each word */
	Var *bias;   /* (C) */
	int epoch;   /* the one whose weights were kept, from 1 */
} Baseline;

/* Trains on the corpus's sentences, in the arena. Fails if the train split has not two
 * labels. */
bool baseline_fit(Baseline *baseline, Arena *arena, const Corpus *corpus,
        const BaselineSettings *settings, Error *error);

/* What it says of a sentence: a probability for each of its labels. Without known
 * words, what the biases say. */
void baseline_predict(const Baseline *baseline, const char *text, float probabilities[]);

/* The confusion matrix of one split, in the arena. Utterances without text or with an
 * unknown label are left out. */
Confusion baseline_evaluate(
        const Baseline *baseline, Arena *arena, const Corpus *corpus, Split split);

#endif
