/* pair.h: sentences of one corpus and clips of another, matched by label.
 *
 * No free corpus has text that varies and speech that is clean. So sentences (MELD, say)
 * and clips
 * (EmoDB, say) of the same label are put together within each split. Nobody said these
 * words in this voice: given the label, text and sound are independent, which is easier
 * than life, and makes the product of experts the best fusion there can be. Every pair
 * therefore carries the column
 * "paired" with the value "label", and every result tells it. */
#ifndef EMOTIONNET_CORPUS_PAIR_H
#define EMOTIONNET_CORPUS_PAIR_H

#include "emotionnet/corpus/corpus.h"

#include <stdint.h>

typedef struct PairOptions {
	uint64_t seed;
	int most; /* pairs of a label in a split at most; 0: no limit */
	/* no sentence and no clip twice: as many pairs as the smaller side has */
	bool fewer;
	FILE *warnings; /* told what finds no partner; may be NULL */
} PairOptions;

/* For each split and each label that both corpora have there: as many pairs as the larger
 * side has, so that each of its utterances stands in exactly one (unless `most` is less),
 * and each of the smaller side's in as many as any other, or one more. The choice is
 * random, by the seed alone.
 *
 * The text is the sentence's; wav, start, end and speaker are the clip's. The id is both
 * ids with a
 * + between; columns text_id, speech_id, text_speaker, paired. Sentences without text and
 * clips without wav do not take part. Fails if there is no pair at all. The strings of
 * both corpora are kept, not copied. */
bool pair_corpora(Corpus *paired, Arena *arena, const Corpus *text, const Corpus *speech,
        PairOptions options, Error *error);

#endif
