/* milestone: EmotionNet of a student's own parts. Each part is compared with the library's
 * on one small batch; the first that is wrong stops here and names its chapter. What is
 * trained afterwards: milestone.sh. */
#include "tutorials/lesson/mine.h"
#include "tutorials/milestone/parts.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say_and_stop(ErrorKind kind, const char *message)
{
	(void)kind;
	printf("stopped\n%s\n", message);
	fflush(stdout);
	exit(1);
}

/* A part that crashes or does not end, by its chapter. */
static const char *trying = "";

static void signalled(int number)
{
	static const char crashed[] = "stopped\nThis part crashed";
	static const char endless[] = "stopped\nThis part does not end";
	static const char says_why[] = " says why.\n";
	static const char which[] = ". make exercise CH=";
	const bool late = number == SIGALRM;
	bool said = write(1, late ? endless : crashed,
	                    late ? sizeof endless - 1 : sizeof crashed - 1) > 0;
	said = said && write(1, which, sizeof which - 1) > 0;
	said = said && write(1, trying, strlen(trying)) > 0;
	said = said && write(1, says_why, sizeof says_why - 1) > 0;
	_exit(said ? 1 : 2);
}

int main(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM };
	int parts = 0, own = 0;
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		signal(signals[i], signalled);
	error_handler_set(say_and_stop);
	mine_check_each();
	for (const Part *part = milestone_parts; part->chapter; part++, parts++) {
		const bool mine = strstr(mine_parts(), part->chapter);
		Arena *arena = arena_new("milestone");
		Tape tape = tape_new(arena);
		Rng rng = rng_new(1);
		printf("  %s  %-30s ", part->chapter, part->what);
		fflush(stdout);
		trying = part->chapter;
		alarm(20);
		part->try_it(&tape, &rng);
		puts(mine ? "yours: as the library's" : "the library's");
		own += mine;
		arena_free(arena);
	}
	printf("%d of %d parts are yours.\n", own, parts);
	return 0;
}
