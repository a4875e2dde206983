#include "emotionnet/serve/http.h"
#include "tests/support/harness.h"

#include <string.h>

#define LINE "GET /live.css HTTP/1.1\r\n"
#define HOST "Host: 127.0.0.1:80\r\n"

static int status_of(const char *text)
{
	HttpRequest request;
	return http_read(&request, text, strlen(text));
}

START_TEST(http_request_of_a_browser_is_read)
{
	static const char text[] = LINE HOST "Connection: keep-alive, Upgrade\r\n"
	                                     "upgrade:\t websocket \r\n"
	                                     "Origin: http://127.0.0.1:80\r\n\r\nmore";
	HttpRequest request;
	ck_assert_int_eq(http_read(&request, text, sizeof text - 1), 200);
	ck_assert_uint_eq(request.size, sizeof text - 1 - 4);
	ck_assert(http_is(request.target, "/live.css"));
	ck_assert(http_is(request.host, "127.0.0.1:80"));
	ck_assert(http_is(request.upgrade, "websocket"));
	ck_assert(http_is(request.origin, "http://127.0.0.1:80"));
	ck_assert(http_lists(request.connection, "upgrade"));
	ck_assert(!http_lists(request.connection, "close"));
	ck_assert(!request.key.at && !http_lists(request.key, ""));
}
END_TEST

/* Until its last byte it is unfinished, never wrong. */
START_TEST(http_request_cut_anywhere_waits_for_more)
{
	static const char text[] = LINE HOST "Accept: */*\r\n\r\n";
	HttpRequest request;
	for (size_t size = 0; size < sizeof text - 1; size++)
		ck_assert_int_eq(http_read(&request, text, size), 0);
	ck_assert_int_eq(http_read(&request, text, sizeof text - 1), 200);
}
END_TEST

START_TEST(http_what_is_no_request_is_refused_with_its_status)
{
	static const struct {
		int status;
		const char *text;
	} wrong[] = {
		{ 405, "POST / HTTP/1.1\r\n" HOST "\r\n" },
		{ 405, "OPTIONS" },
		{ 400, "\x16\x03\x01" }, /* TLS says hello */
		{ 400, "\r\n" LINE HOST "\r\n" },
		{ 400, "get / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET http://a/ HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET  / HTTP/1.1\r\n" HOST "\r\n" },
		{ 400, "GET /\r\n\r\n" },
		{ 400, "GET / HTTP/1.1 \r\n" HOST "\r\n" },
		{ 505, "GET / HTTP/1.0\r\n" HOST "\r\n" },
		{ 505, "GET / HTTP/2.0\r\n" HOST "\r\n" },
		{ 400, LINE "\r\n" }, /* no host */
		{ 400, LINE HOST HOST "\r\n" },
		{ 400, LINE HOST "Origin: a\r\nOrigin: b\r\n\r\n" },
		{ 400, LINE "Host : a\r\n\r\n" },
		{ 400, LINE HOST " folded\r\n\r\n" },
		{ 400, LINE HOST "no colon\r\n\r\n" },
		{ 400, LINE HOST ": no name\r\n\r\n" },
		{ 400, LINE "Host: a\nX: b\r\n\r\n" },
		{ 400, LINE "Host: a\rX: b\r\n\r\n" },
		{ 400, LINE "Host: a\x01\r\n\r\n" },
		{ 413, LINE HOST "Content-Length: 5\r\n\r\nhello" },
		{ 501, LINE HOST "Transfer-Encoding: chunked\r\n\r\n" },
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		int status = status_of(wrong[i].text);
		ck_assert_msg(status == wrong[i].status, "%zu: %d instead of %d", i,
		        status, wrong[i].status);
	}
	ck_assert_int_eq(status_of(LINE HOST "Content-Length: 0\r\n\r\n"), 200);
}
END_TEST

START_TEST(http_what_is_too_long_is_refused_before_it_ends)
{
	static char text[3 * HTTP_MOST];
	HttpRequest request;
	memset(text, 'a', sizeof text);
	memcpy(text, "GET /", 5);
	ck_assert_int_eq(http_read(&request, text, 4 + HTTP_TARGET_MOST), 0);
	ck_assert_int_eq(http_read(&request, text, 4 + HTTP_TARGET_MOST + 1), 414);
	memcpy(text, LINE, sizeof LINE - 1);
	ck_assert_int_eq(http_read(&request, text, HTTP_MOST - 1), 0);
	ck_assert_int_eq(http_read(&request, text, HTTP_MOST), 431);
	ck_assert_int_eq(http_read(&request, text, sizeof text), 431);
	size_t used = sizeof LINE - 1;
	for (int i = 0; i <= HTTP_FIELDS_MOST; i++, used += 6)
		memcpy(text + used, "a: b\r\n", 6);
	ck_assert_int_eq(http_read(&request, text, used), 431);
}
END_TEST

START_TEST(http_head_forbids_what_the_page_does_not_need)
{
	char head[HTTP_HEAD_MOST];
	size_t size = http_head(head, 426, "text/javascript", SIZE_MAX, 65535);
	ck_assert_uint_eq(size, strlen(head));
	ck_assert_uint_lt(size, sizeof head - 1);
	ASSERT_CONTAINS(head, "HTTP/1.1 426 Upgrade Required\r\n");
	ASSERT_CONTAINS(head, "Content-Security-Policy: default-src 'none'; ");
	ASSERT_CONTAINS(head, "frame-ancestors 'none'");
	ASSERT_CONTAINS(head, "Cache-Control: no-store\r\n");
	ASSERT_CONTAINS(head, "X-Content-Type-Options: nosniff\r\n");
	ck_assert_str_eq(head + size - 4, "\r\n\r\n");
}
END_TEST

TEST_MAIN("http", http_request_of_a_browser_is_read,
        http_request_cut_anywhere_waits_for_more,
        http_what_is_no_request_is_refused_with_its_status,
        http_what_is_too_long_is_refused_before_it_ends,
        http_head_forbids_what_the_page_does_not_need)
