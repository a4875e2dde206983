/* tokeniser.h: text to the tokens of a language model, and tokens back to bytes.
 *
 * A model of language was trained on pieces of words with numbers of its own. Whoever
 * wants its answers must cut text exactly as its makers did. Three kinds are in use:
 *
 *     bytes      GPT-2, SmolLM2, Llama 3: the text is cut into words, each word into
 *                bytes; then the pair of pieces that was merged first in training is
 *                merged, again and again (byte-level BPE: Radford et al. 2019)
 *     sentence   Llama 2, llama2.c: the same from characters, without words; a space is
 *                written U+2581, a character that is not known as its bytes <0x0A>
 *                (SentencePiece: Kudo & Richardson 2018)
 *     words      BERT, MiniLM: words are cut, and each is the longest piece that is known,
 *                again and again; what continues a word begins with ## (WordPiece)
 *
 * A tokeniser is made of plain parts, which a tokenizer.json (tokeniser_json.h) and a
 * GGUF file's metadata both can give. */
#ifndef TEXT_PIECES_TOKENISER_H
#define TEXT_PIECES_TOKENISER_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum TokeniserKind {
	TOKENISER_BYTES,
	TOKENISER_SENTENCE,
	TOKENISER_WORDS,
} TokeniserKind;

/* As GGUF numbers them. */
typedef enum TokenType {
	TOKEN_NORMAL = 1,
	TOKEN_UNKNOWN = 2,
	TOKEN_CONTROL = 3, /* <|im_start|>, [CLS]: never text, and nothing to print */
	TOKEN_USER = 4,    /* always found whole in a text, before anything is cut */
	TOKEN_UNUSED = 5,
	TOKEN_BYTE = 6, /* <0x0A> */
} TokenType;

/* What is done to a text before it is cut (text/pieces/normal.h). */
typedef enum NormalStep {
	NORMAL_END,         /* of the list */
	NORMAL_CLEAN,       /* no control characters, every white space a space: BERT */
	NORMAL_IDEOGRAPHS,  /* a space on both sides of a Chinese character: BERT */
	NORMAL_LOWER,       /* small letters */
	NORMAL_NFD,         /* letters apart from their accents */
	NORMAL_NFC,         /* letters and their accents in one */
	NORMAL_ACCENTS,     /* after NFD: without accents, BERT */
	NORMAL_MARKS,       /* after NFD: without marks of any script */
	NORMAL_SPACE_FIRST, /* a space in front, unless one is there */
	NORMAL_MARK_FIRST,  /* U+2581 in front: "▁", which stands for a space */
	NORMAL_MARK_UNLESS, /* the same, unless one is there */
	NORMAL_MARK_START,  /* the same, of the whole text's beginning alone */
	NORMAL_SPACE_MARKS, /* U+2581 for each space */
} NormalStep;

/* How a text is cut before pieces are sought (text/pieces/cut.h). */
typedef enum CutStep {
	CUT_END,     /* of the list */
	CUT_DIGITS,  /* each digit by itself: SmolLM2 */
	CUT_NUMBERS, /* digits together, apart from the rest */
	CUT_GPT2,    /* words, numbers, signs and white space, by GPT-2's expression */
	CUT_LLAMA3,  /* by Llama 3's: numbers of up to three digits */
	CUT_QWEN2,   /* the same, each digit by itself */
	CUT_BERT,    /* without white space, each sign by itself */
	CUT_MARKS,   /* before each "▁" */
} CutStep;

enum { TOKENISER_STEPS = 8, TOKENISER_ENDS = 4 };

/* All that a tokeniser is made of; what is zero is not there, but for `unknown`.
 *
 * From GGUF's metadata, tokenizer.ggml.model "gpt2" is TOKENISER_BYTES with CUT_GPT2
 * (.pre "smollm": CUT_DIGITS before it; "llama-bpe": CUT_LLAMA3; "qwen2": NORMAL_NFC and
 * CUT_QWEN2) and `unknown` -1; "llama" is TOKENISER_SENTENCE with scores,
 * `fuse_unknown` and `byte_tokens`, NORMAL_MARK_FIRST and `space_first` if
 * .add_space_prefix, and NORMAL_SPACE_MARKS; "bert" is TOKENISER_WORDS, whose tokens
 * "▁the" and "ing" are given as "the" and "##ing". */
