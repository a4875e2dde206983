/* websocket.h: messages both ways over one connection (RFC 6455): the handshake's answer,
 * and frames read from bytes and written to them. No socket here. */
#ifndef EMOTIONNET_SERVE_WEBSOCKET_H
#define EMOTIONNET_SERVE_WEBSOCKET_H

#include "emotionnet/serve/http.h"

#include <stdint.h>

/* What a key of the handshake is answered by, Sec-WebSocket-Accept, with a 0 at its end.
 * False if it is no key: 16 bytes as base64. */
enum { WEBSOCKET_ACCEPT = 29 };
bool websocket_accept(char accept[WEBSOCKET_ACCEPT], HttpText key);

enum {
	WEBSOCKET_MESSAGE_MOST = 1 << 16, /* bytes, of a client's message */
	WEBSOCKET_HEAD_MOST = 14,
	WEBSOCKET_FRAMES_MOST = 64 /* that a message may be cut into */
};

typedef enum WebSocketKind {
	WEBSOCKET_MORE, /* the next frame is not whole yet */
	WEBSOCKET_PART, /* a frame that is only part of a message: go on */
	WEBSOCKET_TEXT, /* a message: UTF-8 */
	WEBSOCKET_BINARY,
	WEBSOCKET_PING, /* to be answered by a pong of the same bytes */
	WEBSOCKET_PONG,
	WEBSOCKET_CLOSE, /* `code` is what the client says, to be said back */
	WEBSOCKET_WRONG  /* `code` is why it is to be closed; read no more */
} WebSocketKind;

/* Why a connection ends. */
enum {
	WEBSOCKET_DONE = 1000,
	WEBSOCKET_LEAVING = 1001, /* the program ends */
	WEBSOCKET_BROKEN = 1002,  /* not by the protocol */
	WEBSOCKET_NOT_UTF8 = 1007,
	WEBSOCKET_REFUSED = 1008, /* against the rules of this program */
	WEBSOCKET_TOO_LARGE = 1009,
	WEBSOCKET_FAILED = 1011
};

typedef struct WebSocketEvent {
	WebSocketKind kind;
	const unsigned char *data; /* until the next call */
	size_t size;
	int code;
} WebSocketEvent;

/* A client's messages as they come. */
typedef struct WebSocketReader {
	int opcode; /* of the message that is not at its end; 0: none is begun */
	int frames; /* of it so far */
	size_t used;
	unsigned char message[WEBSOCKET_MESSAGE_MOST];
} WebSocketReader;

/* Takes one frame from the beginning of `bytes`, which it unmasks where they stand; *taken
 * is how many they were. Holds the client to the RFC: masks, lengths in their shortest
 * form, no reserved bits, whole control frames of at most 125 bytes, fragments in order,
 * UTF-8. A frame that is too large is refused by its head. */
WebSocketEvent websocket_read(
        WebSocketReader *reader, unsigned char *bytes, size_t size, size_t *taken);

/* The head of a frame of the program, which is one whole message and not masked. `kind` is
 * one of TEXT, BINARY, PING, PONG, CLOSE. Returns its size. */
size_t websocket_head(
        unsigned char head[WEBSOCKET_HEAD_MOST], WebSocketKind kind, size_t size);

#endif
