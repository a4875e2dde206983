/* options.c: one Option is one line of --help; its kind says what its value points to. */
#include "emotionnet/experiment/options.h"

#include "text/list.h"
#include "text/number.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_MAX_LENGTH = 40 };

typedef enum OptionKind {
	OPTION_FLAG,   /* bool *, no argument */
	OPTION_TEXT,   /* const char ** */
	OPTION_WORDS,  /* OptionWords * */
	OPTION_INT,    /* int *, within least..most */
	OPTION_SEED,   /* uint64_t * */
	OPTION_NUMBER, /* double *, within least..most */
	OPTION_CHOICE, /* int *, the place of one of `names` */
} OptionKind;

typedef struct Option {
	const char *name;     /* without the dashes */
	const char *argument; /* what --help calls it: "FILE"; NULL for a flag */
	const char *help;
	OptionKind kind;
	void *value;
	double least, most; /* both 0: any */
	const char *const *names;
	bool given;
} Option;

/* ---- the list ---------------------------------------------------------------------- */

Options options_new(Arena *arena, const Command *command, int argc, char **argv)
{
	return (Options){
		.arena = arena, .command = command, .argc = argc, .argv = argv
	};
}

static void add(Options *options, const char *name, Option option)
{
	size_t length = strcspn(name, " ");
	option.name = arena_format(options->arena, "%.*s", (int)length, name);
	option.argument = name[length] ? name + length + 1 : NULL;
	options->items = arena_grow(options->arena, options->items, options->count,
	        &options->room, sizeof option);
	options->items[options->count++] = option;
}

void option_flag(Options *options, bool *value, const char *name, const char *help)
{
	add(options, name, (Option){ .kind = OPTION_FLAG, .value = value, .help = help });
}

void option_text(Options *options, const char **value, const char *name, const char *help)
{
	add(options, name, (Option){ .kind = OPTION_TEXT, .value = value, .help = help });
}

void option_words(
        Options *options, OptionWords *words, const char *name, const char *help)
{
	add(options, name,
	        (Option){ .kind = OPTION_WORDS, .value = words, .help = help });
}

void option_seed(Options *options, uint64_t *value, const char *name, const char *help)
{
	add(options, name, (Option){ .kind = OPTION_SEED, .value = value, .help = help });
}

void option_int(Options *options, int *value, const char *name, int least, int most,
        const char *help)
{
	add(options, name,
	        (Option){ .kind = OPTION_INT,
	                .value = value,
	                .help = help,
	                .least = least,
	                .most = most });
}

void option_number(Options *options, double *value, const char *name, double least,
        double most, const char *help)
{
	add(options, name,
	        (Option){ .kind = OPTION_NUMBER,
	                .value = value,
	                .help = help,
	                .least = least,
	                .most = most });
}

void option_choice(Options *options, int *value, const char *name,
        const char *const names[], const char *help)
{
	add(options, name,
	        (Option){ .kind = OPTION_CHOICE,
	                .value = value,
	                .help = help,
	                .names = names });
}

/* ---- telling ----------------------------------------------------------------------- */

/* NULL: it has none. */
static const char *value_text(Arena *arena, const Option *option)
{
	const OptionWords *words = option->value;
	switch (option->kind) {
	case OPTION_FLAG:
		return *(bool *)option->value ? "yes" : "no";
	case OPTION_TEXT:
		return *(const char **)option->value;
	case OPTION_WORDS:
		return words->count ? list_join(arena, words->items, words->count, " ")
		                    : NULL;
	case OPTION_INT:
		return arena_format(arena, "%d", *(int *)option->value);
	case OPTION_SEED:
		return arena_format(
		        arena, "%llu", (unsigned long long)*(uint64_t *)option->value);
	case OPTION_NUMBER:
		return number_spell(arena, *(double *)option->value);
	case OPTION_CHOICE:
		return option->names[*(int *)option->value];
	}
	return NULL;
}

const char *options_text(const Options *options, int begin, int end)
{
	const char *text = "";
	for (int i = begin; i < end; i++) {
		const char *value = value_text(options->arena, &options->items[i]);
		text = arena_format(options->arena, "%s--%s %s\n", text,
		        options->items[i].name, value ? value : "");
	}
	return text;
}

