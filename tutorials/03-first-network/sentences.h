/* sentences.h: what the chapter learns from: sentences that are angry or glad, as two
 * numbers each. */
#ifndef TUTORIALS_FIRST_NETWORK_SENTENCES_H
#define TUTORIALS_FIRST_NETWORK_SENTENCES_H

#include "audio/clip.h"
#include "emotionnet/corpus/corpus.h"

#include <stdint.h>

/* [sentence] */
enum { WORDS, LOUD, FEATURES };

typedef struct Sentence {
	float x[FEATURES]; /* rating of its words; loudness of its voice */
	float angry;       /* the target: 1 angry, 0 glad */
} Sentence;
/* [/sentence] */

typedef struct Sentences {
	int count;
	Sentence *items;
} Sentences;

/* From -3 (furious) to 3 (overjoyed): the ratings of its words, added. */
float rating_of(const char *text);
/* Of the whole sound: 0 is -24 dB of full scale, and 2 dB are one unit. */
float loudness_of(const Clip *clip);

/* The angry and the glad sentences of the embedded corpus, of these kinds
 * (stage_mixture), in three sets with other speakers and other sentences each. */
void sentences_make(Arena *arena, const char *kinds, Sentences *train, Sentences *val,
        Sentences *test);
/* So many of them, drawn by the seed; the first `wrong` with the wrong target. */
Sentences sentences_some(Arena *arena, Sentences of, int count, int wrong, uint64_t seed);

/* The speaker of the course says "FIRST, my father came back." in each of these ways. */
typedef enum Said {
	FURIOUS_ANGRILY, /* "Infuriatingly, ...": the sentence of all chapters */
	FURIOUS_PLAINLY,
	LUCKY_PLAINLY, /* "Luckily, ..." */
	LUCKY_IRONICALLY,
	FURIOUS_IRONICALLY,
	SAID
} Said;
typedef struct Spoken {
	const char *text, *voice;
	Clip clip;
	Sentence sentence;
} Spoken;
Spoken sentence_say(Arena *arena, Said said);

#endif
