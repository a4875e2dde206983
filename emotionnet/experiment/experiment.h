/* experiment.h: one run from a corpus to a trained model, as the commands train and
 * compare do it, and the options that both share. */
#ifndef EMOTIONNET_EXPERIMENT_H
#define EMOTIONNET_EXPERIMENT_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/experiment/options.h"
#include "emotionnet/train/train.h"
#include "text/vectors.h"

/* What the command line can say about a run. */
typedef struct Settings {
	const char *modalities; /* "text,speech" */
	const char *fusion;
	const char *text_encoder, *speech_encoder; /* "cnn", "lstm", "vector" */
	int embed, text_hidden, speech_hidden, face_hidden, fusion_hidden;
	double dropout;
	bool characters, freeze_vectors, pitch;
	const char *vectors; /* a file of word vectors, or NULL */
	int min_count, max_words, mels, hop;
	double max_seconds;
	const char *normalise, *mel, *select;
	bool trim;
	VarySettings vary;
	TrainOptions train;
	const char *cache;
	bool no_cache, quiet, skip_bad, allow_leak;
} Settings;

Settings settings_defaults(void);

/* Writes the shared options, their values inside `settings`, to `options`; returns how
 * many. First those that decide what comes of a run, then those that only say how long
 * and how it goes. */
enum { SETTINGS_OPTIONS = 48, RUN_OPTIONS = 8 };
int settings_options(Settings *settings, Option options[SETTINGS_OPTIONS]);
int run_options(Settings *settings, Option options[RUN_OPTIONS]);

/* What --help says after the options: the strategies that are there. */
void settings_help(void);

/* Turns names into choices: which modalities, strategy, encoders. Fails, naming those
 * that are known, where one is not. What depends on the data (vocabulary, classes) is
 * filled in by prepared_make(). */
bool settings_resolve(
        const Settings *settings, ModelConfig *config, Frontend *frontend, Error *error);

/* What is asked of training. */
TrainOptions settings_training(const Settings *settings);

/* What the corpus says about itself that every result must repeat. */
typedef struct Provenance {
	const char *source;
	Leak leak;   /* speakers in the train split and in another */
	bool paired; /* sentences and clips were matched by label */
} Provenance;

bool corpus_paired(const Corpus *corpus); /* it has the column "paired" */

/* Where voices or faces are read (`person`) and speakers leak, that is an error unless
 * allowed. */
bool provenance_check(Provenance *provenance, const Corpus *corpus, bool person,
        bool allow_leak, Error *error);
/* Says on `out` what must be said; nothing where all is well. */
void provenance_print(FILE *out, const Provenance *provenance);

/* A corpus in numbers, ready for any strategy over its modalities. */
typedef struct Prepared {
	Frontend frontend;
	Dataset data[SPLIT_COUNT];
	Provenance provenance;
	const char *speakers; /* of the training split, one a line */
	Vectors vectors; /* of the vocabulary's words; width 0: none were asked for */
} Prepared;

/* Reads all splits; what is learnt lives in `arena`. Says on standard error what it
 * left out or cut. */
bool prepared_make(Prepared *prepared, Arena *arena, const Corpus *corpus,
        const Frontend *choices, const Settings *settings, Pool *pool, Error *error);
void prepared_free(Prepared *prepared);

/* The model of a run, with its first weights. They live in `arena`. */
void experiment_begin(Checkpoint *checkpoint, Arena *arena, const Prepared *prepared,
        const ModelConfig *choices, const Settings *settings);

/* Takes parameters out of training before it begins: `list` has names with commas
 * between, * stands for any letters, a name that ends in a dot for all below it. Fails
 * where a name fits none. */
bool experiment_freeze(Params *params, const char *list, Error *error);

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
