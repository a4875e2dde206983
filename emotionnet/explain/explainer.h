/* explainer.h: what all attributions share: the score that is explained, and that score
 * of changed utterances.
 *
 * The score of class c is its log-odds, log p_c / (1 - p_c). It means the same for every
 * strategy, whether that returns features' logits or the logarithm of averaged
 * probabilities; it does not flatten where the model is certain, as a probability does;
 * and what adds to it multiplies the odds. With a single class it is the logit.
 *
 * What is changed is what the model reads of each modality (model_embed): word vectors,
 * mel frames, functionals. Their baseline is zero: no word at all, and, after the
 * normalisation, the mean frame (or vector) of the training split. */
#ifndef EMOTIONNET_EXPLAIN_EXPLAINER_H
#define EMOTIONNET_EXPLAIN_EXPLAINER_H

#include "emotionnet/model.h"

/* A trained model, to be asked about one utterance after the other. Not for two
 * threads at once: each makes its own. */
typedef struct Explainer {
	const EmotionNet *model; /* over the same weights, which want no gradient */
	Tape tape;               /* of one question: reset by the next */
} Explainer;

/* Lives in `arena`, as does its model; `params` must live as long. */
Explainer *explainer_new(Arena *arena, const Params *params, const ModelConfig *config);

/* The question: which class of which utterance. */
typedef struct Question {
	const Dataset *data;
	int example; /* index into data->items */
	int label;   /* the class, 0..classes-1 */
} Question;

/* At most this many versions of an utterance are computed side by side. */
enum { EXPLAINER_BATCH = 16 };

/* The embedded utterance `count` times, each modality (count,T,E), on the explainer's
 * tape, which is reset; `masks`
 * (NULL: none) says what each version lacks. The values are for the caller to change
 * before he asks for the scores. */
enum { MAX_PARTS = MAX_MODALITIES };
typedef struct Versions {
	Batch batch;
	Embedded embedded;
	/* all that is embedded: each modality, then functionals beside the frames */
	int parts;
	Var *part[MAX_PARTS];
} Versions;
Versions *explainer_versions(Explainer *explainer, const Question *question, int count,
        const ModalitySet masks[]);
/* (count) the score of each version. */
Var *explainer_scores(
        Explainer *explainer, const Question *question, const Versions *versions);

/* The score of the class in logits (B,classes) -> (B). */
Var *log_odds(Tape *tape, Var *logits, int label);

/* Where a modality stands among those that the model reads, in Embedded and all that
 * follows; -1: it does not. */
int modality_place(const ModelConfig *config, ModalityKind kind);

/* A piece of an utterance: steps begin..end-1 of the modality at this place (words,
 * frames), and of those the features low..high-1 (numbers of the word vector, mel
 * bands). */
typedef struct Piece {
	int place;
	int begin, end, low, high;
} Piece;

/* A modality that the model reads, cut into pieces of `steps` by `features` (0: all of
 * them), the steps varying slowest, in the arena; the last ones may be smaller. None
 * of a modality that the utterance lacks. */
typedef struct Pieces {
	Piece *items;
	int count;
} Pieces;
Pieces pieces_cut(Arena *arena, const Explainer *explainer, const Question *question,
        ModalityKind kind, int steps, int features);

/* Sets a piece of version `b` to the baseline. */
void piece_clear(const Versions *versions, int b, const Piece *piece);

#endif
