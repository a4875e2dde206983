/* html.h: pages that hold all they need: no outside reference, style and script inside,
 * pictures and sound as base64.
 *
 * A page is built in memory and then written all or nothing. Everything is printed by
 * html_print. */
#ifndef EMOTIONNET_PAGE_HTML_H
#define EMOTIONNET_PAGE_HTML_H

#include "tensor/plot/escape.h"
#include "tensor/file/file.h"

/* A table that may be too wide for the window: it scrolls by itself, with the keyboard
 * too. `label` says what it is; `kind` is its class. What stands between is printed by
 * the caller. */
void html_table_begin(FILE *out, const char *kind, const char *label);
void html_table_end(FILE *out);
/* Its head, a column a name, down to <tbody>, which the caller ends. The names end
 * with NULL. */
void html_columns(FILE *out, const char *const names[]);

/* data:TYPE;base64,... for an attribute. */
void html_data(FILE *out, const char *type, Bytes bytes);

typedef struct HtmlPage {
	FILE *out; /* where it is printed */
	char *text;
	size_t size;
} HtmlPage;

/* Begins a page: everything down to <main>. Fails without memory. */
bool html_page_open(HtmlPage *page, const char *title, Error *error);

/* Ends it and writes it to `path`, all or nothing; the page is gone in either case. */
bool html_page_close(HtmlPage *page, Arena *arena, const char *path, Error *error);

void html_page_abandon(HtmlPage *page); /* nothing is written */

/* The style sheet, and the script that sorts tables and shows how far a sound has
 * played (style.c, script.c). */
extern const char page_style[], page_script[];

#endif
