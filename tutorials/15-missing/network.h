/* network.h: words and sound, each with a number that says whether it is there, joined as
 * in middle fusion. */
#ifndef TUTORIALS_MISSING_NETWORK_H
#define TUTORIALS_MISSING_NETWORK_H

#include "layers/embedding.h"
#include "layers/linear.h"
#include "tutorials/15-missing/data.h"

typedef struct Network {
	Params params;
	Embedding words;    /* (V,16) */
	Linear sound;       /* 32 -> 16 */
	Linear hidden, out; /* 32 -> 24 -> 6 */
} Network;

typedef struct Plan {
	int epochs, batch;
	float rate, drop; /* drop: the chance that an utterance loses a modality */
	uint64_t seed;
} Plan;

/* Which modalities are there. */
typedef enum Present { BOTH, WORDS_ONLY, SOUND_ONLY } Present;

/* Each utterance keeps both modalities, or with this chance loses one of the two. */
void drop_modalities(
        float has_words[], float has_sound[], int count, float chance, Rng *rng);

Network network_trained(Arena *arena, const Data *data, Plan plan);

/* The logits (count,EMOTIONS) of a set, in the arena. `words`: whose words utterance i
 * has instead of its own; NULL: its own. */
float *network_logits(Arena *arena, const Network *net, const Set *set, Present present,
        const int words[]);

#endif
