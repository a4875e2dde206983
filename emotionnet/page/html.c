/* Base64 after RFC 4648. The Content-Security-Policy in the head lets the browser itself
 * see to it that nothing outside is asked for. */
#include "emotionnet/page/html.h"
#include "tensor/file/base64.h"

#include "text/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
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

void html_table_begin(FILE *out, const char *kind, const char *label)
{
	html_print(out,
	        "<div class=\"wide\" role=\"region\" aria-label=\"%s\" "
	        "tabindex=\"0\"><table class=\"%s\"><caption><span>%s</span></caption>\n",
	        label, kind, label);
}

void html_table_end(FILE *out)
{
	html_print(out, "</table></div>\n");
}

void html_columns(FILE *out, const char *const names[])
{
	html_print(out, "<thead><tr>");
	for (; *names; names++)
		html_print(out, "<th scope=\"col\">%s</th>", *names);
	html_print(out, "</tr></thead><tbody>\n");
}

void html_data(FILE *out, const char *type, Bytes bytes)
{
	html_print(out, "data:%s;base64,", type);
	base64_print(out, bytes);
}

/* ---- a page ------------------------------------------------------------------------ */

bool html_page_open(HtmlPage *page, const char *title, Error *error)
{
	*page = (HtmlPage){ 0 };
	page->out = open_memstream(&page->text, &page->size);
	if (!page->out)
		return error_set(error, "no memory for a page");
	html_print(page->out,
	        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	        "<meta name=\"viewport\" "
	        "content=\"width=device-width,initial-scale=1\">\n"
	        "<meta name=\"color-scheme\" content=\"light dark\">\n"
	        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	        "'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; "
	        "script-src 'unsafe-inline'\">\n"
	        "<link rel=\"icon\" href=\"data:,\">\n<title>%s</title>\n<style>\n",
	        title);
	fputs(page_style, page->out);
	fputs("</style>\n</head>\n<body>\n<main>\n", page->out);
	return true;
}

bool html_page_close(HtmlPage *page, Arena *arena, const char *path, Error *error)
{
	fputs("</main>\n<script>\n", page->out);
	fputs(page_script, page->out);
	fputs("</script>\n</body>\n</html>\n", page->out);
	bool built = !ferror(page->out);
	if (fclose(page->out))
		built = false;
	if (!built) {
		free(page->text);
		return error_set(
		        error, "%s: no memory for a page of %zu bytes", path, page->size);
	}
	FileWriter *writer = file_open(arena, path, error);
	if (writer)
		file_write(writer, page->text, page->size);
	free(page->text);
	return writer && file_close(writer, error);
}

void html_page_abandon(HtmlPage *page)
{
	fclose(page->out);
	free(page->text);
}
