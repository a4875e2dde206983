#include "emotionnet/experiment/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 40, NEAR = 2 };

/* Levenshtein 1966: the fewest insertions, deletions and replacements, a row of the
 * table at a time. */
static int edit_distance(const char *a, const char *b)
{
	int row[NAME_MAX_LENGTH + 1];
	int length = (int)strlen(b);
	if (length > NAME_MAX_LENGTH)
		return NAME_MAX_LENGTH;
	for (int j = 0; j <= length; j++)
		row[j] = j;
	for (int i = 1; a[i - 1]; i++) {
		int diagonal = row[0];
		row[0] = i;
		for (int j = 1; j <= length; j++) {
			int change = diagonal + (a[i - 1] != b[j - 1]);
			int gap = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
			diagonal = row[j];
			row[j] = change < gap ? change : gap;
		}
	}
	return row[length];
}

const char *nearest_name(const char *name, int count, const char *const names[])
{
	const char *best = NULL;
	int least = NEAR + 1;
	for (int i = 0; i < count; i++) {
		int distance = edit_distance(name, names[i]);
		if (distance < least) {
			least = distance;
			best = names[i];
		}
	}
	return best;
}

static void print_default(const Option *option)
{
	switch (option->kind) {
	case OPTION_FLAG:
		break;
	case OPTION_TEXT:
		if (*(const char **)option->value)
			printf(" (default %s)", *(const char **)option->value);
		break;
	case OPTION_INT:
		printf(" (default %d)", *(int *)option->value);
		break;
	case OPTION_SEED:
		printf(" (default %llu)", (unsigned long long)*(uint64_t *)option->value);
		break;
	case OPTION_NUMBER:
		printf(" (default %g)", *(double *)option->value);
		break;
	}
}

static void print_help(const Command *command, const Option *options, int count)
{
	printf("usage: emotionnet %s %s\n\n%s\n", command->name, command->usage,
	        command->summary);
	if (count)
		printf("\nOptions:\n");
	for (int i = 0; i < count; i++) {
		char head[NAME_MAX_LENGTH * 2];
		snprintf(head, sizeof head, "--%s%s%s", options[i].name,
		        options[i].argument ? " " : "",
		        options[i].argument ? options[i].argument : "");
		printf("  %-28s %s", head, options[i].help);
		print_default(&options[i]);
		putchar('\n');
	}
}

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
			return error_set(error, "--%s %s: expected %s from %g to %g",
			        option->name, text, what, option->least, option->most);
		return error_set(error, "--%s %s: expected %s", option->name, text, what);
	}
	return true;
}

static bool assign(const Option *option, const char *text, Error *error)
{
	double number;
	char *end;
	switch (option->kind) {
	case OPTION_FLAG:
		*(bool *)option->value = true;
		return true;
	case OPTION_TEXT:
		*(const char **)option->value = text;
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
	}
	return false;
}

static const Option *find(
        const Option *options, int count, const char *name, size_t length)
{
	for (int i = 0; i < count; i++)
		if (strlen(options[i].name) == length &&
		        !memcmp(options[i].name, name, length))
			return &options[i];
	return NULL;
}

static bool unknown(const Option *options, int count, const char *given, Error *error)
{
	const char *best = NULL;
	int least = NEAR + 1;
	for (int i = 0; i < count; i++) {
		int distance = edit_distance(given + 2, options[i].name);
		if (distance < least) {
			least = distance;
			best = options[i].name;
		}
	}
	if (best)
		return error_set(
		        error, "%s is not known. Did you mean --%s?", given, best);
	return error_set(error, "%s is not known", given);
}

bool options_parse(const Command *command, const Option *options, int count, int argc,
        char **argv, int *operands, bool *help, Error *error)
{
	*operands = 0;
	*help = false;
	bool ended = false;
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];
		if (!strcmp(word, "-h"))
			word = "--help";
		if (ended || word[0] != '-' ||
		        !word[1]) { /* "-" alone is standard input */
			argv[(*operands)++] = argv[i];
			continue;
		}
		if (word[1] != '-')
			return error_set(
			        error, "%s is not known: options begin with --", word);
		if (!word[2]) {
			ended = true;
			continue;
		}
		if (!strcmp(word, "--help")) {
			*help = true;
			print_help(command, options, count);
			return true;
		}
		const char *equals = strchr(word, '=');
		size_t length = equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
		const Option *option = find(options, count, word + 2, length);
		if (!option)
			return unknown(options, count, word, error);
		if (option->kind == OPTION_FLAG && equals)
			return error_set(error, "--%s takes no value", option->name);
		const char *value = equals ? equals + 1 : NULL;
		if (!value && option->kind != OPTION_FLAG) {
			if (++i == argc)
				return error_set(error, "--%s needs a %s", option->name,
				        option->argument);
			value = argv[i];
		}
		if (!assign(option, value, error))
			return false;
	}
	return true;
}

/* The fewest digits that are read as this number again. */
static const char *number_text(Arena *arena, double number)
{
	const char *text = "";
	for (int digits = 6; digits <= 17; digits++) {
		text = arena_format(arena, "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	return text;
}

static const char *value_text(Arena *arena, const Option *option)
{
	switch (option->kind) {
	case OPTION_FLAG:
		return *(bool *)option->value ? "yes" : "no";
	case OPTION_TEXT:
		return *(const char **)option->value ? *(const char **)option->value : "";
	case OPTION_INT:
		return arena_format(arena, "%d", *(int *)option->value);
	case OPTION_SEED:
		return arena_format(
		        arena, "%llu", (unsigned long long)*(uint64_t *)option->value);
	case OPTION_NUMBER:
		return number_text(arena, *(double *)option->value);
	}
	return "";
}

const char *options_text(Arena *arena, const Option *options, int count)
{
	const char *text = "";
	for (int i = 0; i < count; i++)
		text = arena_format(arena, "%s--%s %s\n", text, options[i].name,
		        value_text(arena, &options[i]));
	return text;
}

int usage_error(const Command *command, const char *message)
{
	fprintf(stderr, "emotionnet %s: %s\n", command->name, message);
	fprintf(stderr, "usage: emotionnet %s %s\n", command->name, command->usage);
	fprintf(stderr, "Try: emotionnet %s --help\n", command->name);
	return STATUS_USAGE;
}

int world_error(const Command *command, const Error *error)
{
	fprintf(stderr, "emotionnet %s: %s\n", command->name, error->text);
	return STATUS_FAILED;
}
