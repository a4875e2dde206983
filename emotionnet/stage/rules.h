/* rules.h: what decides the emotion of an utterance of the embedded corpus, and
 * from that the best accuracy that anybody can reach.
 *
 *   agree    words and voice both say it
 *   words    the words say it, the voice is flat
 *   voice    the voice says it, the words are neutral
 *   irony    the words say it, unless the tone is ironic: then their opposite. Neither
 * alone can tell,
 *            nor any sum of what the two say: for a pair of opposites it is an exclusive or
 *   stress   two emotion words; the one that the voice stresses decides. A word that says
 * nothing
 *            is stressed too, so that counting stresses does not help: one has to align
 *   noise    one of the two is bad (words lost and wrong; noise over another voice), the
 * other good
 *
 * Where the speakers have a face (StageOptions.face), there are two kinds more. In agree the
 * face says it too; in the others above it is at rest:
 *
 *   face     the face says it, the words are neutral, the voice is flat
 *   mask     words and voice say it, unless the smile is false: then their opposite. A face
 * that contradicts both
 *
 * No two kinds contradict each other: whoever has all modalities can always tell. */
#ifndef EMOTIONNET_STAGE_RULES_H
#define EMOTIONNET_STAGE_RULES_H

#include "tensor/rng.h"

#include <stdbool.h>

typedef enum StageEmotion {
	STAGE_NEUTRAL,
	STAGE_JOY,
	STAGE_SADNESS,
	STAGE_ANGER,
	STAGE_FEAR,
	STAGE_SURPRISE,
	STAGE_EMOTIONS,
	STAGE_IRONIC = STAGE_EMOTIONS, /* a manner of the voice, but no label */
	STAGE_FALSE = STAGE_IRONIC,    /* the same of the face: a false smile */
	STAGE_MANNERS,
} StageEmotion;

typedef enum StageKind {
	STAGE_AGREE,
	STAGE_WORDS,
	STAGE_VOICE,
	STAGE_IRONY,
	STAGE_STRESS,
	STAGE_NOISE,
	STAGE_FACE, /* this and the next: only of speakers with a face */
	STAGE_MASK,
	STAGE_KINDS,
} StageKind;

const char *stage_emotion_name(StageEmotion emotion); /* "joy" */
const char *stage_kind_name(StageKind kind);          /* "agree" */
int stage_kinds(bool face); /* how many there are: the first six, or all */

/* The opposite that irony turns an emotion into; the opposite's opposite is the
 * emotion itself. */
StageEmotion stage_opposite(StageEmotion emotion);

/* What an utterance hides: the label, and what text and voice show of it. */
typedef struct StageTruth {
	StageKind kind;
	StageEmotion label;
	StageEmotion words
	        [2]; /* what the written emotion words say; the second only for stress */
	StageEmotion
	        spoken; /* what the spoken one says: words[0], unless the text is bad */
	StageEmotion manner; /* of the voice: an emotion or STAGE_IRONIC */
	StageEmotion face;   /* an emotion or STAGE_FALSE */
	int stressed;        /* which of the two words the voice stresses; -1: neither */
	bool bad_text, bad_sound;
} StageTruth;

/* Draws one utterance of a kind; every label is equally likely. */
StageTruth stage_draw(StageKind kind, Rng *rng);

/* Who looks at it. */
typedef enum StageView {
	STAGE_TEXT,
	STAGE_SPEECH,
	STAGE_BOTH,
	STAGE_LOOKS, /* at the face alone; and so on */
	STAGE_TEXT_LOOKS,
	STAGE_SPEECH_LOOKS,
	STAGE_ALL,
	STAGE_VIEWS
} StageView;
const char *stage_view_name(StageView view); /* "text", "text+speech" */
int stage_views(bool face);                  /* how many: the first three, or all */
StageView stage_view(bool text, bool speech, bool face); /* one of them at least */

/* A number for all that a view shows of an utterance: equal exactly where it looks the
 * same. */
enum {
	STAGE_SIGHTS = 3 * 2 * (STAGE_EMOTIONS + 1) * (STAGE_EMOTIONS + 1) *
	               STAGE_MANNERS * 2 * STAGE_MANNERS
};
int stage_sight(const StageTruth *truth, StageView view);

typedef struct StageCeiling {
	/* accuracy of the best classifier of the mixture, in each kind */
	double kind[STAGE_KINDS];
	double all; /* and over the whole mixture: nobody can do better */
} StageCeiling;

/* Exact, by going through every outcome of the rules. `mixture` holds the weight of each
 * kind. The classifier is not told the kind; between equally likely labels it tosses a
 * coin. Ceilings are of what words and manner *mean*: who could recognise words in the
 * sound alone would see more. */
StageCeiling stage_ceiling(const double mixture[STAGE_KINDS], StageView view);

#endif
