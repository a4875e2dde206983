/* A connection is first a request that is being read, then either an answer that is being
 * sent, after which it ends, or a guest's. Each has fixed buffers: what does not fit into
 * them is the client's fault and ends it. */
#include "emotionnet/serve/server.h"

#include "tensor/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BACKLOG = 64,
	TICK = 100, /* milliseconds, until the clock and `stop` are looked at again */
	IN_MOST = WEBSOCKET_MESSAGE_MOST + WEBSOCKET_HEAD_MOST
};
#define FAREWELL_SECONDS 1.0 /* for a client to take the last bytes and go */

typedef enum Stage {
	ASKING,  /* its request is not whole */
	ENDING,  /* it is to take what is left for it, and to go */
	TALKING, /* a guest */
} Stage;

struct Guest {
	Server *server;
	Arena *arena;
	int socket;
	Stage stage;
	bool gone;       /* to be taken away after this round */
	bool said_all;   /* no more will be sent once `out` is empty */
	double since;    /* when it came */
	double deadline; /* of what it is doing now */
	double heard;    /* when the last of its bytes came */
	double begun;    /* when the first byte of what waits in `in` came */
	double sending;  /* since when something waits to be taken */
	bool pinged;
	void *talk;
	size_t in_used, out_used, out_sent;
	unsigned char in[IN_MOST];
	unsigned char out[SERVER_UNSENT_MOST];
	WebSocketReader reader;
};

struct Server {
	Door door;
	int listener;
	const ServerFile *files;
	Host host;
	Guest *guests[SERVER_CONNECTIONS];
	int count;
	double now; /* seconds */
};

/* ---- sending ----------------------------------------------------------------------- */

/* Gives the socket what it takes now. */
static void send_some(Guest *guest)
{
	while (!guest->gone && guest->out_sent < guest->out_used) {
		ssize_t sent = send(guest->socket, guest->out + guest->out_sent,
		        guest->out_used - guest->out_sent, 0);
		if (sent < 0) {
			if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
				guest->gone = true;
			return;
		}
		guest->out_sent += (size_t)sent;
		guest->sending = guest->server->now;
	}
	guest->out_used = guest->out_sent = 0;
	if (guest->said_all)
		shutdown(guest->socket, SHUT_WR);
}

/* Puts bytes behind those that wait. */
static void put(Guest *guest, const void *bytes, size_t size)
{
	if (size > SERVER_UNSENT_MOST - guest->out_used) {
		memmove(guest->out, guest->out + guest->out_sent,
		        guest->out_used - guest->out_sent);
		guest->out_used -= guest->out_sent;
		guest->out_sent = 0;
	}
	if (size > SERVER_UNSENT_MOST - guest->out_used) {
		guest->gone = true; /* it does not keep up */
		return;
	}
	if (guest->out_used == guest->out_sent)
		guest->sending = guest->server->now;
	memcpy(guest->out + guest->out_used, bytes, size);
	guest->out_used += size;
}

static void put_frame(Guest *guest, WebSocketKind kind, const void *bytes, size_t size)
{
	unsigned char head[WEBSOCKET_HEAD_MOST];
	put(guest, head, websocket_head(head, kind, size));
	put(guest, bytes, size);
	send_some(guest);
}

void guest_tell(Guest *guest, bool text, const void *bytes, size_t size)
{
	if (guest->stage == TALKING && !guest->gone)
		put_frame(guest, text ? WEBSOCKET_TEXT : WEBSOCKET_BINARY, bytes, size);
}

/* Nothing more is said to it, nor heard from it. */
static void end_with(Guest *guest)
{
	guest->stage = ENDING;
	guest->said_all = true;
	guest->deadline = guest->server->now + FAREWELL_SECONDS;
	send_some(guest);
}

static void close_with(Guest *guest, int code)
{
	unsigned char bytes[2] = { (unsigned char)(code >> 8),
		(unsigned char)(code & 255) };
	put_frame(guest, WEBSOCKET_CLOSE, bytes, sizeof bytes);
	end_with(guest);
}

static void answer(Guest *guest, int status, const char *type, const char *text)
{
	char head[HTTP_HEAD_MOST];
	put(guest, head,
	        http_head(head, status, type, strlen(text), guest->server->door.port));
	put(guest, text, strlen(text));
	end_with(guest);
	guest->deadline = guest->server->now + SERVER_ANSWER_SECONDS;
}

/* ---- hearing ----------------------------------------------------------------------- */

static void refuse(Guest *guest, int status)
{
	char text[256];
	snprintf(text, sizeof text, "%d %s.%s\n", status, http_reason(status),
	        status == 403   ? " Open the address that the program printed when it "
	                          "began: it holds a key that changes each time."
	        : status == 503 ? " Close another page of this program first."
	                        : "");
	answer(guest, status, "text/plain", text);
}

