/* confine.h: a program run where it can do no harm: with limits, and so that it and
 * all that it starts are ended together.
 *
 * On Linux it is put into a process namespace of its own, where it sees no other
 * process, and no signal of it reaches one; when the first process there ends, the
 * kernel ends all others. Where no namespace is allowed (within some containers)
 * whatever leaves the program becomes a child of the one that called confine_adopt(),
 * which ends it. What that cannot do, and what macOS cannot: keep a program of the
 * same user from sending signals to its parent; a sealed one (seal.h) cannot, nor one
 * that root started, which runs as nobody. */
#ifndef TUTORIALS_GRADER_CONFINE_H
#define TUTORIALS_GRADER_CONFINE_H

#include <stdbool.h>
#include <sys/types.h>

typedef struct Confinement {
	int seconds;              /* of processor time */
	int megabytes;            /* of address space; 0: no limit */
	int file_megabytes;       /* that each file may grow to */
	bool as_nobody;           /* where root starts it */
	const char *folder;       /* that it begins in; NULL: this one */
	char *const *environment; /* NULL: this one */
	int fds[8], count;        /* what it has open, as 0, 1, 2, ...; nothing else */
} Confinement;

/* Starts command[0]; its process, or -1. */
pid_t confine_start(const Confinement *how, char *const command[]);
/* Ends it and what it started. */
void confine_end(pid_t process);

/* From now on whatever a child leaves behind becomes a child of this process, where
 * the system has that; and nobody may look into this process. */
void confine_adopt(void);
/* Ends all children, theirs too, and returns when they are gone. */
void confine_end_all(void);

#endif
