#include "emotionnet/serve/door.h"

#include <stdio.h>
#include <string.h>

bool door_new(Door *door, int port, Error *error)
{
	unsigned char random[DOOR_TOKEN / 2];
	FILE *file = fopen("/dev/urandom", "rb");
	if (file)
		setbuf(file, NULL); /* no more is taken than is wanted */
	bool read = file && fread(random, 1, sizeof random, file) == sizeof random;
	if (file)
		fclose(file);
	if (!read)
		return error_set(error,
		        "/dev/urandom: expected %zu random bytes for the page's address, found none",
		        sizeof random);
	door->port = port;
	for (size_t i = 0; i < sizeof random; i++)
		snprintf(door->token + 2 * i, 3, "%02x", random[i]);
	return true;
}

/* Whether `text` is this machine's name with the port, after `before`. */
static bool is_here(const Door *door, HttpText text, const char *before)
{
	static const char *const names[] = { "127.0.0.1", "localhost" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char here[64];
		snprintf(here, sizeof here, "%s%s:%d", before, names[i], door->port);
		if (http_is(text, here))
			return true;
	}
	return false;
}

/* In a time that does not tell how many of its signs were right. */
static bool is_token(const Door *door, HttpText text)
{
	enum { SIGNS = DOOR_TOKEN - 1 };
	unsigned differs = 0;
	if (text.size < SIGNS + 2 || text.at[0] != '/' || text.at[SIGNS + 1] != '/')
		return false;
	for (int i = 0; i < SIGNS; i++)
		differs |= (unsigned char)(text.at[1 + i] ^ door->token[i]);
	return !differs;
}

static int socket_asks(
        const Door *door, const HttpRequest *request, char accept[WEBSOCKET_ACCEPT])
{
	if (!is_here(door, request->origin, "http://"))
		return 403;
	if (!http_lists(request->upgrade, "websocket") ||
	        !http_lists(request->connection, "upgrade") ||
	        !http_is(request->version, "13"))
		return 426;
	return websocket_accept(accept, request->key) ? 101 : 400;
}

int door_asks(const Door *door, const HttpRequest *request, HttpText *path,
        char accept[WEBSOCKET_ACCEPT])
{
	if (!is_here(door, request->host, "") || !is_token(door, request->target))
		return 403;
	*path = (HttpText){ request->target.at + DOOR_TOKEN + 1,
		request->target.size - DOOR_TOKEN - 1 };
	return http_is(*path, "socket") ? socket_asks(door, request, accept) : 200;
}
