/* heard.h: utterances of the embedded corpus, as 24 numbers of their sound.
 *
 * Who speaks, how often, and in which emotion is set here exactly: the chapter needs
 * corpora that are unbalanced, and one that leaks. */
#ifndef TUTORIALS_SIX_EMOTIONS_HEARD_H
#define TUTORIALS_SIX_EMOTIONS_HEARD_H

#include "audio/clip.h"
#include "emotionnet/stage/rules.h"
#include "tensor/arena.h"

#include <stdbool.h>

/* Of 12 frequency bands: how loud it is on average, and how much that varies. */
enum { BANDS = 12, FEATURES = 2 * BANDS, CLASSES = STAGE_EMOTIONS };

extern const char *const emotions[CLASSES];

typedef struct Set {
	int count;
	float *x;          /* (count, FEATURES) */
	int *target;       /* (count): 0 neutral ... 5 surprise */
	int *speaker;      /* (count): who says it */
	const char **text; /* (count): what is said */
} Set;

typedef struct Recipe {
	/* Even numbers are men, odd ones women; step 2: only one of the two. */
	int first_speaker, speakers, step;
	int each[CLASSES]; /* how often each of them speaks in emotion e; */
	int own;           /* and so many more in an emotion of the speaker's own */
	bool acted; /* false: words and voice are neutral, whatever the target is */
	/* Each speaker has a microphone, which makes each band up to so many decibels
	 * louder or softer. */
	double microphone;
	int half; /* 0 or 1: which half of all sentences */
} Recipe;

Set heard(Arena *arena, Recipe recipe);

/* Each speaker says 15 sentences neutrally, and 2 in each of the other emotions. */
Set heard_people(Arena *arena, int first_speaker, int speakers, int half);

/* Twelve women, 24 sentences each, all spoken neutrally. `own` of them are written down
 * as one and the same emotion, two women for each; the others as all six in turn. */
Set heard_leaking(Arena *arena, int own, double microphone);

/* Those of `of` for which pick[i] == value. */
Set heard_where(Arena *arena, const Set *of, const int pick[], int value);

/* What gives each feature mean 0 and deviation 1 over `set`. */
typedef struct Scale {
	float mean[FEATURES], deviation[FEATURES];
} Scale;
Scale scale_of(const Set *set);
void rescale(Set *set, const Scale *scale);

/* A set of one sound. */
Set heard_one(Arena *arena, const Clip *clip, int target);

/* The numbers of one sound. */
void features_of(float x[FEATURES], const Clip *clip);

#endif
