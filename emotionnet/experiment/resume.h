/* resume.h: training that can be killed at any moment, and goes on as if it had not been.
 *
 * The file is a model as any other, with the weights of the best epoch so far. Beside
 * them, under "train.", stand the weights that are being trained ("train.now."), the
 * optimiser's and the average's tensors, and in the metadata how far the run has come,
 * what was asked for, and which data it learns from. All that is read again is the
 * same to the last bit. */
#ifndef EMOTIONNET_EXPERIMENT_RESUME_H
#define EMOTIONNET_EXPERIMENT_RESUME_H

#include "emotionnet/experiment/checkpoint.h"
#include "emotionnet/train/train.h"

/* Writes the model that is trained with the weights `kept`, and beside it the state: its
 * tensors, and what keep_state adds to the metadata (checkpoint_save_state). */
typedef bool ResumeSave(const void *model, const Params *kept, const Params *state,
        void keep_state(Record *record, void *context), void *context, const char *path,
        Error *error);

typedef struct Resume {
	const char *path;
	const char *settings; /* all that decides what comes of the run, one a line */
	const char *data;     /* what it learns from, in a few words and a fingerprint */
	double every; /* seconds from save to save within an epoch; 0: after each step */
	Trainer *trainer;
	ResumeSave *save;
	const void *model; /* for `save` */
} Resume;

/* Of a model of emotions. Everything is kept, not copied. */
Resume resume_new(Arena *arena, const char *path, const char *settings, double every,
        Trainer *trainer, const Checkpoint *checkpoint);

/* What a model learns from, in a few words and a fingerprint. */
const char *resume_data(Arena *arena, const Frontend *frontend, const Dataset *training,
        const Dataset *validation);

/* Whether there is a file to go on from. Clears away what killed writers left beside
 * it. */
bool resume_exists(const Resume *resume);

/* Makes a new trainer what the saved one was: all or nothing. Fails, naming the
 * difference, where the run in the file was asked for other things or learns from other
 * data, and where the file holds a model but no run. */
bool resume_load(const Resume *resume, Error *error);

/* Saves a run between two steps. */
bool resume_save(const Resume *resume, Error *error);

/* Trains to the end, and saves at each epoch's end and, within one, as often as
 * `every` says. */
bool resume_train(const Resume *resume, const Progress *progress, Error *error);

#endif
