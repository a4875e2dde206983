/* page.h: the files that a browser is given, as they stand in page/: the Makefile makes C
 * strings of them, so that the program is one file and the page can be read and changed. */
#ifndef EMOTIONNET_SERVE_PAGE_H
#define EMOTIONNET_SERVE_PAGE_H

#include "emotionnet/serve/server.h"

extern const ServerFile page_files[]; /* the last has no path */

#endif
