/* pretraining.h: the kinds of the command pretrain, each with options of its own. */
#ifndef EMOTIONNET_COMMAND_PRETRAINING_H
#define EMOTIONNET_COMMAND_PRETRAINING_H

#include "emotionnet/experiment/settings.h"

/* What each kind is asked. */
typedef struct Pretraining {
	const char *out, *curve;
	bool resume;
	double save_every;
	int asked_begin, asked_end; /* options that decide what comes of it */
	Settings settings;
} Pretraining;

Pretraining pretraining_defaults(void);

/* After --out, of which `where` is the value's name: --resume, --save-every, --curve. */
void pretraining_files(Options *options, Pretraining *asked, const char *where);

/* How a step is made, of so many `items`: --batch and what follows it, to --seed. */
void pretraining_steps(Options *options, Pretraining *asked, const char *items);

/* Whether those options go together. */
bool pretraining_check(const Options *options, const Pretraining *asked, Error *error);

Status pretrain_speech(Options *options, Error *error);
Status pretrain_text(Options *options, Error *error);

#endif
