/* training.h: what the command train was asked for, for one model (train.c) or one a fold
 * (train_folds.c). */
#ifndef EMOTIONNET_COMMAND_TRAINING_H
#define EMOTIONNET_COMMAND_TRAINING_H

#include "emotionnet/experiment/experiment.h"

typedef struct Training {
	const char *corpus, *out;
	const char *folds;  /* one model for each of these; NULL: one by the split */
	const char *freeze; /* NULL: nothing */
	bool resume;
	bool no_card;
	double save_every;
	const Options *options;
	/* those that decide what comes of the run; and, after them, how long it goes */
	int asked_begin, asked_end, length_end;
	Settings settings;
	ModelConfig config;
	Frontend frontend;
} Training;

/* Whether a model and its card can be written there: asked before hours are spent. */
bool training_can_write(
        const Training *training, Arena *arena, const char *out, Error *error);

/* Writes the model's card beside it, unless none is wanted. */
bool training_card(const Training *training, const Checkpoint *checkpoint,
        const Corpus *corpus, const Dataset data[SPLIT_COUNT], TrainResult result,
        const char *out, Pool *pool, Error *error);

/* A line of what a training came to. */
void training_print(const Checkpoint *checkpoint, TrainResult result, const char *out);

/* Trains a model for each fold, those that are not there already, and tells how each does
 * on the speakers that it does not know. */
bool train_folds(Training *asked, Arena *arena, Pool *pool, Error *error);

#endif
