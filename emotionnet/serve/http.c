/* A request is a line, lines "name: value", and an empty line; a line ends with CR LF and
 * nothing else. What RFC 9112 lets a server forgive is refused: a browser sends none of it,
 * and two programs that forgive different things can be played off against each other. */
#include "emotionnet/serve/http.h"

#include <stdio.h>
#include <string.h>

bool http_is(HttpText text, const char *word)
{
	return text.at && text.size == strlen(word) && !memcmp(text.at, word, text.size);
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The same word, whatever its capitals; `word` is small. */
static bool is_word(HttpText text, const char *word)
{
	if (text.size != strlen(word))
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (small(text.at[i]) != word[i])
			return false;
	return true;
}

static HttpText without_blanks(HttpText text)
{
	while (text.size && (text.at[0] == ' ' || text.at[0] == '\t')) {
		text.at++;
		text.size--;
	}
	while (text.size &&
	        (text.at[text.size - 1] == ' ' || text.at[text.size - 1] == '\t'))
		text.size--;
	return text;
}

bool http_lists(HttpText text, const char *word)
{
	for (size_t begin = 0, i = 0; text.at && i <= text.size; i++) {
		if (i < text.size && text.at[i] != ',')
			continue;
		if (is_word(without_blanks((HttpText){ text.at + begin, i - begin }),
		            word))
			return true;
		begin = i + 1;
	}
	return false;
}

/* The line at *at, of which *at then stands behind the end. 200; 0: it has no end yet;
 * 400: it has a control sign in it. */
static int next_line(HttpText *line, size_t *at, const char *bytes, size_t size)
{
	for (size_t i = *at; i < size; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c == '\r') {
			if (i + 1 == size)
				return 0;
			if (bytes[i + 1] != '\n')
				return 400;
			*line = (HttpText){ bytes + *at, i - *at };
			*at = i + 2;
			return 200;
		}
		if ((c < ' ' && c != '\t') || c == 127)
			return 400;
	}
	return 0;
}

/* GET /path HTTP/1.1, as far as it has come. */
static int read_first(HttpRequest *request, HttpText line, bool whole)
{
	static const char get[] = "GET ", end[] = " HTTP/1.1";
	size_t known = line.size < sizeof get - 1 ? line.size : sizeof get - 1;
	if (memcmp(line.at, get, known) != 0) {
		bool named = line.size && line.at[0] >= 'A' && line.at[0] <= 'Z';
		return named ? 405 : 400;
	}
	line.at += known;
	line.size -= known;
	const char *blank = line.size ? memchr(line.at, ' ', line.size) : NULL;
	size_t target = blank ? (size_t)(blank - line.at) : line.size;
	if (target > HTTP_TARGET_MOST)
		return 414;
	if (target && line.at[0] != '/')
		return 400;
	if (!whole)
		return 0;
	request->target = (HttpText){ line.at, target };
	if (!target || !blank)
		return 400;
	HttpText rest = { blank, line.size - target };
	if (http_is(rest, end))
		return 200;
	return rest.size == sizeof end - 1 && !memcmp(rest.at, end, 6) ? 505 : 400;
}

static bool is_name(HttpText name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = small(name.at[i]);
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) &&
		        (!c || !strchr("!#$%&'*+-.^_`|~", c)))
			return false;
	}
	return name.size > 0;
}

/* Where a header that matters goes; NULL: it does not matter. */
static HttpText *place_of(HttpRequest *request, HttpText name)
{
	const struct {
		const char *name;
		HttpText *place;
	} known[] = {
		{ "host", &request->host },
		{ "origin", &request->origin },
		{ "upgrade", &request->upgrade },
		{ "connection", &request->connection },
		{ "sec-websocket-key", &request->key },
		{ "sec-websocket-version", &request->version },
	};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (is_word(name, known[i].name))
			return known[i].place;
	return NULL;
}

static int read_field(HttpRequest *request, HttpText line)
{
	const char *colon = memchr(line.at, ':', line.size);
	if (!colon)
		return 400;
	HttpText name = { line.at, (size_t)(colon - line.at) };
	HttpText value =
	        without_blanks((HttpText){ colon + 1, line.size - name.size - 1 });
	if (!is_name(name))
		return 400;
	if (is_word(name, "transfer-encoding"))
		return 501;
	if (is_word(name, "content-length") && !http_is(value, "0"))
		return 413;
	HttpText *place = place_of(request, name);
	if (place && place->at)
		return 400; /* twice: which of them would count? */
	if (place)
		*place = value;
	return 200;
}

/* What is wrong with it although its end has not come. */
static int unfinished(size_t size)
{
	return size >= HTTP_MOST ? 431 : 0;
}

int http_read(HttpRequest *request, const char *bytes, size_t size)
{
	*request = (HttpRequest){ .size = 0 };
	size_t at = 0;
	HttpText line = { bytes, size };
	if (size > HTTP_MOST)
		size = HTTP_MOST;
	if (!size)
		return 0;
	int status = next_line(&line, &at, bytes, size);
	if (status == 400)
		return 400;
	line.size = status ? line.size : size;
	int first = read_first(request, line, status == 200);
	if (first != 200)
		return first ? first : unfinished(size);
	for (int fields = 0; fields <= HTTP_FIELDS_MOST; fields++) {
		status = next_line(&line, &at, bytes, size);
		if (status != 200)
			return status ? status : unfinished(size);
		if (!line.size) {
			request->size = at;
			return request->host.at ? 200 : 400;
		}
		status = read_field(request, line);
		if (status != 200)
			return status;
	}
	return 431;
}

const char *http_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} known[] = { { 101, "Switching Protocols" }, { 200, "OK" },
		{ 400, "Bad Request" }, { 403, "Forbidden" }, { 404, "Not Found" },
		{ 405, "Method Not Allowed" }, { 408, "Request Timeout" },
		{ 413, "Content Too Large" }, { 414, "URI Too Long" },
		{ 426, "Upgrade Required" }, { 431, "Request Header Fields Too Large" },
		{ 501, "Not Implemented" }, { 503, "Service Unavailable" },
		{ 505, "HTTP Version Not Supported" } };
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].status == status)
			return known[i].reason;
	return "Error";
}

size_t http_head(
        char out[HTTP_HEAD_MOST], int status, const char *type, size_t size, int port)
{
	int length = snprintf(out, HTTP_HEAD_MOST,
	        "HTTP/1.1 %d %s\r\n"
	        "Content-Type: %s; charset=utf-8\r\n"
	        "Content-Length: %zu\r\n"
	        "%s%s"
	        "Connection: close\r\n"
	        "Cache-Control: no-store\r\n"
	        "X-Content-Type-Options: nosniff\r\n"
	        "Referrer-Policy: no-referrer\r\n"
	        "Cross-Origin-Opener-Policy: same-origin\r\n"
	        "Cross-Origin-Resource-Policy: same-origin\r\n"
	        "Permissions-Policy: microphone=(self), camera=(self), geolocation=(), "
	        "display-capture=(), usb=(), serial=()\r\n"
	        "Content-Security-Policy: default-src 'none'; script-src 'self'; "
	        "style-src 'self'; img-src data:; connect-src 'self' "
	        "ws://127.0.0.1:%d ws://localhost:%d; base-uri 'none'; "
	        "form-action 'none'; frame-ancestors 'none'\r\n"
	        "\r\n",
	        status, http_reason(status), type, size,
	        status == 405 ? "Allow: GET\r\n" : "",
	        status == 426 ? "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
	                      : "",
	        port, port);
	return (size_t)length;
}
