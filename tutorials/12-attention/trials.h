/* trials.h: what is trained, with all its settings, and how it is measured. */
#ifndef TUTORIALS_ATTENTION_TRIALS_H
#define TUTORIALS_ATTENTION_TRIALS_H

#include "tutorials/12-attention/network.h"
#include "tutorials/lesson/lesson.h"

enum { SEEDS = 5, EPOCHS = 20, BATCH = 8, TRAINED = 600, OTHERS = 300 };
enum { LENGTHS = 5 }; /* 1, 2, 4, 8 and 16 sentences in a story of the test set */

typedef struct Data {
	Words words;
	int sentences;                      /* in each story of the training set */
	Stories train[2], test[2][LENGTHS]; /* by Rule; no stories: count 0 */
} Data;
void trials_data(Arena *arena, Data *data, int sentences);

/* Of Adam: the best of 0.01, 0.03, 0.05, 0.1, 0.2 and 0.4 on the validation set. */
float trials_rate(Rule rule, Pooling pooling);
static const float RATE_BESIDE = 0.03f; /* of attention that sees neighbours */

/* Every pooling by both rules, over all lengths; and a chart. */
void trials_poolings(Lesson *lesson, const Data *data);

/* What the weights of these networks tell, under keys that begin with `key`. */
void trials_maps(Lesson *lesson, const char *key, const Network net[SEEDS], Stories set);

#endif
