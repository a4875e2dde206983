/* contamination.h: has a language model read the test before? Nobody can ask it. But a text
 * that it has read is less surprising to it than a new one: so its perplexity on the test is
 * told beside that on sentences that were written for this comparison. */
#ifndef EMOTIONNET_TRIALS_CONTAMINATION_H
#define EMOTIONNET_TRIALS_CONTAMINATION_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/trials/prompting.h"

/* The sentences (fresh.c); they are printed nowhere but here. */
enum { FRESH_SENTENCES = 30 };
extern const char *const fresh_sentences[FRESH_SENTENCES];

/* Of the test so many texts are read at most, the first ones of some length. */
enum { CONTAMINATION_TEXTS = 300, CONTAMINATION_BYTES = 10 };

/* Fills comparison->known, whose test is listed. Nothing where there are no texts, or the
 * model is a BERT, which says of no text how probable it is. Fails where the model computes
 * numbers that are not finite. */
bool contamination_ask(Comparison *comparison, Arena *arena, const LanguageRows *rows,
        Pool *pool, Error *error);

#endif