static int guests_of(const Server *server)
{
	int count = 0;
	for (int i = 0; i < server->count; i++)
		count += server->guests[i]->talk != NULL;
	return count;
}

static void let_in(Guest *guest, const char *accept)
{
	Server *server = guest->server;
	char head[256];
	if (guests_of(server) >= SERVER_GUESTS) {
		refuse(guest, 503);
		return;
	}
	int size = snprintf(head, sizeof head,
	        "HTTP/1.1 101 Switching Protocols\r\n"
	        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
	        "Sec-WebSocket-Accept: %s\r\n\r\n",
	        accept);
	put(guest, head, (size_t)size);
	guest->stage = TALKING;
	guest->talk = server->host.begin(server->host.context, guest);
	send_some(guest);
}

static void take(Guest *guest, size_t size)
{
	guest->in_used -= size;
	memmove(guest->in, guest->in + size, guest->in_used);
}

static void hear_request(Guest *guest)
{
	const Server *server = guest->server;
	HttpRequest request;
	HttpText path;
	char accept[WEBSOCKET_ACCEPT];
	int status = http_read(&request, (const char *)guest->in, guest->in_used);
	if (!status)
		return;
	if (status == 200)
		status = door_asks(&server->door, &request, &path, accept);
	if (status == 101) {
		take(guest, request.size);
		let_in(guest, accept);
		return;
	}
	const ServerFile *file = server->files;
	while (status == 200 && file->path && !http_is(path, file->path))
		file++;
	if (status == 200 && file->path)
		answer(guest, 200, file->type, file->text);
	else
		refuse(guest, status == 200 ? 404 : status);
}

/* One frame. False: there is no whole one more. */
static bool hear_frame(Guest *guest)
{
	size_t taken;
	WebSocketEvent event =
	        websocket_read(&guest->reader, guest->in, guest->in_used, &taken);
	switch (event.kind) {
	case WEBSOCKET_MORE:
		return false;
	case WEBSOCKET_TEXT:
	case WEBSOCKET_BINARY:
		if (!guest->server->host.hear(guest->talk, event.kind == WEBSOCKET_TEXT,
		            event.data, event.size))
			close_with(guest, WEBSOCKET_REFUSED);
		break;
	case WEBSOCKET_PING:
		put_frame(guest, WEBSOCKET_PONG, event.data, event.size);
		break;
	case WEBSOCKET_CLOSE:
	case WEBSOCKET_WRONG:
		close_with(guest, event.code);
		break;
	case WEBSOCKET_PONG:
	case WEBSOCKET_PART:
		break;
	}
	take(guest, taken);
	return true;
}

static void hear_some(Guest *guest)
{
	ssize_t got = recv(
	        guest->socket, guest->in + guest->in_used, IN_MOST - guest->in_used, 0);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
		return;
	if (got <= 0) {
		guest->gone = true;
		return;
	}
	if (!guest->in_used)
		guest->begun = guest->server->now;
	guest->in_used += (size_t)got;
	guest->heard = guest->server->now;
	guest->pinged = false;
	if (guest->stage == ASKING)
		hear_request(guest);
	while (guest->stage == TALKING && !guest->gone && hear_frame(guest))
		guest->begun = guest->server->now;
	if (guest->stage == ENDING)
		guest->in_used = 0; /* whatever it still says */
}

/* ---- coming and going ---------------------------------------------------------------- */

static void free_guest(Guest *guest)
{
	if (guest->talk)
		guest->server->host.end(guest->talk);
	close(guest->socket);
	arena_free(guest->arena);
}

static void sweep(Server *server)
{
	int kept = 0;
	for (int i = 0; i < server->count; i++) {
		if (server->guests[i]->gone)
			free_guest(server->guests[i]);
		else
			server->guests[kept++] = server->guests[i];
	}
	server->count = kept;
}

/* Makes room for one more. */
static bool make_room(Server *server)
{
	if (server->count < SERVER_CONNECTIONS)
		return true;
	Guest *oldest = NULL;
	for (int i = 0; i < server->count; i++) {
		Guest *guest = server->guests[i];
		if (guest->stage != TALKING && (!oldest || guest->since < oldest->since))
			oldest = guest;
	}
	if (!oldest)
		return false;
	oldest->gone = true;
	sweep(server);
	return true;
}

static void welcome(Server *server, int socket)
{
	int flags = fcntl(socket, F_GETFL);
	if (flags < 0 || fcntl(socket, F_SETFL, flags | O_NONBLOCK) < 0 ||
	        fcntl(socket, F_SETFD, FD_CLOEXEC) < 0 || !make_room(server)) {
		close(socket);
		return;
	}
	Arena *arena = arena_new("connection");
	Guest *guest = ARENA_NEW(arena, Guest);
	guest->server = server;
	guest->arena = arena;
	guest->socket = socket;
	guest->since = guest->heard = guest->sending = server->now;
	guest->deadline = server->now + SERVER_REQUEST_SECONDS;
	server->guests[server->count++] = guest;
}

