/* split.h: training, validation and test for a corpus that came without.
 *
 * Nobody speaks in two of them: what a model knows of a voice, or of somebody's way with
 * words, must not help it in the test. Whole speakers are dealt out, about 70, 15 and 15
 * of 100 utterances, each label in about these shares too. */
#ifndef EMOTIONNET_CORPUS_SPLIT_H
#define EMOTIONNET_CORPUS_SPLIT_H

#include "emotionnet/corpus/corpus.h"

/* Gives every utterance its split: the same for the same corpus and seed, on every
 * machine. Speakers who differ in capitals or blanks are one (spelling.h), labels too.
 *
 * Two speakers are too few for three splits: one is the test, and of the other's
 * utterances 15 in 100 validate. With one, or with nobody named, each label's utterances
 * are dealt out one by one; so are those without a speaker beside others that have one.
 * `notes` (may be NULL) is told what was done, and where leakage is to be expected. */
void split_make(Corpus *corpus, uint64_t seed, FILE *notes);

/* The split that people call so: train or training; validation, valid, val, development
 * or dev; test or testing; in capitals too. */
bool split_from_any_name(const char *name, Split *split);

#endif
