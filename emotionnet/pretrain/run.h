/* run.h: a pre-training from its first step, or from where its file stands, to its end,
 * whatever is taught; and the curve of what it came to. */
#ifndef EMOTIONNET_PRETRAIN_RUN_H
#define EMOTIONNET_PRETRAIN_RUN_H

#include "emotionnet/experiment/resume.h"

typedef struct PretrainRun {
	const char *task;  /* "pretrain speech": for the progress and the curve's title */
	const char *loss;  /* what the loss is, with its unit: "loss (deviations)" */
	const char *curve; /* a file for the curve (SVG), or NULL */
	/* go on from resume.path, if it is there, and keep there what that needs */
	bool go_on, quiet;
	Resume resume;
	double *score; /* the best epoch's is written here; or NULL */
	/* Where the score is the share that is saved of a loss in the same unit as the
	 * training's: that loss, and whose it is. The curve then shows losses alone. */
	double reference;
	const char *reference_name;
} PretrainRun;

/* Trains resume.trainer, which it gives back, and saves what came of it. On standard output
 * a line tells of it, and, unless quiet, the curve. */
bool pretrain_run(const PretrainRun *run, Error *error);

#endif
