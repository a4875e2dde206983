/* html_print.c: printf for pages: what comes from outside is escaped. */
#include "emotionnet/page/html_print.h"
#include "tensor/error.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <string.h>

static void put_character(FILE *out, uint32_t point)
{
	char bytes[4];
	bool control = (point < 0x20 && point != '\n' && point != '\t') ||
	               (point >= 0x7f && point < 0xa0);
	if (control)
		point = UTF8_REPLACEMENT;
	fwrite(bytes, 1, (size_t)utf8_put(bytes, point), out);
}

void html_text(FILE *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		Utf8 next = utf8_next(text + at, size - at);
		at += (size_t)next.bytes;
		if (next.point == '&')
			fputs("&amp;", out);
		else if (next.point == '<')
			fputs("&lt;", out);
		else if (next.point == '>')
			fputs("&gt;", out);
		else if (next.point == '"')
			fputs("&quot;", out);
		else if (next.point == '\'')
			fputs("&#39;", out);
		else
			put_character(out, next.point);
	}
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

static void print_conversion(FILE *out, const Conversion *c, va_list *arguments)
{
	const char *format = c->format;
	char kind = format[c->length - 1];
	va_list *a = arguments;
	if (kind == '%') {
		fputc('%', out);
	} else if (!strcmp(format, "%s")) {
		const char *text = va_arg(*a, const char *);
		html_text(out, text, strlen(text));
	} else if (!strcmp(format, "%.*s")) {
		int size = va_arg(*a, int);
		html_text(out, va_arg(*a, const char *), (size_t)size);
	} else if (!strcmp(format, "%zu")) {
		fprintf(out, "%zu", va_arg(*a, size_t));
	} else if (!strcmp(format, "%llu")) {
		fprintf(out, "%llu", va_arg(*a, unsigned long long));
	} else if (kind == 'd') {
		fprintf(out, "%d", va_arg(*a, int));
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

void html_print(FILE *out, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	while (*format) {
		size_t plain = strcspn(format, "%");
		fwrite(format, 1, plain, out);
		format += plain;
		if (!*format)
			break;
		Conversion c = read_conversion(format);
		print_conversion(out, &c, &arguments);
		format += c.length;
	}
	va_end(arguments);
}
