/* grade: runs the checks of an exercise and writes what they are worth.
 *
 *     grade EXERCISE FOLDER FILE    EXERCISE: a program of checks.h, linked with one exercise.c, the FILE
 *     grade --hash FILE             the hash that grade.sh compiles into it
 *
 * Nothing is graded unless the hash in EXERCISE is that of FILE, and EXERCISE stays the same while its checks run.
 * Every check runs in a process of its own with 10 seconds of time (EXERCISE_SECONDS: others), MEGABYTES of memory (the address
 * sanitizer watches it, and every access) and a limit on what it prints. This program has none of the
 * student's code in it: a crash, an endless loop or an exit costs the points of one check.
 *
 * The results go to standard output, to FOLDER/results.txt and, in the form that Gradescope reads, to
 * FOLDER/results.json. Status: 0 all points, 1 fewer, 2 the checks could not be run. */
#include "tensor/file/hash.h"
#include "tensor/file/json_write.h"
#include "tensor/file/file.h"
#include "tensor/clock.h"
#include "tutorials/checks.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	MEGABYTES = 512,
	PRINTED = 1 << 20,
	VERDICT = 4096,
	PROCESSES =
	        4096, /* of this user, the check's among them: an end to fork() in a loop */
	MOST_CHECKS = 64
};

static int seconds(void)
{
	const char *given = getenv("EXERCISE_SECONDS");
	int number = given ? atoi(given) : 0;
	return number > 0 ? number : 10;
}

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

static _Noreturn void become(
        const char *program, const char *argument, int verdict, const char *printed)
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
	limit(RLIMIT_CPU, (rlim_t)seconds());
	limit(RLIMIT_FSIZE, PRINTED);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NPROC, PROCESSES);
	char options[160];
	snprintf(options, sizeof options,
	        "hard_rss_limit_mb=%d:max_allocation_size_mb=%d:detect_leaks=0:color="
	        "never",
	        MEGABYTES, MEGABYTES);
	setenv("ASAN_OPTIONS", options, 1);
	execl(program, program, argument, (char *)NULL);
	_exit(127);
}

/* Adds what has come through the socket, or comes within the time. */
static size_t hear(int socket, int milliseconds, char text[VERDICT], size_t used)
{
	enum { AT_ONCE = 64 }; /* pieces: whoever floods it is not listened to for ever */
	struct pollfd ready = { .fd = socket, .events = POLLIN };
	char buffer[512];
	ssize_t got = 1;
	poll(&ready, 1, milliseconds);
	for (int piece = 0; piece < AT_ONCE && got > 0; piece++) {
		got = recv(socket, buffer, sizeof buffer, MSG_DONTWAIT);
		for (ssize_t i = 0; i < got && used < VERDICT - 1; i++)
			text[used++] = buffer[i];
	}
	if (got == 0 && milliseconds) /* closed: poll does not wait any more */
		nanosleep(&(struct timespec){ .tv_nsec = milliseconds * 1000000L }, NULL);
	return used;
}

/* Hears the process out until it is over, or its time is, and ends what it may have started. Its status. */
static int attend(pid_t process, int socket, char text[VERDICT], bool *killed)
{
	double until = seconds_now() + seconds();
	size_t used = 0;
	int status = 0;
	*killed = false;
	for (bool over = false; !over;) {
		over = waitpid(process, &status, WNOHANG) != 0;
		if (!over && seconds_now() > until) {
			*killed = over = true;
			kill(-process, SIGKILL);
			waitpid(process, &status, 0);
		}
		used = hear(socket, over ? 0 : 5, text, used);
	}
	kill(-process, SIGKILL);
	text[used] = '\0';
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
	if (signalled && WTERMSIG(status) == SIGXFSZ)
		snprintf(message, VERDICT,
		        "Stopped: it printed more than %d MB.\nLikely mistake: printing "
		        "without end.",
		        PRINTED >> 20);
	else if (killed || (signalled && (WTERMSIG(status) == SIGXCPU ||
	                                         WTERMSIG(status) == SIGKILL)))
		snprintf(message, VERDICT,
		        "Stopped after %d s.\nLikely mistake: a loop that never ends.",
		        seconds());
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
	else if (line_with(printed, "SUMMARY: AddressSanitizer: stack-overflow", line))
		snprintf(message, VERDICT,
		        "%.3000s\nLikely mistake: a recursion that never ends, or an "
		        "array too large for the stack.",
		        line + strlen("SUMMARY: AddressSanitizer: "));
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

/* "" if the file cannot be read. */
static const char *read_text(Arena *arena, const char *path)
{
	Bytes bytes;
	return file_read(&bytes, arena, path, NULL) ? (const char *)bytes.data : "";
}

typedef struct HashText {
	char text[17];
} HashText;

/* "" if the file cannot be read. */
static HashText hash_of(const char *path)
{
	HashText hash = { "" };
	Arena *arena = arena_new("file");
	Bytes bytes;
	if (file_read(&bytes, arena, path, NULL))
		snprintf(hash.text, sizeof hash.text, "%016llx",
		        (unsigned long long)hash_bytes(
		                HASH_BEGIN, bytes.data, bytes.size));
	arena_free(arena);
	return hash;
}

/* A word that nobody can guess beforehand. */
static void new_word(char word[40])
{
	unsigned long long random[2] = { (unsigned long long)getpid(),
		(unsigned long long)(seconds_now() * 1e9) };
	FILE *source = fopen("/dev/urandom", "rb");
	if (source) {
		if (fread(random, sizeof random, 1, source) != 1)
			random[1] ^= random[0] << 32;
		fclose(source);
	}
	snprintf(word, 40, "%016llx%016llx", random[0], random[1]);
}

/* What the verdict says; false if it is none, or not with this word. */
static bool judge(Graded *graded, const char *verdict, const char *word)
{
	size_t length = strlen(word);
	if (strncmp(verdict, word, length) != 0)
		return false;
	const char *message = strchr(verdict, '\n');
	if (strstr(verdict + length, word))
		snprintf(graded->message, VERDICT,
		        "More than one process answered.\nLikely mistake: fork() in the "
		        "exercise.");
	else if (!strcmp(verdict + length, " passed\n"))
		graded->points = graded->most;
	else
		snprintf(
		        graded->message, VERDICT, "%s", message ? message + 1 : "failed");
	return true;
}

/* Runs the program with one argument until it is over or its time is; then its status. What it says through
 * CHECKS_PIPE, where `word` waits for it, is the verdict; what it prints goes to the file. */
static int run(const char *program, const char *argument, const char *word,
        const char *printed, char verdict[VERDICT], bool *killed)
{
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) ||
	        write(ends[0], word, strlen(word)) < 0) {
		fprintf(stderr, "grade: no socket: %s\n", strerror(errno));
		exit(2);
	}
	pid_t process = fork();
	if (process == 0)
		become(program, argument, ends[1], printed);
	close(ends[1]);
	if (process < 0) {
		fprintf(stderr, "grade: no process: %s\n", strerror(errno));
		exit(2);
	}
	int status = attend(process, ends[0], verdict, killed);
	close(ends[0]);
	return status;
}

