/* pretrain.c: the command pretrain: encoders learn what comes next, from what has no
 * labels. Each kind of it is a file, pretrain_KIND.c. */
#include "emotionnet/command/commands.h"
#include "emotionnet/command/pretraining.h"

#include <string.h>

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
