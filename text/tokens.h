/* tokens.h: a text cut into words, or into characters.
 *
 * The text is folded first (text/fold.h): small letters, plain quotes. Then, from left to
 * right, the first rule that fits makes the next token:
 *
 *     link         http://a.b, www.a.b          <url>: what it says is no word
 *     tag          #happy @anna                 kept whole with its sign
 *     emoticon     :-) :) ;-P <3 ^_^            one form each: the nose is dropped, :P
 *     emoji        😀 ❤️ 👩🏽‍💻 a flag              one token; colour and skin are dropped
 *     contraction  can't -> ca n't, it's -> it 's, they've -> they 've
 *     number       5 3.50 1,000 10:30 1st       kept whole
 *     word         letters and digits, apostrophes inside: y'know; 'cause 'em
 *     marks        ... !! ?! --                 a run is one token: . -> ..., !!!! -> !!
 *     any other character by itself; a hyphen too: uh-oh -> uh - oh
 *
 * A letter that stands more than three times in a row stands three times: soooo -> sooo.
 * All elongations of a word are then the same token, and still another than the word
 * itself, since drawing a word out says something.
 *
 * Contractions are cut as in the Penn Treebank, for two reasons: every negation (can't,
 * won't, isn't) has the one token n't, which a small corpus sees often enough to learn
 * from; and published word vectors (GloVe) have n't and 's, but not can't. On MELD this
 * leaves the fewest words unknown
 * (4.3 % of the test set, against 5.0 % with can't and uh-oh whole); a bag of words
 * cannot tell the conventions apart (weighted F1 within 0.6 points). */
#ifndef TEXT_TOKENS_H
#define TEXT_TOKENS_H

#include "tensor/arena.h"

typedef struct Token {
	const char *text;  /* never empty; no white space but the character token " " */
	size_t begin, end; /* bytes begin..end-1 of the source */
	int word; /* which of the words that white space separates it is in, from 0 */
} Token;

typedef struct Tokens {
	Token *items; /* `count` of them */
	int count;
	int words;    /* that white space separates */
	int replaced; /* places of the source that were not UTF-8: read as U+FFFD */
} Tokens;

/* The words of a text (a C string) in the arena. Any bytes will do. Takes some 70 bytes
 * of the arena a byte of text: who keeps less of it takes a mark before, and rewinds
 * after. */
Tokens tokens_split(Arena *arena, const char *text);

/* The characters of the same folded text, each a token; white space is a token " " where
 * it stands between two others. */
Tokens tokens_characters(Arena *arena, const char *text);

#endif
