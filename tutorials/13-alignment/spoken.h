/* spoken.h: sentences of the embedded corpus whose meaning depends on which word is
 * stressed. Each has its words, its sound as frames, and the times of its words. */
#ifndef TUTORIALS_ALIGNMENT_SPOKEN_H
#define TUTORIALS_ALIGNMENT_SPOKEN_H

#include "audio/clip.h"
#include "tensor/arena.h"

enum { EMOTIONS = 6, MOST_WORDS = 300, MOST_SAID = 20, RATE = 50 /* frames a second */ };
extern const char *const emotions[EMOTIONS];

/* What is known of a frame, which is 1/50 of a second. */
enum { HIGH, VOICED, LOUD, FRAME };
/* HIGH:   octaves above the mean of the sentence; 0 where there is no voice
 * VOICED: 1 where there is a voice, else 0
 * LOUD:   bels above the level of a whole sentence */

typedef struct Spoken {
	const char *text;
	int label; /* its emotion */
	int count, id[MOST_SAID];
	const char *word[MOST_SAID], *written[MOST_SAID]; /* "i", "I" */
	float start[MOST_SAID], stop[MOST_SAID]; /* when each word is said, in seconds */
	int T;
	float (*frames)[FRAME];               /* (T,FRAME) */
	int begin[MOST_SAID], end[MOST_SAID]; /* the frames under each word */
} Spoken;

typedef struct Words {
	int count; /* id 0 is a word that the training set does not have */
	const char *word[MOST_WORDS];
} Words;

typedef struct Set {
	int count;
	Spoken *items;
	int wider; /* by so many frames each word begins earlier and ends later */
} Set;

typedef struct Sets {
	Words words;
	Set train, test;
} Sets;
/* So many sentences to train and to test with. No speaker is in both. */
void spoken_make(Arena *arena, Sets *sets, int train, int test, int wider);

/* "Infuriatingly, my father came back.", the utterance of all chapters. */
void spoken_angry(Arena *arena, Spoken *spoken, Clip *sound);

/* A sentence that one woman says twice: pair[0] and pair[1] stress another word. */
void spoken_pair(Arena *arena, Spoken pair[2], Clip sound[2]);

/* So many pairs of that kind, by the speakers of the test set: items 2n and 2n + 1. */
Set spoken_twice(Arena *arena, const Words *words, int pairs, int wider);

/* How the times of words are got. */
typedef enum Times {
	TIMES_RIGHT, /* as the corpus tells them, `shift` seconds later */
	TIMES_EVEN,  /* not known: an even share of the sound for each word */
	TIMES_WHOLE  /* not known: the whole sound for each word */
} Times;
void spoken_align(Set set, Times times, float shift);

#endif
