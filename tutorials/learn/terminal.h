/* terminal.h: how wide it is, whether to ask, colours, one key at a time. */
#ifndef TUTORIALS_LEARN_TERMINAL_H
#define TUTORIALS_LEARN_TERMINAL_H

#include <stdbool.h>

/* Both ends are a terminal: only then does a program ask. */
bool terminal_talks(void);
/* From 40 to 90 columns; 78 where standard output is no terminal. */
int terminal_width(void);

/* "" where standard output is no terminal. */
const char *terminal_bold(void);
const char *terminal_green(void);
const char *terminal_plain(void);
void terminal_clear(void);

/* Prints text in lines of the terminal's width: the first line begins with `first`, the
 * others with as many blanks. A line of `text` that begins with a blank is kept as it is.
 * */
void terminal_wrap(const char *first, const char *text);

/* The same of a format, from the left edge. */
void terminal_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* From now on keys come at once and are not shown. The terminal is as it was after
 * terminal_close, and after every end of the program, Ctrl-C and Ctrl-Z too. */
void terminal_open(void);
void terminal_close(void);
/* The next key within the time; 0 if none came, -1 at the end of input. */
int terminal_key(int milliseconds);

#endif
