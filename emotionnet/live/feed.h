/* feed.h: sound that is read in one thread while another computes.
 *
 * What has been read waits in a ring of blocks, each with the moment at which it came. Where the
 * ring is full, the sender waits: a pipe or a file can, and nothing is lost. A microphone cannot:
 * with `drop`, what finds no room is thrown away, and counted. */
#ifndef EMOTIONNET_LIVE_FEED_H
#define EMOTIONNET_LIVE_FEED_H

#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/real.h"

#include <stdbool.h>

typedef struct FeedSettings {
	const char *name; /* of what is read, for messages */
	int file, stop;   /* descriptors: the sound; where a byte comes if it is to end */
	int rate, channels; /* of plain samples (wav_stream.h) */
	bool pace;          /* no faster than it was spoken */
	bool drop;          /* what finds no room */
} FeedSettings;

typedef struct FeedBlock {
	const real *samples;
	int count;
	double time; /* when its last sample came, by seconds_now() */
} FeedBlock;

typedef struct Feed Feed;

/* Begins to read. In the arena, until feed_close; the settings are copied. Fails where there can
 * be no thread. */
Feed *feed_open(Arena *arena, const FeedSettings *settings, Error *error);

/* Waits until the rate is known; 0: the sound ended, or could not be read, before that. */
int feed_rate(Feed *feed);
/* Then: whether that is the rate it was told, for there was no header. */
bool feed_plain(Feed *feed);

/* Waits for the next block, which lives until the next call. False at the end: if the sound
 * could not be read, feed_error() says why, else it is NULL. */
bool feed_take(Feed *feed, FeedBlock *block);
const Error *feed_error(Feed *feed);

long long feed_dropped(Feed *feed); /* samples so far */

/* Waits for the reader, which is told by the descriptor `stop`. */
void feed_close(Feed *feed);

#endif
