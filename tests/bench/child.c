#include "tests/bench/child.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn void child_failed(const char *what)
{
	fprintf(stderr, "bench: %s failed\n", what);
	exit(1);
}

static void wait_for(const char *what, pid_t child)
{
	int status;
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		child_failed(what);
}

void child_run(
        const char *what, ChildWork *work, const void *config, void *result, size_t size)
{
	int ends[2];
	fflush(stdout);
	if (pipe(ends))
		child_failed(what);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		work(config, result);
		exit(write(ends[1], result, size) != (ssize_t)size);
	}
	close(ends[1]);
	bool sent = read(ends[0], result, size) == (ssize_t)size;
	close(ends[0]);
	wait_for(what, child);
	if (!sent)
		child_failed(what);
}

void child_execute(const char *what, const char *const words[])
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(1);
		execv(words[0], (char *const *)words);
		_exit(1);
	}
	wait_for(what, child);
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

double child_seconds(void)
{
	struct rusage self, children;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return seconds_of(self.ru_utime) + seconds_of(self.ru_stime) +
	       seconds_of(children.ru_utime) + seconds_of(children.ru_stime);
}

double child_peak(void)
{
	struct rusage self, children;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	long most =
	        self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss;
	return 1024.0 * (double)most;
}
