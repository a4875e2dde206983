/* tokeniser_inside.h: what tokeniser.c makes and encode.c uses. */
#ifndef TEXT_PIECES_TOKENISER_INSIDE_H
#define TEXT_PIECES_TOKENISER_INSIDE_H

#include "text/pieces/bpe.h"
#include "text/pieces/tokeniser.h"
#include "text/stringset.h"

/* Tokens that are sought whole in a text: of type USER and CONTROL. */
typedef struct Whole {
	int token;
	bool takes_left, takes_right, is_normalised;
	const char *text;
	size_t size;
} Whole;

struct Tokeniser {
	TokeniserParts parts; /* its pointers are not kept: they are NULL */
	StringSet spellings;
	int *token_of;            /* of a string of the set: its first token */
	const char **spelling;    /* `count`, as the file has them */
	TokenBytes *printed;      /* what each token prints */
	unsigned char *types;     /* TokenType */
	float *scores;            /* NULL: merges */
	size_t longest;           /* of all spellings, in bytes */
	Merges merges;            /* of pairs of tokens */
	int bytes[256];           /* the token of each byte; -1: none */
	Whole *wholes;            /* by first byte, the longest first */
	int first_whole[256 + 1]; /* those of byte b are first[b] to first[b + 1] - 1 */
	bool any_normalised;      /* of wholes */
};

/* The token of this spelling, of a text's part; -1. */
int tokeniser_token(const Tokeniser *tokeniser, const char *text, size_t size);

#endif