typedef struct TokeniserParts {
	const char *path; /* of the file, for messages */
	TokeniserKind kind;

	int count;                 /* of tokens: their numbers are 0 to count - 1 */
	const char *const *tokens; /* as the file spells them: "Ġthe", "▁the", "##ing" */
	const int *types;          /* TokenType, `count`; NULL: all are normal */
	const float *scores;       /* TOKENISER_SENTENCE: highest first; or merges */
	const char *const *merges; /* "Ġt he": the first is merged first */
	int merge_count;
	int unknown; /* the token of what no token spells; -1: none, it is left out */

	NormalStep normal[TOKENISER_STEPS + 1]; /* ends with NORMAL_END */
	CutStep cuts[TOKENISER_STEPS + 1];      /* ends with CUT_END */
	bool whole_words;  /* TOKENISER_BYTES: a word that is a token is not merged */
	bool fuse_unknown; /* unknown characters in a row are one unknown token */
	bool byte_tokens;  /* TOKENISER_SENTENCE: unknown characters become <0x..> */
	int longest_word; /* TOKENISER_WORDS: characters; what is longer is unknown: 100 */
	bool space_first; /* TOKENISER_SENTENCE: the first space was put there: not shown */

	/* with ENCODE_ENDS, what is put around a text: [CLS] and [SEP], or <s> */
	int first[TOKENISER_ENDS], first_count;
	int last[TOKENISER_ENDS], last_count;

	/* Of tokens of type USER and CONTROL, `count` each; NULL: of none. They take the
	 * white space beside them; they are sought in the text as it is normalised. */
	const bool *takes_left, *takes_right, *is_normalised;
} TokeniserParts;

typedef struct Tokeniser Tokeniser;

/* A tokeniser in the arena; keeps nothing of `parts`. NULL and the error (the path, what
 * is wrong with which token or merge) if the parts do not fit together. */
Tokeniser *tokeniser_new(Arena *arena, const TokeniserParts *parts, Error *error);

int tokeniser_count(const Tokeniser *tokeniser);
TokenType tokeniser_type(const Tokeniser *tokeniser, int token);
/* The token of exactly this spelling; -1: there is none. */
int tokeniser_find(const Tokeniser *tokeniser, const char *spelling);
/* As the file spells it. */
const char *tokeniser_spelling(const Tokeniser *tokeniser, int token);

/* A text's tokens. */
typedef struct TokenIds {
	int *at; /* `count` of them */
	int count;
	int room; /* for those who append */
} TokenIds;

/* ENCODE_ENDS: with what the model wants around a text. ENCODE_CONTROL: <|im_end|> in the
 * text is that token, for prompts that a program wrote, never for what a user typed. */
enum { ENCODE_ENDS = 1, ENCODE_CONTROL = 2 };

/* The tokens of any bytes: what is not UTF-8 becomes U+FFFD first, as Hugging Face and
 * SentencePiece have it. In the arena. A word of n bytes takes n log n steps. */
TokenIds tokeniser_encode(const Tokeniser *tokeniser, Arena *arena, const char *text,
        size_t size, unsigned flags);
void token_ids_add(TokenIds *ids, Arena *arena, int token);

/* The bytes that a token prints, so that a text can be shown as it is made: all tokens'
 * bytes in a row are the text. They live as long as the tokeniser, and may be a part of a
 * character. `first`: nothing was printed before (a space at the beginning may then be
 * left out). A control token prints nothing. */
typedef struct TokenBytes {
	const char *at;
	size_t size;
} TokenBytes;
TokenBytes tokeniser_bytes(const Tokeniser *tokeniser, int token, bool first);

/* The text of all, in the arena, with one 0 after its last byte. */
TokenBytes tokeniser_decode(
        const Tokeniser *tokeniser, Arena *arena, const int tokens[], int count);

#endif
