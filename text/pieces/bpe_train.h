/* bpe_train.h: a byte-level vocabulary of one's own, from texts (Sennrich et al. 2016, over
 * bytes as Radford et al. 2019).
 *
 * Texts are cut into words, and words into bytes. The pair of neighbours that occurs most
 * often becomes a token, everywhere; then the next, until the vocabulary is full. Of two
 * pairs that occur equally often the one with the smaller tokens comes first, so that the
 * same texts always give the same vocabulary, whatever their order: the one that Hugging
 * Face's BpeTrainer makes. */
#ifndef TEXT_PIECES_BPE_TRAIN_H
#define TEXT_PIECES_BPE_TRAIN_H

#include "text/pieces/tokeniser.h"

/* The words of texts, and how often each occurs. */
typedef struct BpeWords BpeWords;

/* None yet, in the arena. A text is cut by `cuts`, which are kept, too. */
BpeWords *bpe_words_new(Arena *arena, const CutStep cuts[]);
void bpe_words_add(BpeWords *words, const char *text, size_t size);

/* The parts of a tokeniser of at most `count` tokens: those of `special` (type CONTROL)
 * first, then the 256 bytes, then one for each merge of a pair that occurs at least
 * `least` times. In the words' arena. Stops if `count` has no room for the first two. */
TokeniserParts bpe_train(BpeWords *words, int count, int least,
        const char *const special[], int special_count);

#endif
