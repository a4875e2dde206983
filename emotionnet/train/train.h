/* train.h: from first weights to trained ones, a batch at a time; the best epoch on the
 * validation split is kept.
 *
 *     Trainer *trainer = trainer_new(&params, &config, &training, &validation, &options, pool);
 *     while (trainer_step(trainer))
 *             ;
 *     TrainResult result = trainer_finish(trainer);
 *
 * What is taught is a Lesson: emotions (emotions.c), or what comes next (pretrain/). All
 * else, the order, the steps, the best epoch, is the same for any of them.
 *
 * Everything that one step hands to the next lies in the Trainer, so that between two
 * steps a run can be saved and taken up again (resume.h). Random numbers need no place
 * there: those of a step are a function of the seed, the epoch and the step. */
#ifndef EMOTIONNET_TRAIN_TRAIN_H
#define EMOTIONNET_TRAIN_TRAIN_H

#include "emotionnet/train/evaluate.h"
#include "emotionnet/train/progress.h"
#include "optim/average.h"
#include "optim/optimiser.h"
#include "optim/plan.h"

typedef struct TrainOptions {
	int epochs; /* at most */
	int last;   /* stop after this one of them; 0: none is the last */
	int batch;  /* utterances a step */
	/* epochs without a better validation score before it stops; 0: never */
	int patience;
	double rate;    /* the optimiser's step size, before the schedule */
	double clip;    /* the largest norm of the gradient; 0: any */
	double average; /* how much of the averaged weights a step keeps; 0: none */
	/* share of earlier epochs in the score that an epoch is judged by; 0: by its own
	 * alone, which a lucky epoch wins */
	double smooth;
	/* the chance that an utterance loses one of its modalities */
	double modality_dropout;
	double auxiliary; /* weight of the loss of a head on each encoder; 0: none */
	double modulate;  /* alpha of gradient modulation (modulate.h); 0: none */
	int pretrain; /* epochs first in which the encoders learn alone, by their heads */
	bool freeze_encoders;        /* after those epochs */
	double smoothing;            /* label smoothing */
	int mask_bands, mask_frames; /* SpecAugment: the widest bars of it; 0: none */
	bool class_weights; /* weight utterances so that every class counts alike */
	int select; /* what the best epoch is best by: of select_names (metrics.h) */
	OptimiserOptions optimiser;
	PlanOptions schedule;
	uint64_t seed;
	int threads; /* 0: all cores */
} TrainOptions;

TrainOptions train_defaults(void);

/* Whether this needs a model with heads (ModelConfig). */
bool train_needs_heads(const TrainOptions *options);

/* How far a run has come. */
typedef struct TrainPosition {
	int epoch;       /* whole epochs done */
	int step;        /* steps done of the next one */
	double total;    /* the losses of its utterances so far */
	double loss;     /* mean training loss of the last whole epoch */
	int best;        /* the epoch whose weights are kept, from 1; 0: none yet */
	double score;    /* of that epoch on the validation split, smoothed; -1: none */
	double smoothed; /* the running mean of all epochs' scores, not yet divided by ... */
	double weight; /* ... its weights' sum */
} TrainPosition;

typedef struct Trainer Trainer;

/* What is taught. `state` is the lesson's own; the functions find it in the trainer. */
typedef struct Lesson {
	const char *score; /* what `validate` measures: "UAR" */
	ShardBuild *build; /* a replica of the model, of `config` */
	const void *config;
	void *state;
	/* Forward and backward of `size` examples, from the begin-th on in the epoch's
	 * order; returns the loss. Random numbers are drawn from lesson_rng. */
	real (*gradients)(Trainer *trainer, int begin, int size);
	/* How good the model is on the validation split: more is better, and -1 is as bad
	 * as can be. */
	double (*validate)(Trainer *trainer);
	/* Whether this epoch's score means nothing yet; NULL: it always means something. */
	bool (*settles)(const Trainer *trainer);
	void (*end)(Trainer *trainer); /* gives back what training took; or NULL */
} Lesson;

struct Trainer {
	/* what is asked for */
	Lesson lesson;
	TrainOptions options;
	const Dataset *training, *validation;
	Rng rng;   /* never drawn from, only split */
	int steps; /* of an epoch */

	/* what one step hands to the next, besides the weights */
	TrainPosition at;
	Params *params; /* the weights: the caller's */
	Optimiser optimiser;
	Plan plan;
	Average average; /* of the weights; only if options.average */
	/* the weights of the best epoch so far, before it the first; the model's names */
	Params kept;

	/* what every step makes anew */
	Arena *arena;
	Shards *shards;
	int *order;              /* of the training examples in epoch */
	int ordered;             /* this one; 0: in none yet */
	double *losses, *scores; /* (epochs) of each whole epoch so far */
	double score;            /* of the last epoch, to be told */
	bool diverged;           /* a number was not finite: */
	Error why;               /* where, and what to try */
	double started;          /* seconds_now() */
};

/* Trains the model whose parameters are `params`, in place. All but the options and the
 * lesson is kept, not copied. With an empty validation set all epochs are run and the last
 * is kept. Stops if `training` is empty: the caller checks that. */
Trainer *trainer_begin(Params *params, const Lesson *lesson, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool);
/* The same for a model of emotions (emotions.c). */
Trainer *trainer_new(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool);
void trainer_free(Trainer *trainer);

/* One batch, and after the last one of an epoch its validation. False: training was
 * over, nothing is done; or it diverged: the loss, a gradient, a weight or an answer is no
 * finite number, and nothing should be kept. */
bool trainer_step(Trainer *trainer);

/* For lessons: the random numbers of one purpose (`stream`) in the epoch under way; and the
 * end of a training whose numbers are no longer finite. */
enum { STREAM_MODEL, STREAM_ORDER, STREAM_STEP, STREAM_HELD, STREAM_BARS };
Rng lesson_rng(const Trainer *trainer, int stream);
void trainer_diverge(Trainer *trainer, const char *first);

/* Tells how the epoch went, if one has just ended. */
void trainer_show(const Trainer *trainer, const Progress *progress);

typedef struct TrainResult {
	int epochs; /* that were run */
	/* the epoch whose weights were kept, from 1; the last without validation */
	int best;
	double score; /* of that epoch on the validation split; 0 without one */
	double loss;  /* mean training loss of the last epoch */
	int again;    /* epochs on both splits after that (experiment/refit.h) */
	double seconds;
	bool diverged; /* then it came to nothing, */
	Error why;     /* for this reason */
} TrainResult;

/* Makes the parameters those of the best epoch, and gives the trainer back. */
TrainResult trainer_finish(Trainer *trainer);

/* All of it. */
TrainResult train(Params *params, const ModelConfig *config, const Dataset *training,
        const Dataset *validation, const TrainOptions *options, Pool *pool,
        const Progress *progress);

#endif
