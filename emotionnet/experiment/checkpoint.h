/* checkpoint.h: a trained model and all that a prediction needs, in one safetensors file:
 * the weights, and in its metadata the choices, the vocabulary, the labels, the
 * settings of the features, where it was trained and on which speakers. Of the recordings
 * it keeps nothing, not even hashes: so nobody can find out from a model whose recordings
 * it learned from. evaluate knows the speakers of the training, not its recordings. */
#ifndef EMOTIONNET_EXPERIMENT_CHECKPOINT_H
#define EMOTIONNET_EXPERIMENT_CHECKPOINT_H

#include "emotionnet/features/frontend.h"
#include "emotionnet/model.h"
#include "text/record.h"

typedef struct Checkpoint {
	ModelConfig config;
	Frontend frontend;
	Params params;
	/* in training: above 0, the model can do without a modality */
	double modality_dropout;
	const char *source;   /* the corpus it was trained on */
	const char *speakers; /* those of its training split, one a line */
	bool paired; /* sentences and clips of that corpus were matched by label */
} Checkpoint;

/* What the front end has learnt decides how wide the encoders' inputs are: sets that
 * in the config. */
void checkpoint_widths(Checkpoint *checkpoint);

/* Whether what would be saved could be read again; `what` begins the message. */
bool checkpoint_check(const Checkpoint *checkpoint, const char *what, Error *error);

bool checkpoint_save(const Checkpoint *checkpoint, const char *path, Error *error);

/* Tensors and metadata whose names begin so are the state of an unfinished training
 * (resume.h), not the model's: loading a model leaves them where they are. */
#define CHECKPOINT_STATE "train."

/* The same with such a state: its tensors, and the metadata that keep_state adds. */
bool checkpoint_save_state(const Checkpoint *checkpoint, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error);

/* Loads all or nothing into `arena`, to predict: the parameters have no gradients. Fails,
 * saying which, if the file is no model of this program, holds a strategy or setting
 * that is not known, or lacks a tensor, or was damaged. One without a checksum is loaded
 * with a note on standard error. */
bool checkpoint_load(
        Checkpoint *checkpoint, Arena *arena, const char *path, Error *error);

/* Whether it can predict without one of its modalities. */
bool checkpoint_copes(const Checkpoint *checkpoint);
/* Whether it reads several, and cannot. */
bool checkpoint_wants_all(const Checkpoint *checkpoint);

/* How many speakers of this split of a corpus the model was trained on; *first is one
 * of them. */
int checkpoint_leak(const Checkpoint *checkpoint, const Corpus *corpus, Split split,
        const char **first);

#endif
