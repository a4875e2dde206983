/* html_print.h: text between markup, for pages (html.h) and pictures in SVG. Every %s is
 * escaped, so that what a corpus or a user says can never become markup: the format alone
 * can. */
#ifndef EMOTIONNET_PAGE_HTML_PRINT_H
#define EMOTIONNET_PAGE_HTML_PRINT_H

#include <stddef.h>
#include <stdio.h>

/* printf with %d %zu %llu %c %f %g (flags, width and precision too) and %% as they are,
 * and %s and %.*s escaped for text and for attributes in either quotes. Stops at any
 * other conversion. */
void html_print(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `size` bytes of text, escaped. What is not UTF-8, and control characters, become
 * U+FFFD. */
void html_text(FILE *out, const char *text, size_t size);

#endif
