/* escape.c: a format's conversions one by one; a character at a time of what is text. */
#include "tensor/plot/escape.h"
#include "tensor/error.h"
#include "tensor/plot/columns.h"
#include "tensor/utf8.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef void Put(FILE *out, uint32_t point);

static void put_character(FILE *out, uint32_t point)
{
	char bytes[4];
	if (utf8_is_control(point))
		point = UTF8_REPLACEMENT;
	fwrite(bytes, 1, (size_t)utf8_put(bytes, point), out);
}

static void put_terminal(FILE *out, uint32_t point)
{
	put_character(out, point == '\n' || point == '\t' ? ' ' : point);
}

static void put_markdown(FILE *out, uint32_t point)
{
	if (point && point < 128 && strchr("\\`*_[]<>|&#~", (int)point))
		fputc('\\', out);
	put_terminal(out, point);
}

static void put_html(FILE *out, uint32_t point)
{
	if (point == '&')
		fputs("&amp;", out);
	else if (point == '<')
		fputs("&lt;", out);
	else if (point == '>')
		fputs("&gt;", out);
	else if (point == '"')
		fputs("&quot;", out);
	else if (point == '\'')
		fputs("&#39;", out);
	else
		put_character(out, point);
}

/* As much of the text as takes no more than `most` columns; returns how many it took. */
static int put_text(FILE *out, Put *put, const char *text, size_t size, int most)
{
	int columns = 0;
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(text + at, size - at);
		int wide = columns_of_point(next.point);
		if (wide > most - columns)
			break;
		at += (size_t)next.bytes;
		columns += wide;
		if (put)
			put(out, next.point);
	}
	return columns;
}

void html_text(FILE *out, const char *text, size_t size)
{
	put_text(out, put_html, text, size, INT_MAX);
}

/* ---- printing ---------------------------------------------------------------------- */

/* One conversion, "%+.3f", as its own format; the next argument is its. A va_list goes
 * on only through a pointer. */
typedef struct Conversion {
	char format[16];
	size_t length;
} Conversion;

static Conversion read_conversion(const char *format)
{
	Conversion c = { .length = 1 + strcspn(format + 1, "%sdcfgu") + 1 };
	if (c.length >= sizeof c.format || c.length > strlen(format))
		error_stop(HERE, "html_print",
		        "\"%.20s\": expected %%s, %%d, %%zu, %%f, ...", format);
	memcpy(c.format, format, c.length);
	return c;
}

/* A number in the format, or the next argument. */
static int read_number(const char **format, va_list *arguments)
{
	if (**format == '*') {
		++*format;
		return va_arg(*arguments, int);
	}
	return (int)strtol(*format, (char **)format, 10);
}

static void print_string(FILE *out, Put *put, const char *format, va_list *arguments)
{
	int most = INT_MAX, bytes = -1;
	bool left = *++format == '-';
	format += left;
	int width = read_number(&format, arguments);
	if (*format == '.') {
		int *limit = *++format == '*' ? &bytes : &most;
		*limit = read_number(&format, arguments);
	}
	const char *text = va_arg(*arguments, const char *);
	size_t size = bytes < 0 ? strlen(text) : (size_t)bytes;
	int blanks = width - put_text(NULL, NULL, text, size, most);
	blanks = blanks > 0 ? blanks : 0;
	fprintf(out, "%*s", left ? 0 : blanks, "");
	put_text(out, put, text, size, most);
	fprintf(out, "%*s", left ? blanks : 0, "");
}

static void print_conversion(FILE *out, Put *put, const Conversion *c, va_list *arguments)
{
	const char *format = c->format;
	char kind = format[c->length - 1];
	va_list *a = arguments;
	if (kind == '%') {
		fputc('%', out);
	} else if (kind == 's') {
		print_string(out, put, format, a);
	} else if (!strcmp(format, "%zu")) {
		fprintf(out, "%zu", va_arg(*a, size_t));
	} else if (!strcmp(format, "%llu")) {
		fprintf(out, "%llu", va_arg(*a, unsigned long long));
	} else if (kind == 'd') {
		fprintf(out, format, va_arg(*a, int));
	} else if (kind == 'c') {
		fputc(va_arg(*a, int), out);
	} else if (kind == 'f' || kind == 'g') {
		/* the longest double, and the widest that a page asks for */
		char text[400];
		snprintf(text, sizeof text, format, va_arg(*a, double));
		fputs(text, out);
	} else {
		error_stop(HERE, "html_print", "\"%s\" is not known", format);
	}
}

static void print_all(FILE *out, Put *put, const char *format, va_list *arguments)
{
	while (*format) {
		size_t plain = strcspn(format, "%");
		fwrite(format, 1, plain, out);
		format += plain;
		if (!*format)
			break;
		Conversion c = read_conversion(format);
		print_conversion(out, put, &c, arguments);
		format += c.length;
	}
}

void html_print(FILE *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	print_all(out, put_html, format, &arguments);
	va_end(arguments);
}

void terminal_print(FILE *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	print_all(out, put_terminal, format, &arguments);
	va_end(arguments);
}

void markdown_print(FILE *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	print_all(out, put_markdown, format, &arguments);
	va_end(arguments);
}