static void print_help(const Options *options)
{
	const Command *command = options->command;
	printf("usage: emotionnet %s %s\n\n%s\n", command->name, command->usage,
	        command->summary);
	if (options->count)
		printf("\nOptions:\n");
	for (int i = 0; i < options->count; i++) {
		const Option *option = &options->items[i];
		const char *argument = option->argument;
		const char *value = value_text(options->arena, option);
		char head[NAME_MAX_LENGTH * 2];
		bool flag = option->kind == OPTION_FLAG,
		     on = flag && *(bool *)option->value;
		snprintf(head, sizeof head, "--%s%s%s%s", on ? "[no-]" : "", option->name,
		        argument ? " " : "", argument ? argument : "");
		printf("  %-28s %s", head, option->help);
		if (value && (on || !flag))
			printf(" (default %s)", value);
		putchar('\n');
	}
}

/* ---- reading ----------------------------------------------------------------------- */

static bool read_number(
        const Option *option, const char *text, double *number, Error *error)
{
	char *end;
	errno = 0;
	*number = strtod(text, &end);
	bool bounded = option->least != 0 || option->most != 0;
	bool whole = option->kind != OPTION_INT ||
	             (*number >= -2147483648.0 && *number <= 2147483647.0 &&
	                     *number == (double)(int)*number);
	if (!*text || *end || errno || *number != *number || !whole ||
	        (bounded && (*number < option->least || *number > option->most))) {
		const char *what =
		        option->kind == OPTION_INT ? "a whole number" : "a number";
		if (bounded)
			return error_set(error,
			        "--%s %s: expected %s from %.10g to %.10g", option->name,
			        text, what, option->least, option->most);
		return error_set(error, "--%s %s: expected %s", option->name, text, what);
	}
	return true;
}

static bool read_choice(
        const Option *option, const char *text, Arena *arena, Error *error)
{
	int found = names_find(option->names, text), count = 0;
	while (option->names[count])
		count++;
	if (found < 0)
		return error_set(error, "--%s %s: expected %s", option->name, text,
		        list_or(arena, option->names, count));
	*(int *)option->value = found;
	return true;
}

static bool assign(const Option *option, const char *text, Arena *arena, Error *error)
{
	OptionWords *words = option->value;
	double number;
	char *end;
	switch (option->kind) {
	case OPTION_FLAG:
		*(bool *)option->value = text != NULL;
		return true;
	case OPTION_TEXT:
		*(const char **)option->value = text;
		return true;
	case OPTION_WORDS:
		words->items = arena_grow(arena, words->items, words->count, &words->room,
		        sizeof *words->items);
		words->items[words->count++] = text;
		return true;
	case OPTION_SEED:
		errno = 0;
		*(uint64_t *)option->value = strtoull(text, &end, 10);
		if (!*text || *end || errno || strchr(text, '-'))
			return error_set(error,
			        "--%s %s: expected a whole number, 0 or more",
			        option->name, text);
		return true;
	case OPTION_INT:
		if (!read_number(option, text, &number, error))
			return false;
		*(int *)option->value = (int)number;
		return true;
	case OPTION_NUMBER:
		return read_number(option, text, option->value, error);
	case OPTION_CHOICE:
		return read_choice(option, text, arena, error);
	}
	return false;
}

static Option *find(const Options *options, const char *name, size_t length)
{
	for (int i = 0; i < options->count; i++) {
		Option *option = &options->items[i];
		if (strlen(option->name) == length && !memcmp(option->name, name, length))
			return option;
	}
	return NULL;
}

/* The flag that "--no-NAME" turns off, or NULL. */
static Option *find_negated(const Options *options, const char *name, size_t length)
{
	if (length < 3 || memcmp(name, "no-", 3) != 0)
		return NULL;
	Option *option = find(options, name + 3, length - 3);
	return option && option->kind == OPTION_FLAG ? option : NULL;
}

