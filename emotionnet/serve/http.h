/* http.h: what a browser asks for, read from bytes: HTTP/1.1 (RFC 9110 and 9112), of which
 * a page and its socket need little: GET, no body, one request a connection.
 *
 * No socket here: bytes in, a request out, so that a test or a fuzzer can hand it any. */
#ifndef EMOTIONNET_SERVE_HTTP_H
#define EMOTIONNET_SERVE_HTTP_H

#include <stdbool.h>
#include <stddef.h>

/* Beyond these a request is refused before all of it has come. */
enum { HTTP_MOST = 8192, HTTP_TARGET_MOST = 512, HTTP_FIELDS_MOST = 64 };

/* A part of the bytes that were read; at NULL: it was not there. */
typedef struct HttpText {
	const char *at;
	size_t size;
} HttpText;

typedef struct HttpRequest {
	size_t size;     /* of all of it */
	HttpText target; /* the path, from its '/' on: "/live.css" */
	HttpText host, origin, upgrade, connection, key, version;
} HttpRequest;

/* Reads the request at the beginning of `size` bytes. Returns 200 if it is whole, 0 if
 * more must come, else the status that says what is wrong: 400 is no request, 405 is not
 * GET, 413 has a body, 414 has too long a path, 431 too long a header, 501 a body in
 * pieces, 505 is not HTTP/1.1. Where it is not 200, `request` means nothing. Once it is
 * wrong, it stays wrong whatever comes. */
int http_read(HttpRequest *request, const char *bytes, size_t size);

bool http_is(HttpText text, const char *word);
/* Whether one of a list, "keep-alive, Upgrade", is this word; of either case. */
bool http_lists(HttpText text, const char *word);

const char *http_reason(int status); /* "Not Found" */

/* The head of an answer with so many bytes to follow, into `out`; how long it is. Every
 * answer forbids the page what it does not need: other sites, frames, being kept, guessed
 * types. `port` is where its socket may lead to. */
enum { HTTP_HEAD_MOST = 1280 };
size_t http_head(
        char out[HTTP_HEAD_MOST], int status, const char *type, size_t size, int port);

#endif