/* The first lines that the exercise printed, up to the sanitizer's, after the message. */
static void tell_printed(char message[VERDICT], const char *printed, const char *path)
{
	enum { LINES = 8, LONGEST = 100 };
	size_t used = strlen(message);
	for (int line = 0; *printed && used < VERDICT / 2; line++) {
		int length = (int)strcspn(printed, "\n");
		if (!strncmp(printed, "====", 4) || strstr(printed, "runtime error:"))
			break;
		if (line == LINES) {
			snprintf(message + used, VERDICT - used, "\n  ... %s", path);
			break;
		}
		used += (size_t)snprintf(message + used, VERDICT - used, "%s\n  %.*s",
		        line ? "" : "\nIt printed:", length < LONGEST ? length : LONGEST,
		        printed);
		printed += length + (printed[length] == '\n');
	}
}

static void run_check(const char *program, const char *folder, Graded *graded)
{
	char word[40], verdict[VERDICT], path[1024];
	new_word(word);
	snprintf(path, sizeof path, "%s/printed-%s.txt", folder, graded->name);
	bool killed;
	int status = run(program, graded->name, word, path, verdict, &killed);
	Arena *arena = arena_new("printed");
	const char *text = read_text(arena, path);
	if (!judge(graded, verdict, word))
		explain(graded->message, text, status, killed);
	if (graded->message[0])
		tell_printed(graded->message, text, path);
	arena_free(arena);
}

/* --- the results ------------------------------------------------------------------------------- */

/* What the program prints for --list or --hash; false if it fails. */
static bool ask(
        const char *program, const char *question, const char *folder, char text[VERDICT])
{
	char path[1024], verdict[VERDICT];
	bool killed;
	snprintf(path, sizeof path, "%s/printed%s.txt", folder, question);
	int status = run(program, question, "", path, verdict, &killed);
	Arena *arena = arena_new("printed");
	snprintf(text, VERDICT, "%s", read_text(arena, path));
	arena_free(arena);
	return !killed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int read_list(const char *list, Graded graded[MOST_CHECKS])
{
	int count = 0;
	for (; *list && count < MOST_CHECKS; list += strcspn(list, "\n") + 1) {
		Graded *g = &graded[count];
		*g = (Graded){ .points = 0 };
		if (sscanf(list, "%d\t%79[^\t]\t%159[^\n]", &g->most, g->name,
		            g->title) != 3)
			break;
		count++;
	}
	return count;
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
	if (argc == 3 && !strcmp(argv[1], "--hash")) {
		HashText hash = hash_of(argv[2]);
		puts(hash.text);
		return hash.text[0] ? 0 : 2;
	}
	if (argc != 4) {
		fprintf(stderr,
		        "usage: grade EXERCISE FOLDER FILE, or grade --hash FILE\n");
		return 2;
	}
	const char *program = argv[1], *folder = argv[2], *file = argv[3];
	static Graded graded[MOST_CHECKS];
	char list[VERDICT], linked[VERDICT];
	HashText wanted = hash_of(file), checked = hash_of(program);
	if (!ask(program, "--hash", folder, linked) || strlen(linked) != 17 ||
	        strncmp(linked, wanted.text, 16) != 0) {
		fprintf(stderr,
		        "grade: what is linked into %s is not %s: its hash is %.16s, of "
		        "the file %s\n",
		        program, file, linked, wanted.text);
		return 2;
	}
	int count = ask(program, "--list", folder, list) ? read_list(list, graded) : 0;
	if (!count) {
		fprintf(stderr, "grade: %s lists no checks\n", program);
		return 2;
	}
	printf("%s (hash %s, the one that is linked)\n", file, wanted.text);
	int points = 0, most = 0;
	for (int i = 0; i < count; i++) {
		if (!strcmp(hash_of(program).text, checked.text))
			run_check(program, folder, &graded[i]);
		else
			snprintf(graded[i].message, VERDICT,
			        "The program was changed while it was checked.");
		points += graded[i].points;
		most += graded[i].most;
	}
	print_text(stdout, count, graded, points, most);
	if (!write_results(folder, count, graded, points, most))
		return 2;
	return points < most;
}
