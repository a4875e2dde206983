/* options.h: the command line, read by a list of options, so that --help can never differ
 * from what is understood. */
#ifndef EMOTIONNET_EXPERIMENT_OPTIONS_H
#define EMOTIONNET_EXPERIMENT_OPTIONS_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/threads.h"

#include <stdbool.h>
#include <stdint.h>

/* What the program tells whoever started it. */
typedef enum Status { STATUS_OK = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 } Status;

typedef struct Options Options;

typedef struct Command {
	const char *name, *usage, *summary;
	/* Lists its options, reads them, and does the work. Where it does not return
	 * STATUS_OK, `error` says why. */
	Status (*run)(Options *options, Error *error);
} Command;

/* The options of a command that is being run. */
struct Options {
	Arena *arena; /* lives as long as the command runs */
	const Command *command;
	int argc;
	char **argv;
	struct Option *items;
	int count, room;
	/* once they are read: */
	char **operands; /* the words that belong to no option */
	int operand_count;
	bool helped; /* --help was asked for, and has been printed */
};

Options options_new(Arena *arena, const Command *command, int argc, char **argv);

/* Each adds an option. `value` holds the default, and then what was given; "--no-NAME"
 * turns a flag off. `name` is
 * without dashes; what --help calls the value stands after it: "mels N". Numbers must lie
 * from `least` to `most`. */
void option_flag(Options *options, bool *value, const char *name, const char *help);
void option_text(
        Options *options, const char **value, const char *name, const char *help);
/* All words up to the next option, one at least: --name a b c. "--" ends them too. */
typedef struct OptionWords {
	const char **items;
	int count, room;
} OptionWords;
void option_words(
        Options *options, OptionWords *words, const char *name, const char *help);
void option_seed(Options *options, uint64_t *value, const char *name, const char *help);
void option_int(Options *options, int *value, const char *name, int least, int most,
        const char *help);
void option_number(Options *options, double *value, const char *name, double least,
        double most, const char *help);
/* One of several names: the value is its place in the list, which ends with NULL. */
void option_choice(Options *options, int *value, const char *name,
        const char *const names[], const char *help);

/* Reads argv[1..]: "--name value", "--name=value", "--flag"; "--" ends the options. May be
 * called again once other defaults have taken the place of the values. With
 * --help prints usage, summary and every option with its default on standard output.
 * There must be `least` to `most` operands: where not, `expected` is the error.
 *
 * Returns whether the command shall go on: not after --help, and not after a mistake, of
 * which `error` tells, with the nearest known name where one was mistyped.
 * options_status says which of the two it was. */
bool options_read(
        Options *options, int least, int most, const char *expected, Error *error);
Status options_status(const Options *options);

/* Whether the command line has the option, be it with its default. */
bool option_given(const Options *options, const char *name);

/* A mistake that is found later: sets the error, returns STATUS_USAGE. */
Status options_wrong(Error *error, const char *message);

/* The options from the `begin`-th to before the `end`-th and their values, "--name value"
 * a line (a flag's is yes or no): what was asked for, to be kept with what came of it. */
const char *options_text(const Options *options, int begin, int end);

/* Fails where the file that an option writes is an operand too, or the value of another
 * option: it would be lost. */
bool options_out(
        const Options *options, const char *name, const char *path, Error *error);

/* As many threads as --threads says; where there are fewer, says so. */
Pool *options_pool(int threads);

#endif
