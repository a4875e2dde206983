/* fusion.h: what a fusion strategy is given, and what it must return. The strategies are
 * in fusion.c, the one file that a learner edits. */
#ifndef EMOTIONNET_FUSION_H
#define EMOTIONNET_FUSION_H

#include "emotionnet/modality.h"
#include "layers/params.h"
#include "layers/sequence.h"

/* Functionals of the clip, where they stand beside its frames, are one more: the last. */
enum { MAX_MODALITIES = MODALITIES + 1 };

/* One modality of a batch of B utterances, at all three levels. */
typedef struct Modality {
	const char *name; /* "text", "speech", "face", "functionals" */
	Sequence embed;   /* (B,T,E) what the encoder reads: word vectors, mel frames;
	                   * T 1 where the corpus gives one vector an utterance */
	Sequence seq; /* (B,T',H) what the encoder makes of each step; x NULL: unasked */
	Var *pooled;  /* (B,P) what it makes of the whole utterance; likewise */
	Var *present; /* (B,1) 1, or 0 where the utterance lacks this modality */
	/* Which of this modality's embed steps fall under each step of the first one (a
	 * word): begin and end, (B,T of the first,2). Of the first modality itself:
	 * NULL. */
	const int *spans;
} Modality;

/* What a strategy shows besides its answer, for whoever looks inside: numbers of a
 * modality, such as its gate, or how much each step of one modality takes from each
 * step of another, as attention. */
enum { MAX_NOTES = 16 };
typedef struct FusionNote {
	const char *name; /* "gate", "attention" */
	int of, at;       /* the modality, and which one its steps look at; at -1: none */
	Var *value; /* (B,...) of an utterance; or (B, steps of `of`, steps of `at`) */
} FusionNote;
typedef struct FusionView {
	Var *own[MAX_MODALITIES]; /* (B,C) logits of each modality alone, or NULL */
	bool inside;              /* notes are asked for */
	FusionNote note[MAX_NOTES];
	int notes;
} FusionView;

typedef struct FusionInput {
	int batch, count; /* B utterances, this many modalities, 1 or more */
	Modality modality[MAX_MODALITIES]; /* text first, where there is text */
	Rng *rng;                          /* for dropout; NULL when not training */
	FusionView *view;                  /* zero at first; NULL: nobody looks */
} FusionInput;

/* Shows a value (FusionNote), under a name that is kept. Does nothing where nobody
 * asks, or there is no room. */
void fusion_note(const FusionInput *in, const char *name, int of, Var *value);
void fusion_note_look(
        const FusionInput *in, const char *name, int of, int at, Var *value);
bool fusion_notes(const FusionInput *in); /* whether anybody asks */

/* The same, known before there is data: the sizes of the last dimensions. */
typedef struct FusionDims {
	int count, classes;
	const char *name[MAX_MODALITIES];
	int embed[MAX_MODALITIES], seq[MAX_MODALITIES], pooled[MAX_MODALITIES];
	int hidden; /* the width that a strategy should give its own layers */
	real dropout;
} FusionDims;

typedef struct Fusion {
	const char *name, *summary;
	bool embed_only; /* reads only `embed`: no encoders are built (early fusion) */
	/* leaves a missing modality out by itself; others must be trained for it */
	bool copes_alone;
	real held_out; /* share of utterances that only "fusion.combine.*" learns from */
	/* Adds the strategy's parameters, their names starting with "fusion.", and
	 * returns its state, which lives in the arena. */
	void *(*build)(Arena *arena, Params *params, const FusionDims *dims, Rng *rng);
	/* -> (B,classes). Logits, because late fusion has no features to return. */
	Var *(*logits)(const void *state, Tape *tape, const FusionInput *in);
} Fusion;

/* A buffer of this name, (C), is given the logarithm of each class's share of the
 * training split. */
#define FUSION_LOG_PRIOR "fusion.log_prior"

/* The table of strategies, ended by an entry without a name. */
extern const Fusion fusion_table[];
const Fusion *fusion_find(const char *name); /* NULL if there is none of that name */

#endif
