/* Base64 after RFC 4648. The Content-Security-Policy in the head lets the browser itself
 * see to it that nothing outside is asked for. */
#include "emotionnet/page/html.h"
#include "tensor/file/base64.h"

#include <stdlib.h>

void html_table_begin(FILE *out, const char *kind, const char *label)
{
	html_print(out,
	        "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\"><table class=\"%s\"><caption><span>%s</span></caption>\n",
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
	        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	        "<meta name=\"color-scheme\" content=\"light dark\">\n"
	        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
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
