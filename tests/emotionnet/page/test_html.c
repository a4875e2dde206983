#include "emotionnet/page/html.h"
#include "tests/support/harness.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What `statement` prints to `out`. */
#define PRINTED(statement)                                                               \
	do {                                                                             \
		out = open_memstream(&text, &size);                                      \
		statement;                                                               \
		fclose(out);                                                             \
	} while (0)

START_TEST(print_escapes_every_string)
{
	char *text;
	size_t size;
	FILE *out;
	PRINTED(html_print(
	        out, "<b title='%s'>%s</b>", "it's \"1\"", "<script>a && b</script>"));
	ck_assert_str_eq(text,
	        "<b title='it&#39;s &quot;1&quot;'>&lt;script&gt;a &amp;&amp; b&lt;/script&gt;</b>");
	free(text);
	PRINTED(html_print(out, "%.*s|%d|%zu|%llu|%c|%+.2f|%5.1f|%g%%", 3, "<<<>", -7,
	        (size_t)8, 9ULL, 'x', 1.5, 2.25, 1e-9));
	ck_assert_str_eq(text, "&lt;&lt;&lt;|-7|8|9|x|+1.50|  2.2|1e-09%");
	free(text);
}
END_TEST

START_TEST(text_replaces_what_no_page_may_hold)
{
	char *text;
	size_t size;
	FILE *out;
	const char bad[] = "a\0b\x1b[31m\xff\xc3\xa9\xe2\x82\n";
	PRINTED(html_text(out, bad, sizeof bad - 1));
	ck_assert_str_eq(text, "a\xef\xbf\xbd"
	                       "b\xef\xbf\xbd[31m\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\n");
	free(text);
}
END_TEST

START_TEST(data_is_that_of_rfc_4648)
{
	static const char *const cases[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xff\xfe\xfb", "//77" } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char *text;
		size_t size;
		FILE *out;
		Bytes bytes = { (const unsigned char *)cases[i][0], strlen(cases[i][0]) };
		PRINTED(html_data(out, "a/b", bytes));
		ck_assert_str_eq(text + strlen("data:a/b;base64,"), cases[i][1]);
		free(text);
	}
}
END_TEST

START_TEST(print_unknown_conversion_stops)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	const char *wide = "%lu";
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
	ASSERT_STOPS("is not known", html_print(out, wide, 1ul));
#pragma GCC diagnostic pop
	fclose(out);
	free(text);
}
END_TEST

START_TEST(page_stands_alone_and_is_written_whole)
{
	Arena *arena = arena_new("test");
	Error error;
	HtmlPage page;
	Bytes bytes;
	const char *path = arena_format(arena, "%s/page.html", harness_directory());
	ck_assert(html_page_open(&page, "a </title><script>", &error));
	html_print(page.out, "<h1>%s</h1>", "here");
	ck_assert(html_page_close(&page, arena, path, &error));
	ck_assert(file_read(&bytes, arena, path, &error));
	const char *text = (const char *)bytes.data;
	ck_assert(!strncmp(text, "<!DOCTYPE html>\n<html lang=\"en\">", 32));
	ASSERT_CONTAINS(text, "<title>a &lt;/title&gt;&lt;script&gt;</title>");
	ASSERT_CONTAINS(text, "<h1>here</h1>");
	ASSERT_CONTAINS(text, "default-src 'none'");
	ck_assert_str_eq(text + bytes.size - strlen("</html>\n"), "</html>\n");
	ck_assert_ptr_null(strstr(text, "http:"));
	ck_assert_ptr_null(strstr(text, "https:"));
	arena_free(arena);
}
END_TEST

START_TEST(page_on_no_disk_leaves_nothing)
{
	Arena *arena = arena_new("test");
	Error error;
	HtmlPage page;
	const char *path = arena_format(arena, "%s/no/page.html", harness_directory());
	ck_assert(html_page_open(&page, "x", &error));
	ck_assert(!html_page_close(&page, arena, path, &error));
	ASSERT_CONTAINS(error.text, "no/page.html");
	ck_assert(html_page_open(&page, "x", &error));
	ck_assert(!html_page_close(&page, arena, "/dev/full", &error));
	ASSERT_CONTAINS(error.text, "/dev/full");
	ck_assert(html_page_open(&page, "x", &error));
	html_page_abandon(&page);
	arena_free(arena);
}
END_TEST

TEST_MAIN("html", print_escapes_every_string, text_replaces_what_no_page_may_hold,
        data_is_that_of_rfc_4648, print_unknown_conversion_stops,
        page_stands_alone_and_is_written_whole, page_on_no_disk_leaves_nothing)