/* All who wait at the door, but no more than there are places. */
static void welcome_all(Server *server)
{
	int socket;
	for (int i = 0; i < SERVER_CONNECTIONS &&
	                (socket = accept(server->listener, NULL, NULL)) >= 0;
	        i++)
		welcome(server, socket);
}

/* Ends who takes too long. */
static void look_at_clock(Guest *guest)
{
	double now = guest->server->now;
	bool unsent = guest->out_used > guest->out_sent;
	if (unsent && now > guest->sending + SERVER_ANSWER_SECONDS)
		guest->gone = true;
	if (guest->stage == ASKING && now > guest->deadline)
		refuse(guest, 408);
	else if (guest->stage == ENDING && now > guest->deadline)
		guest->gone = true;
	if (guest->stage != TALKING)
		return;
	if (guest->in_used && now > guest->begun + SERVER_REQUEST_SECONDS)
		close_with(guest, WEBSOCKET_REFUSED); /* half a frame, or byte by byte */
	else if (now > guest->heard + 2 * SERVER_PING_SECONDS)
		close_with(guest, WEBSOCKET_REFUSED);
	else if (now > guest->heard + SERVER_PING_SECONDS && !guest->pinged) {
		guest->pinged = true;
		put_frame(guest, WEBSOCKET_PING, "", 0);
	}
}

/* ---- the server ------------------------------------------------------------------------ */

static bool serve_once(Server *server, int milliseconds, Error *error)
{
	struct pollfd wait[SERVER_CONNECTIONS + 1] = { { server->listener, POLLIN, 0 } };
	int count = server->count;
	for (int i = 0; i < count; i++) {
		const Guest *guest = server->guests[i];
		bool unsent = guest->out_used > guest->out_sent;
		wait[i + 1] = (struct pollfd){ guest->socket,
			(short)(POLLIN | (unsent ? POLLOUT : 0)), 0 };
	}
	if (poll(wait, (nfds_t)count + 1, milliseconds) < 0 && errno != EINTR)
		return error_set(error, "the page's sockets cannot be waited for: %s",
		        strerror(errno));
	server->now = seconds_now();
	for (int i = 0; i < count; i++) {
		Guest *guest = server->guests[i];
		if (wait[i + 1].revents & (POLLIN | POLLERR | POLLHUP | POLLNVAL))
			hear_some(guest);
		if (wait[i + 1].revents & POLLOUT)
			send_some(guest);
		if (!guest->gone)
			look_at_clock(guest);
	}
	sweep(server);
	if (wait[0].revents & POLLIN)
		welcome_all(server);
	return true;
}

Server *server_open(
        Arena *arena, int port, const ServerFile *files, const Host *host, Error *error)
{
	Server *server = ARENA_NEW(arena, Server);
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t size = sizeof here;
	int yes = 1;
	*server = (Server){ .files = files, .host = *host, .now = seconds_now() };
	here.sin_port = htons((uint16_t)port);
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	server->listener = socket(AF_INET, SOCK_STREAM, 0);
	if (server->listener >= 0 &&
	        !setsockopt(
	                server->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) &&
	        fcntl(server->listener, F_SETFL, O_NONBLOCK) >= 0 &&
	        fcntl(server->listener, F_SETFD, FD_CLOEXEC) >= 0 &&
	        !bind(server->listener, (struct sockaddr *)&here, size) &&
	        !listen(server->listener, BACKLOG) &&
	        !getsockname(server->listener, (struct sockaddr *)&here, &size)) {
		if (door_new(&server->door, ntohs(here.sin_port), error))
			return server;
	} else {
		error_set(error,
		        "127.0.0.1:%d cannot be listened on: %s. Hint: --port 0 takes a port that is free.",
		        port, strerror(errno));
	}
	server_close(server);
	return NULL;
}

const char *server_address(const Server *server, Arena *arena)
{
	return arena_format(
	        arena, "http://127.0.0.1:%d/%s/", server->door.port, server->door.token);
}

bool server_run(
        Server *server, const volatile sig_atomic_t *stop, double seconds, Error *error)
{
	signal(SIGPIPE, SIG_IGN); /* who has gone is found out by send() */
	double end = seconds_now() + seconds;
	while (!*stop && (seconds <= 0 || seconds_now() < end))
		if (!serve_once(server, TICK, error))
			return false;
	for (int i = 0; i < server->count; i++)
		if (server->guests[i]->stage == TALKING)
			close_with(server->guests[i], WEBSOCKET_LEAVING);
	end = seconds_now() + FAREWELL_SECONDS;
	while (server->count && seconds_now() < end)
		if (!serve_once(server, TICK, error))
			return false;
	return true;
}

void server_close(Server *server)
{
	if (!server)
		return;
	for (int i = 0; i < server->count; i++)
		free_guest(server->guests[i]);
	server->count = 0;
	if (server->listener >= 0)
		close(server->listener);
}
