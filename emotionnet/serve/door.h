/* door.h: whom the page is shown to, and who may speak with the program: the person who
 * started it, and no other page that his browser has open.
 *
 * Every web page may send requests to 127.0.0.1. So the address holds a token that only the
 * terminal shows; Host must name this machine (a foreign name that was made to lead here
 * does not: DNS rebinding); and a socket is opened only for a page of this very program
 * (Origin, which no page's script can choose). */
#ifndef EMOTIONNET_SERVE_DOOR_H
#define EMOTIONNET_SERVE_DOOR_H

#include "emotionnet/serve/websocket.h"
#include "tensor/error.h"

enum { DOOR_TOKEN = 33 }; /* 128 bits as 32 hexadecimal digits, and a 0 */

typedef struct Door {
	int port;
	char token[DOOR_TOKEN];
} Door;

/* A new token from the system's random numbers. */
bool door_new(Door *door, int port, Error *error);

/* What a request is answered by. 200: it may have the file *path, "" being the page; 101:
 * the socket, with the key's answer in `accept`; else the status that refuses it. */
int door_asks(const Door *door, const HttpRequest *request, HttpText *path,
        char accept[WEBSOCKET_ACCEPT]);

#endif
