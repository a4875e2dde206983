/* pretrain.c: the command pretrain: encoders learn what comes next, from what has no
 * labels. Each kind of it is a file, pretrain_KIND.c. */
#include "emotionnet/command/commands.h"
#include "emotionnet/command/pretraining.h"

#include <string.h>

/* ---- what the kinds have in common ------------------------------------------------- */

Pretraining pretraining_defaults(void)
{
	Pretraining asked = { .save_every = 60, .settings = settings_defaults() };
	TrainOptions *train = &asked.settings.train;
	train->epochs = 20;
	train->batch = 32;
	train->patience = 0;
	train->smooth = 0;
	train->clip = 1;
	train->schedule.name = "cosine";
	return asked;
}

void pretraining_files(Options *options, Pretraining *asked, const char *where)
{
	option_flag(options, &asked->resume, "resume",
	        arena_format(options->arena,
	                "go on from where %s stands, and keep there what that needs",
	                where));
	option_number(options, &asked->save_every, "save-every S", 0, 1e9,
	        "with --resume: save within an epoch too, every S seconds");
	option_text(options, &asked->curve, "curve FILE.svg", "draw the loss there too");
	asked->asked_begin = options->count;
}

void pretraining_steps(Options *options, Pretraining *asked, const char *items)
{
	TrainOptions *train = &asked->settings.train;
	option_int(options, &train->batch, "batch N", 1, 65536, items);
	settings_steps(options, &asked->settings);
	option_number(options, &train->clip, "clip NORM", 0, 1e9,
	        "limit on the gradient's norm; 0: none");
	option_seed(options, &train->seed, "seed N", "another seed, another model");
}

bool pretraining_check(const Options *options, const Pretraining *asked, Error *error)
{
	return options_out(options, "curve", asked->curve, error) &&
	       optimiser_check(&asked->settings.train.optimiser, error) &&
	       plan_check(&asked->settings.train.schedule, error);
}

/* ---- the command ------------------------------------------------------------------- */

static const struct {
	const char *name;
	Status (*run)(Options *options, Error *error);
} kinds[] = {
	{ "speech", pretrain_speech },
	{ "text", pretrain_text },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* The kind stands first, and decides what options there are. */
static Status run(Options *options, Error *error)
{
	for (int k = 0; k < KINDS; k++)
		if (options->argc > 1 && !strcmp(options->argv[1], kinds[k].name))
			return kinds[k].run(options, error);
	bool other = options->argc > 1 && options->argv[1][0] != '-';
	if (!other && !options_read(options, 0, 0, NULL, error))
		return options_status(options);
	return options_wrong(error, "expected what to pre-train: speech or text");
}

const Command command_pretrain = {
	.name = "pretrain",
	.usage = "speech CORPUS.csv... --out FILE | text FILE --out DIR [options]",
	.summary =
	        "let an encoder learn without labels what comes next, in sound or in text",
	.run = run,
};
