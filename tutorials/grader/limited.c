/* limited: runs a command with limits, for tutorials/grade.sh: a compiler that a file
 * sends round in circles, say.
 *
 *     limited SECONDS MEGABYTES COMMAND...
 *
 * It reads nothing; SECONDS are those of the clock; no file that it writes grows
 * beyond 64 MB. Status: the command's, 124 where the time was over. */
#include "tutorials/grader/confine.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILE_MEGABYTES = 64, OVER = 124 };

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: limited SECONDS MEGABYTES COMMAND...\n");
		return 2;
	}
	int seconds = atoi(argv[1]), status = 0;
	confine_adopt();
	Confinement how = { .seconds = seconds,
		.megabytes = atoi(argv[2]),
		.file_megabytes = FILE_MEGABYTES,
		.fds = { open("/dev/null", O_RDONLY), 1, 2 },
		.count = 3 };
	pid_t process = confine_start(&how, argv + 3);
	double until = now() + seconds;
	pid_t ended = 0;
	while (process > 0 && (ended = waitpid(process, &status, WNOHANG)) == 0 &&
	        now() < until)
		nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	if (process > 0)
		confine_end(process);
	confine_end_all();
	if (ended != process || process < 0)
		return OVER;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
