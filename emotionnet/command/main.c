/* main.c: build/emotionnet. Finds the command and runs it; the only place that exits. */
#include "emotionnet/command/commands.h"
#include "tensor/plot/escape.h"
#include "text/list.h"
#include "tensor/threads.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define VERSION "0.1.0"

static const Command *const commands[] = { &command_import, &command_pretrain,
	&command_train, &command_evaluate, &command_leak, &command_predict,
	&command_listen, &command_serve, &command_explain, &command_compare,
	&command_curve, &command_baseline, &command_corpus, &command_pair, &command_stage,
	&command_voice, &command_show, &command_lm };
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(FILE *out)
{
	fprintf(out,
	        "EmotionNet: which emotion a recording expresses, in its words and its voice.\n\n"
	        "usage: emotionnet COMMAND [options]\n\nCommands:\n");
	for (int i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(out,
	        "\nemotionnet COMMAND --help tells more of one. --version tells the version.\n"
	        "Exit status: 0 all well, 1 something failed, 2 wrong usage.\n");
}

/* With no memory left there is nothing to return to: say so and leave. Everything else
 * that cannot be returned is a mistake in the program: stop, so that a debugger stands
 * on the line. */
static void stop(ErrorKind kind, const char *message)
{
	fflush(stdout);
	fprintf(stderr, "emotionnet: %s\n", message);
	if (kind == ERROR_MEMORY)
		exit(STATUS_FAILED);
	abort();
}

static Status unknown_command(const char *name)
{
	const char *names[COMMANDS];
	for (int i = 0; i < COMMANDS; i++)
		names[i] = commands[i]->name;
	const char *near = nearest_name(name, COMMANDS, names);
	terminal_print(stderr, "emotionnet: \"%s\" is not a command.", name);
	if (near)
		fprintf(stderr, " Did you mean %s?", near);
	fprintf(stderr, "\nTry: emotionnet --help\n");
	return STATUS_USAGE;
}

/* Runs a command, and tells what went wrong. */
static Status run_command(const Command *command, int argc, char **argv)
{
	Error error;
	Arena *arena = arena_new(command->name);
	Options options = options_new(arena, command, argc, argv);
	Status status = command->run(&options, &error);
	if (status != STATUS_OK)
		fprintf(stderr, "emotionnet %s: %s\n", command->name, error.text);
	if (status == STATUS_USAGE)
		fprintf(stderr, "usage: emotionnet %s %s\nTry: emotionnet %s --help\n",
		        command->name, command->usage, command->name);
	arena_free(arena);
	return status;
}

static Status run(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
		print_help(stdout);
		return STATUS_OK;
	}
	if (!strcmp(argv[1], "--version")) {
		printf("emotionnet %s\n", VERSION);
		return STATUS_OK;
	}
	for (int i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i]->name))
			return run_command(commands[i], argc - 1, argv + 1);
	return unknown_command(argv[1]);
}

/* A descriptor of 0 to 2 that is closed would become that of the next file, and notes
 * would go there. Opened the wrong way round, it fails as a closed one does. */
static void open_standard(void)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (fcntl(i, F_GETFD) < 0 &&
		        open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY) != i)
			exit(STATUS_FAILED);
}

typedef struct Call {
	int argc;
	char **argv;
	Status status;
} Call;

/* The second part; the first is the caller's. */
static void run_second(void *context, int index, int worker)
{
	(void)worker;
	Call *call = context;
	if (index)
		call->status = run(call->argc, call->argv);
}

/* A product keeps blocks of its factors on the stack, 300 KB: where there is little of it
 * (ulimit -s), the command runs on a second thread, which has one of its own. */
static Status run_with_stack(int argc, char **argv)
{
	enum { LITTLE = 1 << 20 };
	struct rlimit stack;
	Call call = { argc, argv, STATUS_OK };
	bool little = !getrlimit(RLIMIT_STACK, &stack) && stack.rlim_cur < LITTLE;
	Pool *pool = little ? pool_new(2) : NULL;
	if (pool && pool_threads(pool) == 2)
		pool_run(pool, 2, run_second, &call);
	else
		call.status = run(argc, argv);
	pool_free(pool);
	return call.status;
}

int main(int argc, char **argv)
{
	open_standard();
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow fails as on a full disk */
	error_handler_set(stop);
	Status status = run_with_stack(argc, argv);
	/* A result that did not reach its reader (a full disk, a closed pipe) is no
	 * success. */
	if (fflush(stdout) || ferror(stdout)) {
		perror("emotionnet: standard output");
		return STATUS_FAILED;
	}
	return (int)status;
}
