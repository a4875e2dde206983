/* grade: runs the checks of an exercise and writes what they are worth.
 *
 *     grade EXERCISE FOLDER     EXERCISE: a program of checks.h, linked with one exercise.c
 *
 * Every check runs in a process of its own with SECONDS of time, MEGABYTES of memory (the address
 * sanitizer watches it, and every access) and a limit on what it prints. This program has none of the
 * student's code in it: a crash, an endless loop or an exit costs the points of one check.
 *
 * The results go to standard output, to FOLDER/results.txt and, in the form that Gradescope reads, to
 * FOLDER/results.json. Status: 0 all points, 1 fewer, 2 the checks could not be run. */
#include "emotionnet/print_json.h"
#include "tensor/file.h"
#include "tutorials/checks.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SECONDS = 10,
	MEGABYTES = 512,
	PRINTED = 1 << 20,
	VERDICT = 4096,
	MOST_CHECKS = 64
};

typedef struct Graded {
	int points, most;
	char name[80], title[160];
	char message[VERDICT]; /* empty if it passed */
} Graded;

/* --- one check, in a process of its own -------------------------------------------------------- */

static void limit(int what, rlim_t most)
{
	setrlimit(what, &(struct rlimit){ .rlim_cur = most, .rlim_max = most });
}

static _Noreturn void become(const char *program, const char *argument, const char *word,
        int verdict, const char *printed)
{
	setpgid(0, 0);
	int out = open(printed, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	int in = open("/dev/null", O_RDONLY);
	if (out < 0 || in < 0)
		_exit(127);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	dup2(verdict, CHECKS_PIPE);
	for (int fd = CHECKS_PIPE + 1; fd < 64; fd++)
		close(fd);
	limit(RLIMIT_CPU, SECONDS);
	limit(RLIMIT_FSIZE, PRINTED);
	limit(RLIMIT_CORE, 0);
	char options[160];
	snprintf(options, sizeof options,
	        "hard_rss_limit_mb=%d:max_allocation_size_mb=%d:detect_leaks=0:color="
	        "never",
	        MEGABYTES, MEGABYTES);
	setenv("ASAN_OPTIONS", options, 1);
	setenv("CHECKS_WORD", word, 1);
	execl(program, program, argument, (char *)NULL);
	_exit(127);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* What comes through the pipe until it is closed or the time is over. */
static void listen_to(int pipe, double until, char text[VERDICT])
{
	size_t used = 0;
	for (;;) {
		double rest = until - now();
		struct pollfd ready = { .fd = pipe, .events = POLLIN };
		if (rest <= 0 || poll(&ready, 1, (int)(rest * 1000) + 1) <= 0)
			break;
		char buffer[512];
		ssize_t got = read(pipe, buffer, sizeof buffer);
		if (got <= 0)
			break;
		for (ssize_t i = 0; i < got && used < VERDICT - 1; i++)
			text[used++] = buffer[i];
	}
	text[used] = '\0';
}

/* The status of a process that is over, or that is killed when its time is. */
static int wait_until(pid_t process, double until, bool *killed)
{
	int status = 0;
	*killed = false;
	while (waitpid(process, &status, WNOHANG) == 0) {
		if (now() > until) {
			*killed = true;
			kill(-process, SIGKILL);
			waitpid(process, &status, 0);
			break;
		}
		nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	}
	kill(-process, SIGKILL); /* what it may have started */
	return status;
}

/* --- what ended it ----------------------------------------------------------------------------- */

/* The line of `text` that contains `part`; false if there is none. */
static bool line_with(const char *text, const char *part, char line[VERDICT])
{
	const char *found = strstr(text, part);
	if (!found)
		return false;
	while (found > text && found[-1] != '\n')
		found--;
	snprintf(line, VERDICT, "%.*s", (int)strcspn(found, "\n"), found);
	return true;
}

static void explain(char message[VERDICT], const char *printed, int status, bool killed)
{
	char line[VERDICT];
	bool signalled = WIFSIGNALED(status);
	if (killed || (signalled && (WTERMSIG(status) == SIGXCPU ||
	                                    WTERMSIG(status) == SIGKILL)))
		snprintf(message, VERDICT,
		        "Stopped after %d s.\nLikely mistake: a loop that never ends.",
		        SECONDS);
	else if (strstr(printed, "hard rss limit exhausted") ||
	         strstr(printed, "allocation-size-too-big") ||
	         strstr(printed, "out-of-memory"))
		snprintf(message, VERDICT,
		        "Stopped: more than %d MB.\nLikely mistake: memory without end.",
		        MEGABYTES);
	else if (line_with(printed, "null pointer", line) ||
	         (strstr(printed, "SEGV on unknown address 0x00000000") &&
	                 line_with(printed, "SUMMARY: ", line)))
		snprintf(message, VERDICT, "%.3000s\nLikely mistake: a NULL is followed.",
		        line);
	else if (line_with(printed, "SUMMARY: AddressSanitizer: ", line))
		snprintf(message, VERDICT,
		        "%.3000s\nLikely mistake: memory that is not yours.",
		        line + strlen("SUMMARY: AddressSanitizer: "));
	else if (line_with(printed, "runtime error: ", line))
		snprintf(message, VERDICT,
		        "%.3000s\nLikely mistake: undefined behaviour.", line);
	else if (signalled)
		snprintf(message, VERDICT, "It stopped by itself (%s):\n%.3000s",
		        strsignal(WTERMSIG(status)), printed);
	else
		snprintf(message, VERDICT,
		        "It ended before the check did.\nLikely mistake: exit() in the "
		        "exercise.");
}

static void read_text(const char *path, char text[VERDICT])
{
	Arena *arena = arena_new("printed");
	Bytes bytes = { .size = 0 };
	file_read(&bytes, arena, path, NULL);
	snprintf(text, VERDICT, "%s", bytes.size ? (const char *)bytes.data : "");
	arena_free(arena);
}

/* A word that nobody can guess beforehand. */
static void new_word(char word[40])
{
	unsigned long long random[2] = { (unsigned long long)getpid(),
		(unsigned long long)(now() * 1e9) };
	FILE *source = fopen("/dev/urandom", "rb");
	if (source) {
		if (fread(random, sizeof random, 1, source) != 1)
			random[1] ^= random[0] << 32;
		fclose(source);
	}
	snprintf(word, 40, "%016llx%016llx", random[0], random[1]);
}

static void run_check(const char *program, const char *folder, Graded *graded)
{
	char word[40], verdict[VERDICT], path[1024], printed[VERDICT];
	int ends[2];
	new_word(word);
	snprintf(path, sizeof path, "%s/printed-%s.txt", folder, graded->name);
	if (pipe(ends)) {
		snprintf(graded->message, VERDICT, "no pipe: %s", strerror(errno));
		return;
	}
	pid_t process = fork();
	if (process == 0)
		become(program, graded->name, word, ends[1], path);
	close(ends[1]);
	double until = now() + SECONDS;
	bool killed;
	listen_to(ends[0], until, verdict);
	close(ends[0]);
	int status = process > 0 ? wait_until(process, until, &killed) : 0;

	size_t length = strlen(word);
	if (!strncmp(verdict, word, length) && !strcmp(verdict + length, " passed\n")) {
		graded->points = graded->most;
	} else if (!strncmp(verdict, word, length)) {
		const char *message = strchr(verdict, '\n');
		snprintf(
		        graded->message, VERDICT, "%s", message ? message + 1 : "failed");
	} else {
		read_text(path, printed);
		explain(graded->message, printed, status, killed);
	}
}

/* --- the results ------------------------------------------------------------------------------- */

static int read_list(const char *program, Graded graded[MOST_CHECKS])
{
	char command[1200], line[400];
	snprintf(command, sizeof command, "'%s' --list", program);
	FILE *list = popen(command, "r");
	int count = 0;
	while (list && count < MOST_CHECKS && fgets(line, sizeof line, list)) {
		Graded *g = &graded[count];
		*g = (Graded){ .points = 0 };
		if (sscanf(line, "%d\t%79[^\t]\t%159[^\n]", &g->most, g->name,
		            g->title) == 3)
			count++;
	}
	return list && pclose(list) == 0 ? count : 0;
}

/* The message, each line indented. */
static void print_message(FILE *out, const char *message)
{
	while (*message) {
		int length = (int)strcspn(message, "\n");
		fprintf(out, "         %.*s\n", length, message);
		message += length + (message[length] == '\n');
	}
}

static void print_text(FILE *out, int count, const Graded graded[], int points, int most)
{
	for (int i = 0; i < count; i++) {
		fprintf(out, "  %2d/%-2d  %s\n", graded[i].points, graded[i].most,
		        graded[i].title);
		print_message(out, graded[i].message);
	}
	fprintf(out, "%d of %d points.\n", points, most);
}

static void print_json(FILE *out, int count, const Graded graded[], int points)
{
	fprintf(out, "{\"score\":%d,\"tests\":[", points);
	for (int i = 0; i < count; i++) {
		const Graded *g = &graded[i];
		fprintf(out, "%s\n{\"number\":\"%d\",\"name\":", i ? "," : "", i + 1);
		json_text(out, g->title);
		fprintf(out,
		        ",\"score\":%d,\"max_score\":%d,\"status\":\"%s\",\"output\":",
		        g->points, g->most, g->message[0] ? "failed" : "passed");
		json_text(out, g->message);
		fprintf(out, ",\"visibility\":\"visible\"}");
	}
	fprintf(out, "]}\n");
}

static bool write_results(
        const char *folder, int count, const Graded graded[], int points, int most)
{
	Arena *arena = arena_new("results");
	bool written = true;
	for (int kind = 0; kind < 2; kind++) {
		char *text = NULL;
		size_t size = 0;
		FILE *out = open_memstream(&text, &size);
		if (!out)
			error_out_of_memory("grade", 0);
		if (kind)
			print_json(out, count, graded, points);
		else
			print_text(out, count, graded, points, most);
		fclose(out);
		Error error = { "" };
		FileWriter *writer = file_open(arena,
		        arena_format(
		                arena, "%s/results.%s", folder, kind ? "json" : "txt"),
		        &error);
		if (writer)
			file_write(writer, text, size);
		if (!writer || !file_close(writer, &error)) {
			fprintf(stderr, "grade: %s\n", error.text);
			written = false;
		}
		free(text);
	}
	arena_free(arena);
	return written;
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: grade EXERCISE FOLDER\n");
		return 2;
	}
	static Graded graded[MOST_CHECKS];
	int count = read_list(argv[1], graded), points = 0, most = 0;
	if (!count) {
		fprintf(stderr, "grade: %s lists no checks\n", argv[1]);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		run_check(argv[1], argv[2], &graded[i]);
		points += graded[i].points;
		most += graded[i].most;
	}
	print_text(stdout, count, graded, points, most);
	if (!write_results(argv[2], count, graded, points, most))
		return 2;
	return points < most;
}
