/* experiment.h: one run from a corpus to a trained model, as the commands train and
 * compare do it. */
#ifndef EMOTIONNET_EXPERIMENT_EXPERIMENT_H
#define EMOTIONNET_EXPERIMENT_EXPERIMENT_H

#include "emotionnet/corpus/provenance.h"
#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/settings.h"
#include "text/vectors.h"

/* A corpus in numbers, ready for any strategy over its modalities. */
typedef struct Prepared {
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	Provenance provenance;
	const char *speakers;      /* of the training split, one a line */
	const char *both_speakers; /* and of the validation split */
	Vectors vectors; /* of the vocabulary's words; width 0: none were asked for */
} Prepared;

/* Fails where nobody in the train split has one of the modalities that are read: it would
 * be learnt from nothing. */
bool prepared_check(const Corpus *corpus, const Frontend *choices, Error *error);

/* Reads all splits; what is learnt lives in `arena`. Says on standard error what it
 * left out or cut. */
bool prepared_make(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, Pool *pool, Error *error);
void prepared_free(Prepared *prepared);

/* The parts of prepared_make, for what prepares one corpus several times: how it is read,
 * with the cache that the settings name; the reading, which tells nothing; and what is
 * to be said of it. */
bool prepared_run(FrontendRun *run, Arena *arena, const Settings *settings, Pool *pool,
        Error *error);
bool prepared_read(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, FrontendRun *run,
        Error *error);
void prepared_tell(
        const FrontendRun *run, const Corpus *corpus, const Settings *settings);

/* The model of a run, with its first weights. They live in `arena`. */
void experiment_begin(Checkpoint *checkpoint, Arena *arena, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings);

/* Takes parameters out of training before it begins: `list` has names with commas
 * between, * stands for any letters, a name that ends in a dot for all below it. Fails
 * where a name fits none. */
bool experiment_freeze(Params *params, const char *list, Error *error);

/* Whether a model of these could be read again, before hours are spent on it. */
bool experiment_try(const Prepared *prepared, const ModelConfig *choices,
        const Settings *settings, Error *error);

/* Begins and trains a model on what was prepared. The checkpoint's parameters live in
 * `arena`. */
TrainResult experiment_train(Checkpoint *checkpoint, Arena *arena,
        const Prepared *prepared, const ModelConfig *choices, const Settings *settings,
        Pool *pool, const Progress *progress);

/* What a model says of a set of examples, (N,classes) in `arena`; `mask` as below. */
Tensor experiment_predict(Arena *arena, const Checkpoint *checkpoint, const Dataset *data,
        const ModalitySet *mask, Pool *pool);

/* The confusion matrix of a model on a set of examples; `mask` (NULL: nothing) is left
 * out of all. */
Confusion experiment_evaluate(Arena *arena, const Checkpoint *checkpoint,
        const Dataset *data, const ModalitySet *mask, Pool *pool);

#endif
