/* folds.h: cross-validation: a corpus cut into folds, each of which is the test once.
 *
 * A model is trained for each fold, and every utterance is tested by a model that knows
 * neither it nor its speaker. So a small corpus is tested whole, and a figure does not
 * rest on the few speakers of one test split. Of K folds, fold k is the test, the next
 * max(1, K/5 rounded), after the last the first again, validate, and the rest is learnt
 * from: of 24 speakers 1, 5 and 18. The manifest's own split does not count. */
#ifndef EMOTIONNET_CORPUS_FOLDS_H
#define EMOTIONNET_CORPUS_FOLDS_H

#include "emotionnet/corpus/corpus.h"

enum { FOLDS_LEAST = 3, FOLDS_MOST = 99 };

typedef struct Folds {
	int count;
	const char *const *names; /* of a speaker, or "1" to "5" */
	const int *of; /* (utterances) the fold of each, from 0; -1: taken out of all */
} Folds;

/* The folds that `how` asks for, in the arena:
 *
 *   speaker    each speaker is one
 *   speaker:K  K of whole speakers, of about as many utterances each
 *   ravdess    the five of actors that papers on RAVDESS use (folds_of_actor)
 *   COLUMN     each value of that column of the manifest
 *
 * An utterance whose split is SPLIT_COUNT is in none. Fails, saying what to do, where an
 * utterance has no speaker or no value, where a fold has not two utterances, and where
 * there are fewer than FOLDS_LEAST or more than FOLDS_MOST. */
bool folds_make(
        Folds *folds, Arena *arena, const Corpus *corpus, const char *how, Error *error);

/* How many folds validate. */
int folds_validation(int count);

/* The corpus split so that `fold` is the test. In the arena; what does not change is
 * shared. */
Corpus folds_corpus(const Corpus *corpus, const Folds *folds, int fold, Arena *arena);

/* A fold's name as part of a file's, in the arena, no two alike: "03", "the-office-2". */
const char *folds_file_name(Arena *arena, const Folds *folds, int fold);

/* The fold, from 1 to FOLDS_RAVDESS, of RAVDESS's actor 1 to 24: those of C. Luna-Jimenez
 * et al., "A Proposal for Multimodal Emotion Recognition Using Aural Transformers and
 * Action Units on RAVDESS", Applied Sciences 12(1), 2021, and most papers' since. No
 * actor is in two of them, and the emotions are in balance. 0: there is no such actor. */
enum { FOLDS_RAVDESS = 5, FOLDS_ACTORS = 24 };
int folds_of_actor(int actor);

#endif
