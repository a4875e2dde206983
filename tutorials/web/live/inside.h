/* inside.h: the program that a page has inside it, where that of `emotionnet serve` speaks
 * to one through a socket. The same models, the same messages (emotionnet/serve/talk.h), and
 * functions in place of the socket: worker.js calls them, and is called by page_tell.
 *
 * Several models listen to the same: one of them, the chosen one, says all that it has to
 * say; the others answer at the end of each turn, so that they can be laid side by side. */
#ifndef TUTORIALS_WEB_LIVE_INSIDE_H
#define TUTORIALS_WEB_LIVE_INSIDE_H

#include "emotionnet/serve/talk.h"

enum { INSIDE_MODELS = 32 };

typedef struct InsideModel {
	Arena *arena; /* NULL: there is none in this place */
	const char *path;
	Ensemble ensemble; /* of this one alone */
	Talk *talk;
} InsideModel;

/* The page's part: takes a message of the model in a place (-1: of none). Text is JSON. */
void page_tell(int place, int text, const void *bytes, size_t size);

/* Room for so many bytes that the page writes before it calls one of those below: they read
 * them from here. Lives until it is asked for again. */
unsigned char *inside_room(size_t size);

/* The room holds the path of a model, which is put into a place if it can be listened with:
 * 1. Else the page is told why, what was there stays, and it is 0. */
int inside_model(int place, size_t size);

/* All begin to listen anew, the one in this place as the chosen one. "rate" must follow. */
void inside_choose(int place);

/* The room holds a message for a place. 0: it is none, or too early. */
int inside_hear(int place, int text, size_t size);

/* Tells the law that is to be shown before anybody is heard: {"kind":"law","text":...}. */
void inside_law(void);

/* ---- for the other files of this folder ---------------------------------------------- */

const InsideModel *inside_at(int place);            /* NULL: there is none */
const char *inside_text(Arena *arena, size_t size); /* what the room holds */

/* A message that is printed: {"kind":"law", then what is printed, then }. */
FILE *inside_begin(const char *kind);
void inside_end(void);

#endif
