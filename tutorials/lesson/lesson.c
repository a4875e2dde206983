#include "tensor/file/file.h"
#include "tutorials/lesson/parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCREEN = 78, NARROWEST = 40 };

/* --- beginning and end -------------------------------------------------------------- */

static void usage(const char *chapter)
{
	printf("usage: chapter [--step] [--set NAME=VALUE] [--values FILE]\n\n"
	       "The program of tutorials/%s/chapter.md: make chapter CH=%.2s\n\n"
	       "  --step         stop at each numbered point until Enter (make chapter "
	       "STEP=1)\n"
	       "  --set rate=0.1 another value of a setting (make chapter SET=rate=0.1)\n"
	       "  --values FILE  write the numbers that the text quotes\n\n"
	       "Predictions are asked on a terminal. In a pipe, and with LESSON_ASK=0, "
	       "their\nanswers are printed.\n",
	        chapter, chapter);
	exit(0);
}

/* Of the terminal; wide enough if there is none, or it does not say. */
static int terminal_columns(void)
{
	struct winsize size;
	bool unknown = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col;
	return unknown ? SCREEN + 1 : size.ws_col;
}

/* One column is left free, where some terminals wrap. */
static int screen_width(int columns)
{
	if (columns > SCREEN)
		return SCREEN;
	return columns > NARROWEST ? columns - 1 : NARROWEST;
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		fprintf(stderr, "%s: cannot be made: %s\n", path, strerror(errno));
}

const char *lesson_heading(const Lesson *lesson)
{
	static const Colour blue = { 0, 135, 215 };
	static ColourText text;
	text = colour_foreground(lesson->depth, blue);
	return text.text;
}

const char *lesson_plain(const Lesson *lesson)
{
	static ColourText text;
	text = colour_end(lesson->depth);
	return text.text;
}

/* In a debugger the keyboard is the debugger's: tutorials/step.gdb says LESSON_ASK=0. */
static Asking asking(void)
{
	const char *ask = getenv("LESSON_ASK");
	bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	return terminal && !(ask && !strcmp(ask, "0")) ? ASKING : TELLING;
}

Lesson *lesson_begin(int argc, char **argv, const char *chapter, const char *title)
{
	Arena *arena = arena_new("lesson");
	const int columns = terminal_columns();
	Lesson *lesson = ARENA_NEW(arena, Lesson);
	*lesson = (Lesson){ .arena = arena,
		.chapter = chapter,
		.values = arena_string(arena, ""),
		.depth = colour_depth(stdout),
		.settings_known = arena_string(arena, ""),
		.debugged = getenv("LESSON_LOOK") != NULL,
		.width = screen_width(columns),
		.asking = asking() };
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help")) {
			usage(chapter);
		} else if (!strcmp(argv[i], "--step")) {
			lesson->step = true;
		} else if (!strcmp(argv[i], "--values") && i + 1 < argc) {
			lesson->values_path = argv[++i];
		} else if (!strcmp(argv[i], "--set") && i + 1 < argc &&
		           lesson_set(lesson, argv[i + 1])) {
			i++;
		} else {
			fprintf(stderr,
			        "\"%s\" is not understood. --help says what is.\n",
			        argv[i]);
			exit(2);
		}
	}
	setvbuf(stdout, NULL, _IOLBF,
	        BUFSIZ); /* nothing is lost where a debugger stops */
	make_folder("build");
	make_folder("build/tutorials");
	make_folder(arena_format(arena, "build/tutorials/%s", chapter));
	printf("%s%.2s  %s%s\n", lesson_heading(lesson), chapter, title,
	        lesson_plain(lesson));
	if (columns < NARROWEST)
		lesson_say(lesson,
		        "(This terminal is %d columns wide. Tables and pictures need %d; "
		        "%d are best.)",
		        columns, NARROWEST, SCREEN);
	return lesson;
}

void lesson_write(Lesson *lesson, const char *path, const char *text, size_t size)
{
	Error error = { "" };
	FileWriter *writer = file_open(lesson->arena, path, &error);
	if (writer)
		file_write(writer, text, size);
	if (!writer || !file_close(writer, &error)) {
		fprintf(stderr, "%s\n", error.text);
		lesson->failed = true;
	}
}

int lesson_end(Lesson *lesson)
{
	if (lesson->right + lesson->wrong + lesson->passed)
		lesson_say(lesson, "\nPredictions: %d right, %d not, %d passed over.",
		        lesson->right, lesson->wrong, lesson->passed);
	lesson_check_set(lesson);
	if (lesson->values_path)
		lesson_write(lesson, lesson->values_path, lesson->values,
		        strlen(lesson->values));
	lesson_say(lesson,
	        "\nNext: tutorials/%s/chapter.md tells why; make exercise CH=%.2s is "
	        "yours.",
	        lesson->chapter, lesson->chapter);
	bool failed = lesson->failed;
	arena_free(lesson->arena);
	return failed;
}

Arena *lesson_arena(const Lesson *lesson)
{
	return lesson->arena;
}

void lesson_section(Lesson *lesson, const char *title)
{
	lesson->experiment = lesson->settings = NULL;
	printf("\n%s== %s%s\n", lesson_heading(lesson), title, lesson_plain(lesson));
}

bool lesson_line(char line[LESSON_LINE])
{
	fflush(stdout);
	if (!fgets(line, LESSON_LINE, stdin)) {
		clearerr(stdin); /* on a terminal Ctrl-D ends one answer, not the input */
		putchar('\n');
		return false;
	}
	size_t length = strcspn(line, "\n");
	if (!line[length]) /* longer than there is room for: the rest is not an answer */
		for (int c = getchar(); c != '\n' && c != EOF;)
			c = getchar();
	line[length] = '\0';
	return true;
}

/* Where a debugger stops: the caption is printed, the caller's caller is the chapter. */
__attribute__((noinline)) static void lesson_stop(void)
{
	__asm__ volatile("" ::: "memory");
}

void lesson_point(Lesson *lesson, const char *look)
{
	lesson->points++;
	printf("%s[%d]%s ", lesson_heading(lesson), lesson->points, lesson_plain(lesson));
	lesson_wrap(lesson, look, 4, "    ");
	lesson_show_looks(lesson);
	lesson_stop();
	if (!lesson->step)
		return;
	char line[LESSON_LINE];
	printf("    (Enter to go on) ");
	lesson->step = lesson_line(line);
	if (lesson->step && !isatty(STDIN_FILENO))
		putchar('\n');
}
