/* The program that a warm-up is: its checks, and an end to loops that have none. In a browser
 * the page ends them (tutorials/web/exercises.js). */
#include "tutorials/lesson/warmup.h"

#include <signal.h>
#include <unistd.h>

enum { SECONDS = 5 };

/* Only what is allowed in a signal handler: write and _exit. */
static void stop(int signal)
{
	(void)signal;
	static const char text[] = "  Stopped after 5 s. Likely mistake: a loop that "
	                           "never ends.\n";
	_exit(write(STDOUT_FILENO, text, sizeof text - 1) < 0 ? 2 : 1);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGALRM, stop);
	alarm(SECONDS);
	return warmup_result();
}
