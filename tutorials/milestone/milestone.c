/* milestone: EmotionNet of a student's own parts. Each part is compared with the library's
 * on one small batch; the first that is wrong stops here and names its chapter. What is
 * trained afterwards: milestone.sh. */
#include "tutorials/lesson/mine.h"
#include "tutorials/milestone/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say_and_stop(ErrorKind kind, const char *message)
{
	(void)kind;
	printf("stopped\n%s\n", message);
	fflush(stdout);
	exit(1);
}

int main(void)
{
	int parts = 0, own = 0;
	error_handler_set(say_and_stop);
	mine_check_each();
	for (const Part *part = milestone_parts; part->chapter; part++, parts++) {
		const bool mine = strstr(mine_parts(), part->chapter);
		Arena *arena = arena_new("milestone");
		Tape tape = tape_new(arena);
		Rng rng = rng_new(1);
		printf("  %s  %-30s ", part->chapter, part->what);
		fflush(stdout);
		part->try_it(&tape, &rng);
		puts(mine ? "yours: as the library's" : "the library's");
		own += mine;
		arena_free(arena);
	}
	printf("%d of %d parts are yours.\n", own, parts);
	return 0;
}
