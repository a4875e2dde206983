/* server.h: a page and its sockets on 127.0.0.1, for one person. One thread waits for all
 * connections at once (poll); nobody else on the network can reach it.
 *
 * Every client is bounded: in bytes (http.h, websocket.h), in time (a request and a frame must be
 * whole within SERVER_REQUEST_SECONDS, what is sent must be taken, a page must answer pings),
 * in number. Where there is no room for a new connection, the oldest that has not shown the
 * token goes, so that who fills all places keeps nobody out. */
#ifndef EMOTIONNET_SERVE_SERVER_H
#define EMOTIONNET_SERVE_SERVER_H

#include "emotionnet/serve/door.h"
#include "tensor/arena.h"

#include <signal.h>

enum {
	SERVER_CONNECTIONS = 32,
	SERVER_GUESTS = 4,            /* of these, pages that speak with the program */
	SERVER_UNSENT_MOST = 1 << 18, /* bytes that wait for a client to take them */
	SERVER_REQUEST_SECONDS = 5,
	SERVER_ANSWER_SECONDS = 10, /* for a client to take what it asked for */
	SERVER_PING_SECONDS = 15    /* of silence, until a page is asked if it is there */
};

/* A file of the page. The list ends with a path NULL. */
typedef struct ServerFile {
	const char *path, *type, *text; /* "live.css", "text/css" */
} ServerFile;

/* A page that has opened a socket. */
typedef struct Guest Guest;

/* Sends a message; text must be UTF-8. What a guest does not take in time, or that is too
 * much for it, ends its connection. */
void guest_tell(Guest *guest, bool text, const void *bytes, size_t size);

/* Who speaks with guests. */
typedef struct Host {
	void *context;
	/* A guest is there: returns what the other two are called with. */
	void *(*begin)(void *context, Guest *guest);
	/* It has said something. False: it may not; the connection is closed. */
	bool (*hear)(void *talk, bool text, const unsigned char *bytes, size_t size);
	void (*end)(void *talk); /* it is gone */
} Host;

typedef struct Server Server;

/* Listens on the port, or on any that is free (0). In the arena; the files must live as
 * long. NULL if the port is taken. */
Server *server_open(
        Arena *arena, int port, const ServerFile *files, const Host *host, Error *error);

/* http://127.0.0.1:PORT/TOKEN/, in the arena. */
const char *server_address(const Server *server, Arena *arena);

/* Serves until *stop is set (by a signal), or so many seconds have passed (0: without
 * end); then ends all connections. */
bool server_run(
        Server *server, const volatile sig_atomic_t *stop, double seconds, Error *error);

void server_close(Server *server); /* NULL is allowed */

#endif
