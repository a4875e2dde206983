/* stage.h: the embedded corpus: sentences from a grammar and speech from a synthesiser,
 * made in memory, the same bits everywhere. No download. What is said and how it is said
 * each decide only part of the utterances, so that fusing them pays; which part is
 * known (stage/rules.h). */
#ifndef EMOTIONNET_STAGE_STAGE_H
#define EMOTIONNET_STAGE_STAGE_H

#include "emotionnet/corpus/corpus.h"
#include "emotionnet/stage/rules.h"

#include <stdint.h>

typedef struct StageOptions {
	int train, validation, test; /* utterances in each split */
	uint64_t seed;
	double mixture[STAGE_KINDS]; /* weight of each kind of utterance */
	double snr; /* dB, of the voice over the noise where the sound is bad */
	bool face;  /* the speakers have a face too (face.h) */
} StageOptions;

/* 3000, 600 and 900 utterances, every kind as often, 6 dB more noise than voice where
 * the sound is bad. */
StageOptions stage_defaults(void);

/* Gives the speakers a face; of each kind that needs one, as many as of the others. */
void stage_add_face(StageOptions *options);

/* Reads the sizes of the splits: "900,200,300", to learn from, to validate and to test, 1
 * or more each. They stay as they were if the text is not understood. */
bool stage_sizes(StageOptions *options, const char *text, Error *error);

/* Reads weights of the kinds: "agree,irony=2"; a kind that is not named has none. The
 * weights stay as they were if the text is not understood. */
bool stage_mixture(double mixture[STAGE_KINDS], const char *text, Error *error);

/* Whether the kinds that have a weight can be made: some need a face. */
bool stage_mixture_fits(const StageOptions *options, Error *error);

#define STAGE_SOURCE "the embedded corpus" /* corpus->source */

/* Makes the corpus in the arena: texts, labels, speakers and word times now (column
 * word_times; column kind, "agree" and so on), the sound of an utterance when
 * corpus->sound is called.
 *
 * The n-th utterance of a split depends on the seed, mixture and n alone, not on the
 * sizes. No speaker and no sentence (whatever its emotion word) stands in two splits.
 * Stops if a size is negative, no kind has a weight above zero, or one that needs a face
 * has and there is none. */
void stage_make_at(Site site, Corpus *corpus, Arena *arena, StageOptions options);
#define stage_make(...) stage_make_at(HERE, __VA_ARGS__)

/* The ceiling of a corpus whose column "kind" names kinds of utterance and nothing else,
 * weighed as often as they occur: the embedded one, or what stage_write wrote of it.
 * False if it has no such column. */
bool stage_corpus_ceiling(const Corpus *corpus, StageView view, StageCeiling *ceiling);

/* What utterance `index` hides. The corpus must come from stage_make. */
StageTruth stage_truth(const Corpus *corpus, int index);

/* Writes the corpus into a folder, which is made if it is not there: ID.wav for each
 * utterance (16 bit), its face as ID.face.csv where it has one, as OpenFace writes it, and,
 * after all of them, corpus.csv, whose files are relative to it.
 * Any corpus that makes its own sound will do. False if the disk fails; then there is
 * no new corpus.csv. */
bool stage_write(const Corpus *corpus, const char *folder, Error *error);

#endif
