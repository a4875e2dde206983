/* sys/ioctl.h: how wide the page's window for a program is: the page says it in COLUMNS.
 * Nothing else is asked of a terminal. */
#ifndef WASI_SYS_IOCTL_H
#define WASI_SYS_IOCTL_H

#include <stdlib.h>

struct winsize {
	unsigned short ws_row, ws_col;
};

enum { TIOCGWINSZ = 1 };

static inline int ioctl(int file, int request, struct winsize *size)
{
	const char *columns = getenv("COLUMNS");
	(void)file, (void)request;
	*size = (struct winsize){ 24, (unsigned short)(columns ? atoi(columns) : 0) };
	return size->ws_col ? 0 : -1;
}

#endif
