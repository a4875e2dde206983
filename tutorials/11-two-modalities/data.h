/* data.h: utterances of the embedded corpus with what is said and how it is said, each as
 * numbers. */
#ifndef TUTORIALS_TWO_MODALITIES_DATA_H
#define TUTORIALS_TWO_MODALITIES_DATA_H

#include "text/vocabulary.h"
#include "tutorials/05-six-emotions/heard.h"

enum { EMOTIONS = CLASSES, VOICE = FEATURES, MOST_WORDS = 24 };

/* What tells the emotion. */
typedef enum Kind { BOTH_TELL, WORDS_TELL, VOICE_TELLS, IRONY, KINDS } Kind;
extern const char *const kind_names[KINDS];

typedef struct Both {
	int words, id[MOST_WORDS]; /* what is said: the ids of its words */
	float voice[VOICE];        /* how: loudness of 12 bands, and how much it varies */
	int emotion;               /* the target: 0 neutral ... 5 surprise */
	Kind kind;
} Both;

typedef struct BothSet {
	int count;
	Both *items;
} BothSet;

/* What is learnt from the training set: its words; mean and deviation of its voices. */
typedef struct Ears {
	Vocabulary vocabulary;
	Scale scale;
} Ears;

/* So many utterances to learn from, and others by other speakers; of these kinds
 * (stage_mixture). */
typedef struct Data {
	Ears ears;
	BothSet train, validation;
} Data;
Data data_make(Arena *arena, const char *kinds, int train, int validation);

Both data_of(const Ears *ears, const char *text, const Clip *clip);

#endif
