/* escape.h: printf for what people see: pages (emotionnet/page/html.h), pictures in SVG,
 * Markdown and terminals. Every %s is escaped, so that what a corpus or a user says can never become
 * markup or command a terminal: the format alone can. */
#ifndef TENSOR_PLOT_ESCAPE_H
#define TENSOR_PLOT_ESCAPE_H

#include <stddef.h>
#include <stdio.h>

/* printf with %d %zu %llu %c %f %g (flags, width and precision too) and %% as they are,
 * and %s escaped for text and for attributes in either quotes. Its width, and a
 * precision that is a number, count columns of a terminal (utf8.h); %.*s takes so many
 * bytes. Stops at any other conversion. */
void html_print(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for terminals: a line end within a %s becomes a blank. */
void terminal_print(FILE *out, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* The same for Markdown: what would be a mark, a tag or a cell's end stands for itself, and
 * a line end within a %s becomes a blank. */
void markdown_print(FILE *out, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/* `size` bytes of text, escaped. What is not UTF-8, and control characters, become
 * U+FFFD. */
void html_text(FILE *out, const char *text, size_t size);

#endif
