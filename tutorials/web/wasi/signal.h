/* signal.h: no signal ever comes. A program is ended from outside. */
#ifndef WASI_SIGNAL_H
#define WASI_SIGNAL_H

#include_next <signal.h>

#define SA_RESETHAND 0

typedef unsigned char sigset_t;

static inline int sigemptyset(sigset_t *set)
{
	*set = 0;
	return 0;
}

struct sigaction {
	void (*sa_handler)(int signal);
	int sa_flags;
	sigset_t sa_mask;
};

static inline int sigaction(
        int which, const struct sigaction *wanted, struct sigaction *before)
{
	(void)which, (void)wanted;
	if (before)
		*before = (struct sigaction){ .sa_handler = SIG_DFL };
	return 0;
}

#endif