static bool unknown(const Options *options, const char *given, Error *error)
{
	const char **names =
	        ARENA_ARRAY(options->arena, const char *, (size_t)options->count);
	for (int i = 0; i < options->count; i++)
		names[i] = options->items[i].name;
	const char *nearest = nearest_name(given + 2, options->count, names);
	if (nearest)
		return error_set(
		        error, "%s is not known. Did you mean --%s?", given, nearest);
	return error_set(error, "%s is not known", given);
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1]; /* "-" alone: standard input */
}

/* The option in argv[*i], and its value, for which *i may move on. */
static bool read_option(Options *options, int *i, Error *error)
{
	const char *word = options->argv[*i];
	Arena *arena = options->arena;
	if (word[1] != '-')
		return error_set(error, "%s is not known: options begin with --", word);
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
	Option *option = find(options, word + 2, length), *off = NULL;
	if (!option)
		option = off = find_negated(options, word + 2, length);
	if (!option)
		return unknown(options, word, error);
	option->given = true;
	if (option->kind == OPTION_FLAG)
		return equals ? error_set(error, "--%s takes no value", option->name)
		              : assign(option, off ? NULL : "yes", arena, error);
	if (equals)
		return assign(option, equals + 1, arena, error);
	if (++*i == options->argc)
		return error_set(
		        error, "--%s needs a %s", option->name, option->argument);
	bool good = assign(option, options->argv[*i], arena, error);
	while (option->kind == OPTION_WORDS && *i + 1 < options->argc &&
	        !is_option(options->argv[*i + 1]))
		good = assign(option, options->argv[++*i], arena, error);
	return good;
}

bool options_read(
        Options *options, int least, int most, const char *expected, Error *error)
{
	bool ended = false;
	options->operand_count = 0;
	options->operands = ARENA_ARRAY(options->arena, char *, (size_t)options->argc);
	for (int i = 1; i < options->argc; i++) {
		const char *word = options->argv[i];
		if (ended || !is_option(word)) {
			options->operands[options->operand_count++] = options->argv[i];
		} else if (!strcmp(word, "--")) {
			ended = true;
		} else if (!strcmp(word, "--help") || !strcmp(word, "-h")) {
			options->helped = true;
			print_help(options);
			return false;
		} else if (!read_option(options, &i, error)) {
			return false;
		}
	}
	int given = options->operand_count;
	return (given >= least && given <= most) || error_set(error, "%s", expected);
}

Status options_status(const Options *options)
{
	return options->helped ? STATUS_OK : STATUS_USAGE;
}

bool option_given(const Options *options, const char *name)
{
	const Option *option = find(options, name, strlen(name));
	return option && option->given;
}

Status options_wrong(Error *error, const char *message)
{
	error_set(error, "%s", message);
	return STATUS_USAGE;
}

/* Whether they are names of one ordinary file, which is there. */
static bool same_file(const char *a, const char *b)
{
	struct stat out, in;
	return a && b && !stat(a, &out) && S_ISREG(out.st_mode) && !stat(b, &in) &&
	       in.st_dev == out.st_dev && in.st_ino == out.st_ino;
}

bool options_out(const Options *options, const char *name, const char *path, Error *error)
{
	const char *lost = NULL;
	for (int i = 0; i < options->operand_count; i++)
		if (same_file(path, options->operands[i]))
			lost = options->operands[i];
	for (int i = 0; i < options->count; i++) {
		const Option *option = &options->items[i];
		const OptionWords *words = option->value;
		const char *text = option->kind == OPTION_TEXT
		                           ? *(const char **)option->value
		                           : NULL;
		if (text != path && same_file(path, text))
			lost = text;
		for (int w = 0; option->kind == OPTION_WORDS && w < words->count; w++)
			if (same_file(path, words->items[w]))
				lost = words->items[w];
	}
	return !lost || error_set(error, "--%s %s: would write over %s, which is read",
	                        name, path, lost);
}

Pool *options_pool(int threads)
{
	Pool *pool = pool_new(threads);
	if (pool_threads(pool) < threads)
		fprintf(stderr,
		        "Note: %d of the %d threads asked for: there is no memory for more, or the system allows none.\n",
		        pool_threads(pool), threads);
	return pool;
}
