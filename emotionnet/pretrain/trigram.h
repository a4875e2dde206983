/* trigram.h: how well the last two tokens alone tell the next one: what a language model
 * has to beat.
 *
 * Interpolated Kneser-Ney (Kneser & Ney 1995; Chen & Goodman 1999, 3.1), the best of the
 * models that only count:
 *
 *     P(w|u,v) = (c(u,v,w) - D)+ / c(u,v) + D N(u,v) / c(u,v) P(w|v)
 *
 * where c counts occurrences, and N(u,v) the different tokens that came after u,v. P(w|v)
 * and P(w) are the same one token shorter, with c the number of different tokens that
 * came before; below them every token is as likely as another. D = n1 / (n1 + 2 n2), of
 * the entries that were counted once and twice. */
#ifndef EMOTIONNET_PRETRAIN_TRIGRAM_H
#define EMOTIONNET_PRETRAIN_TRIGRAM_H

#include <stddef.h>

enum { TRIGRAM_TOKENS = 1 << 20 }; /* a vocabulary at most */

/* The mean of -log P, in nats, over the tokens held[1..held_count-1], each after the two
 * before it (the first of them after one), when tokens[0..count-1] were counted. Tokens are
 * 0..vocabulary-1; both lists have two at least. */
double trigram_loss(const int tokens[], size_t count, const int held[], size_t held_count,
        int vocabulary);

#endif
