/* options.h: the command line, read by a table, so that --help can never differ from
 * what is understood. */
#ifndef EMOTIONNET_OPTIONS_H
#define EMOTIONNET_OPTIONS_H

#include "tensor/arena.h"
#include "tensor/error.h"

#include <stdint.h>
#include <stdio.h>

typedef enum OptionKind {
	OPTION_FLAG,   /* bool *, no argument */
	OPTION_TEXT,   /* const char ** */
	OPTION_INT,    /* int *, within least..most */
	OPTION_SEED,   /* uint64_t * */
	OPTION_NUMBER, /* double *, within least..most */
} OptionKind;

typedef struct Option {
	const char *name; /* without the dashes */
	OptionKind kind;
	void *value;          /* holds the default, and then what was given */
	const char *argument; /* what --help calls it: "FILE"; NULL for a flag */
	const char *help;
	double least, most; /* both 0: any */
} Option;

typedef struct Command {
	const char *name, *usage, *summary;
	int (*run)(int argc,
	        char **argv); /* argv[0] is the command's name; returns the exit status */
} Command;

/* Exit statuses. */
enum { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

/* Reads argv[1..]: "--name value", "--name=value", "--flag"; "--" ends the options. What
 * is no option is moved to the front of argv and counted in *operands
 * (argv[0..*operands-1]). With --help prints usage, summary and every option with its
 * default on standard output and sets *help. A mistake is told in
 * `error`, with the nearest known name where one was mistyped. */
bool options_parse(const Command *command, const Option *options, int count, int argc,
        char **argv, int *operands, bool *help, Error *error);

/* The options and their values, "--name value" a line (a flag's is yes or no), in the
 * order of the table: what was asked for, to be kept with what came of it. */
const char *options_text(Arena *arena, const Option *options, int count);

/* Prints "emotionnet NAME: message" and how to get help on standard error; returns
 * STATUS_USAGE. */
int usage_error(const Command *command, const char *message);
/* Prints "emotionnet NAME: message" on standard error; returns STATUS_FAILED. */
int world_error(const Command *command, const Error *error);

/* The known name that is nearest to `name` (edit distance at most 2), or NULL. */
const char *nearest_name(const char *name, int count, const char *const names[]);

#endif
