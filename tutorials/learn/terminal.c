#include "tutorials/learn/terminal.h"

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static struct termios as_it_was;
static volatile sig_atomic_t is_open;

bool terminal_talks(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

int terminal_width(void)
{
	struct winsize size = { .ws_col = 0 };
	if (!isatty(STDOUT_FILENO))
		return 78;
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	int columns = size.ws_col ? size.ws_col : 80;
	return columns < 40 ? 40 : columns > 90 ? 90 : columns;
}

static const char *colour(const char *code)
{
	return isatty(STDOUT_FILENO) && !getenv("NO_COLOR") ? code : "";
}

const char *terminal_bold(void)
{
	return colour("\033[1m");
}

const char *terminal_green(void)
{
	return colour("\033[32m");
}

const char *terminal_plain(void)
{
	return colour("\033[0m");
}

void terminal_clear(void)
{
	if (isatty(STDOUT_FILENO))
		fputs("\033[H\033[2J", stdout);
}

/* Columns that `length` bytes of UTF-8 take. */
static int columns(const char *text, size_t length)
{
	int found = 0;
	for (size_t i = 0; i < length; i++)
		found += ((unsigned char)text[i] & 0xC0) != 0x80;
	return found;
}

void terminal_wrap(const char *first, const char *text)
{
	int indent = columns(first, strlen(first)), width = terminal_width(), at = indent;
	bool begun = false; /* the line has a word */
	fputs(first, stdout);
	while (*text) {
		size_t blanks = strspn(text, " "), length = strcspn(text + blanks, " \n");
		if (*text == '\n') {
			printf("\n%*s", indent, "");
			at = indent;
			begun = false;
			text++;
			continue;
		}
		if (blanks > 1 || (!begun && blanks)) { /* code: the line as it is */
			length = strcspn(text, "\n");
			printf("%.*s", (int)length, text);
			text += length;
			continue;
		}
		text += blanks;
		int wide = columns(text, length);
		if (begun && at + 1 + wide > width) {
			printf("\n%*s", indent, "");
			at = indent;
			begun = false;
		}
		at += printf("%s", begun ? " " : "") + wide;
		printf("%.*s", (int)length, text);
		begun = true;
		text += length;
	}
	putchar('\n');
}

void terminal_say(const char *format, ...)
{
	char text[1000];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	terminal_wrap("", text);
}

static void on(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

static void set_raw(void)
{
	struct termios raw = as_it_was;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

/* Gives the terminal back, then lets the signal do what it does. */
static void leave(int number)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &as_it_was);
	on(number, SIG_DFL);
	raise(number);
}

static void come_back(int number)
{
	(void)number;
	if (is_open) {
		on(SIGTSTP, leave);
		set_raw();
	}
}

void terminal_close(void)
{
	if (is_open)
		tcsetattr(STDIN_FILENO, TCSANOW, &as_it_was);
	is_open = 0;
}

void terminal_open(void)
{
	static bool first = true;
	if (is_open || tcgetattr(STDIN_FILENO, &as_it_was) != 0)
		return;
	is_open = 1;
	set_raw();
	if (first) {
		atexit(terminal_close);
		first = false;
	}
	const int endings[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
	for (int i = 0; i < 5; i++)
		on(endings[i], leave);
	on(SIGCONT, come_back);
}

int terminal_key(int milliseconds)
{
	struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
	unsigned char key;
	fflush(stdout);
	if (poll(&ready, 1, milliseconds) <= 0)
		return 0;
	return read(STDIN_FILENO, &key, 1) == 1 ? key : -1;
}
