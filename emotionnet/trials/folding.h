/* folding.h: the data of a cross-validation, fold by fold.
 *
 * Sounds are read once and kept as they come. What is learnt from a training split
 * (vocabulary, levels) is learnt for each fold anew, when its first cell begins, and given
 * back after its last: so no more folds are in memory at a time than threads. */
#ifndef EMOTIONNET_TRIALS_FOLDING_H
#define EMOTIONNET_TRIALS_FOLDING_H

#include "emotionnet/corpus/folds.h"
#include "emotionnet/trials/cell.h"

typedef struct Folding Folding;

/* Everything is kept, not copied. */
typedef struct FoldingSource {
	const Corpus *corpus;
	const char *how; /* which folds (folds_make) */
	const Frontend *choices;
	const Settings *settings;
	bool disturb; /* conditions_make's */
} FoldingSource;

/* Reads all of the corpus and cuts it. Says on standard error what it left out, and what a
 * fold lacks to learn from. Fails as folds_make does, where a speaker would be on two
 * sides of a fold (provenance_check), and where something cannot be read. In the arena,
 * but must come to folding_free. */
Folding *folding_new(Arena *arena, const FoldingSource *source, Pool *pool, Error *error);
void folding_free(Folding *folding); /* NULL is allowed */

const Folds *folding_folds(const Folding *folding);

/* That a fold will be entered once more. */
void folding_expect(Folding *folding, int fold);

/* Gives a trial the data of a fold, made now if they are not there. Each thread may enter
 * any fold. After the last that was expected has left, they are given back. */
bool folding_enter(Folding *folding, int fold, Trial *trial, Pool *pool, Error *error);
void folding_leave(Folding *folding, int fold);

/* The head of a comparison on folds, as sweep_head makes it of one split. */
bool folding_head(Folding *folding, Comparison *comparison, Arena *arena,
        const char *settings, Pool *pool, Error *error);

#endif
