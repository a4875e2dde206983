/* regions.h: chapter 3's ironic sentences, two numbers each, and two networks for them: one
 * may look at both numbers together, the other adds up what it makes of each. */
#ifndef TUTORIALS_TWO_MODALITIES_REGIONS_H
#define TUTORIALS_TWO_MODALITIES_REGIONS_H

#include "audio/clip.h"
#include "tensor/tensor.h"

#include <stdbool.h>
#include <stdint.h>

enum { UNITS = 16, MOST_POINTS = 400 };

typedef struct Ironic Ironic;
Ironic *ironic_new(Arena *arena);

typedef struct Trained {
	double loss, test; /* on the training set; accuracy on the test set */
	Tensor field;      /* (rows,columns): p(angry) over the plane, from -4 to 4 */
} Trained;
/* apart: half of the hidden units see only the words, the others only the voice. */
Trained ironic_train(Arena *arena, const Ironic *ironic, bool apart, int epochs,
        float rate, uint64_t seed);

/* Those of the test set that are angry, or glad: how many, and where. */
int ironic_points(const Ironic *ironic, bool angry, real words[], real loud[]);

/* The four sentences of the woman of all chapters: "Infuriatingly" plainly, "Luckily" plainly,
 * and both ironically. */
enum { CASES = 4 };
typedef struct Case {
	const char *text, *voice;
	bool angry;
	Clip clip;
} Case;
Case case_say(Arena *arena, int number);

#endif
