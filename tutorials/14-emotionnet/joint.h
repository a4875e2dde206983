/* joint.h: EmotionNet trained jointly, in one short loop over the library's own model, with a head on
 * each encoder that shows what the encoder has learnt. */
#ifndef TUTORIALS_EMOTIONNET_JOINT_H
#define TUTORIALS_EMOTIONNET_JOINT_H

#include "emotionnet/corpus/corpus.h"
#include "emotionnet/experiment/experiment.h"

enum { TRAIN = 480, VALIDATION = 300, EPOCHS = 12, BATCH = 16, EMOTIONS = 6 };

/* The embedded corpus as numbers, and the choices of the model. */
typedef struct World {
	Corpus corpus;
	Prepared prepared; /* its ids and frames, and the choices of the features */
	ModelConfig config;
} World;

World the_world(Arena *arena);

typedef struct Joint {
	double auxiliary; /* weight of the heads' losses; 0: they only look on */
	double modulate;  /* alpha of OGM-GE; 0: none */
	int pretrain;     /* epochs first in which only the heads have a loss */
	double rate;
	uint64_t seed;
} Joint;

typedef struct Model {
	Params params;
	EmotionNet *net;
} Model;

Model model_begin(Arena *arena, const World *world, uint64_t seed);

/* The accuracy on the validation split, and which utterances the model gets right. */
typedef struct Look {
	double fused, text, speech; /* of the model; of the head on each encoder */
	int right[VALIDATION];
} Look;

Look model_look(const Model *model, const World *world);

/* What model and heads say of one utterance: three rows of probabilities. */
typedef struct Answer {
	real p[3][EMOTIONS];
} Answer;

Answer model_answer(
        const Model *model, const World *world, const char *text, const Clip *clip);

/* Trains a new model; what it is after epoch e goes to looks[e]. */
Model model_train(Arena *arena, const World *world, Joint plan, Look looks[EPOCHS]);

#endif
