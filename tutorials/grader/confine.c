#define _GNU_SOURCE      /* CLONE_NEWPID */
#define _DARWIN_C_SOURCE /* RLIMIT_NPROC, setgroups */
#include "tutorials/grader/confine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	PROCESSES = 4096, /* of this user, an end to fork() in a loop */
	DESCRIPTORS = 4096,
	NOBODY = 65534,
	CANNOT = 126
};

#define AT_MOST(number)                                                                  \
	(&(struct rlimit){ .rlim_cur = (rlim_t)(number), .rlim_max = (rlim_t)(number) })

/* Descriptor fds[i] becomes i; none of them is overwritten before it is moved, and all
 * others are closed. */
static bool take_descriptors(const Confinement *how)
{
	int high[8];
	for (int i = 0; i < how->count; i++)
		if ((high[i] = fcntl(how->fds[i], F_DUPFD, how->count)) < 0)
			return false;
	for (int i = 0; i < how->count; i++)
		if (dup2(high[i], i) < 0)
			return false;
	for (int fd = how->count; fd < DESCRIPTORS; fd++)
		close(fd);
	return true;
}

/* Root alone can; and not in a container that has no other user. */
static void become_nobody(void)
{
	if (geteuid() == 0 && setgroups(0, NULL) == 0 && setgid(NOBODY) == 0 &&
	        setuid(NOBODY) != 0)
		_exit(CANNOT);
}

static _Noreturn void become(const Confinement *how, char *const command[])
{
	setsid();
	if (!take_descriptors(how) || (how->folder && chdir(how->folder)))
		_exit(CANNOT);
	setrlimit(RLIMIT_CPU, AT_MOST(how->seconds));
	setrlimit(RLIMIT_FSIZE, AT_MOST((rlim_t)how->file_megabytes << 20));
	setrlimit(RLIMIT_CORE, AT_MOST(0));
	setrlimit(RLIMIT_NPROC, AT_MOST(PROCESSES));
	if (how->megabytes)
		setrlimit(RLIMIT_AS, AT_MOST((rlim_t)how->megabytes << 20));
	if (how->as_nobody)
		become_nobody();
	if (how->environment)
		execve(command[0], command, how->environment);
	else
		execvp(command[0], command);
	_exit(CANNOT + 1);
}

#ifdef __linux__

#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static void die_with_parent(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
}

static bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	ssize_t size = (ssize_t)strlen(text);
	bool written = fd >= 0 && write(fd, text, (size_t)size) == size;
	if (fd >= 0)
		close(fd);
	return written;
}

static bool map_one(const char *path, unsigned id)
{
	char text[64];
	snprintf(text, sizeof text, "%u %u 1", id, id);
	return write_text(path, text);
}

/* In a new user namespace a process is nobody until it is told who it is. */
static bool keep_user(unsigned user, unsigned group)
{
	prctl(PR_SET_DUMPABLE, 1); /* or its files in /proc are root's */
	bool kept = write_text("/proc/self/setgroups", "deny") &&
	            map_one("/proc/self/uid_map", user) &&
	            map_one("/proc/self/gid_map", group);
	prctl(PR_SET_DUMPABLE, 0);
	return kept;
}

static pid_t clone_with(unsigned long namespaces)
{
	return (pid_t)syscall(SYS_clone, namespaces | SIGCHLD, 0, 0, 0, 0);
}

static bool namespaces_work(unsigned long namespaces)
{
	unsigned user = geteuid(), group = getegid();
	pid_t first = clone_with(namespaces);
	if (first == 0) {
		bool kept = !(namespaces & CLONE_NEWUSER) || keep_user(user, group);
		_exit(!kept || getpid() != 1);
	}
	int status = 1;
	return first > 0 && waitpid(first, &status, 0) == first && status == 0;
}

/* What may be made here; 0 for nothing. */
static unsigned long allowed_namespaces(void)
{
	static bool known;
	static unsigned long namespaces;
	if (!known)
		namespaces = geteuid() == 0
		                     ? (namespaces_work(CLONE_NEWPID) ? CLONE_NEWPID : 0)
		             : namespaces_work(CLONE_NEWUSER | CLONE_NEWPID)
		                     ? CLONE_NEWUSER | CLONE_NEWPID
		                     : 0;
	known = true;
	return namespaces;
}

/* The first process of a namespace: it only waits, and ends as the program did. It
 * ends all others by ending, which the kernel sees to before anybody is told; none of
 * them can send it a signal, nor look into it. */
static _Noreturn void be_first(const Confinement *how, char *const command[])
{
	int status = 0;
	pid_t program = fork(), ended;
	if (program == 0)
		become(how, command);
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		close(fd);
	do
		ended = wait(&status);
	while (ended != program && (ended > 0 || errno == EINTR));
	_exit(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

pid_t confine_start(const Confinement *how, char *const command[])
{
	unsigned long namespaces = allowed_namespaces();
	unsigned user = geteuid(), group = getegid();
	pid_t process = namespaces ? clone_with(namespaces) : fork();
	if (process != 0)
		return process;
	die_with_parent();
	if (!namespaces)
		become(how, command);
	prctl(PR_SET_DUMPABLE, 0);
	setsid();
	if ((namespaces & CLONE_NEWUSER) && !keep_user(user, group))
		_exit(CANNOT);
	be_first(how, command);
}

void confine_adopt(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_DUMPABLE, 0);
}

/* The parent of a process, from /proc/PID/stat: PID (name) state parent ...; the name
 * may hold anything. */
static pid_t parent_of(const char *process)
{
	char path[64], text[512] = "";
	snprintf(path, sizeof path, "/proc/%.20s/stat", process);
	FILE *file = fopen(path, "r");
	if (!file)
		return -1;
	size_t size = fread(text, 1, sizeof text - 1, file);
	fclose(file);
	text[size] = '\0';
	const char *after = strrchr(text, ')');
	int parent = -1;
	return after && sscanf(after, ") %*c %d", &parent) == 1 ? parent : -1;
}

static void kill_children(void)
{
	DIR *processes = opendir("/proc");
	for (struct dirent *entry; processes && (entry = readdir(processes));)
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
		        parent_of(entry->d_name) == getpid())
			kill((pid_t)atoi(entry->d_name), SIGKILL);
	if (processes)
		closedir(processes);
}

#else

pid_t confine_start(const Confinement *how, char *const command[])
{
	pid_t process = fork();
	if (process == 0)
		become(how, command);
	return process;
}

void confine_adopt(void)
{
}

static void kill_children(void)
{
}

#endif

void confine_end(pid_t process)
{
	kill(-process, SIGKILL);
	kill(process, SIGKILL);
}

void confine_end_all(void)
{
	enum { ROUNDS = 10000 };
	for (int round = 0; round < ROUNDS; round++) {
		pid_t ended;
		while ((ended = waitpid(-1, NULL, WNOHANG)) > 0)
			;
		if (ended < 0 && errno == ECHILD)
			return;
		kill_children();
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
}
