/* feed.c: one mutex, and two conditions: something has come, something has been taken. */
#include "emotionnet/live/feed.h"

#include "audio/wav_stream.h"
#include "tensor/clock.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { BLOCKS = 1024, BLOCK = 1024, PACED = 640 }; /* BLOCK: samples; PACED: bytes */

typedef struct Slot {
	real samples[BLOCK];
	int count;
	double time;
} Slot;

struct Feed {
	FeedSettings settings;
	pthread_t reader;
	pthread_mutex_t lock;
	pthread_cond_t came, went;
	/* under the lock: */
	Slot *slots;      /* (BLOCKS), a ring */
	int first, count; /* first: the one that is taken, or the next to be */
	bool taken;       /* the first is in use */
	bool ended, failed;
	int rate;
	bool plain;
	long long dropped;
	/* the reader's own: */
	WavStream *stream;
	real *made; /* (WAV_STREAM_SAMPLES) */
	double begin;
	long long read; /* samples */
	Error error;
};

/* ---- the reader -------------------------------------------------------------------- */

/* Adds samples to the ring, to its last block where that has room and is not being used. */
static void put(Feed *feed, const real *samples, int count)
{
	double now = seconds_now();
	pthread_mutex_lock(&feed->lock);
	feed->rate = wav_stream_rate(feed->stream);
	feed->plain = wav_stream_plain(feed->stream);
	while (count > 0) {
		Slot *last = &feed->slots[(feed->first + feed->count - 1) % BLOCKS];
		bool open = feed->count > (feed->taken ? 1 : 0) && last->count < BLOCK;
		if (!open && feed->count == BLOCKS && feed->settings.drop) {
			feed->dropped += count;
			break;
		}
		if (!open && feed->count == BLOCKS) {
			pthread_cond_wait(&feed->went, &feed->lock);
			continue;
		}
		if (!open) {
			last = &feed->slots[(feed->first + feed->count++) % BLOCKS];
			last->count = 0;
		}
		int room = BLOCK - last->count, some = count < room ? count : room;
		memcpy(last->samples + last->count, samples, (size_t)some * sizeof(real));
		last->count += some;
		last->time = now;
		samples += some;
		count -= some;
	}
	pthread_cond_broadcast(&feed->came);
	pthread_mutex_unlock(&feed->lock);
}

/* Whether there are bytes to read; false: it is to stop. Waits at most `seconds` (negative: for
 * ever) for either. */
static bool wait_for(const Feed *feed, bool sound, double seconds)
{
	struct pollfd what[2] = { { .fd = feed->settings.stop, .events = POLLIN },
		{ .fd = feed->settings.file, .events = POLLIN } };
	int most = seconds < 0 ? -1 : (int)ceil(seconds * 1000);
	while (poll(what, sound ? 2 : 1, most) < 0 && errno == EINTR)
		;
	return !what[0].revents;
}

/* Holds samples back until they have been spoken. */
static bool pace(Feed *feed, int count)
{
	int rate = wav_stream_rate(feed->stream);
	if (!feed->settings.pace || !count)
		return true;
	if (!feed->read)
		feed->begin = seconds_now();
	feed->read += count;
	double ahead = feed->begin + (double)feed->read / rate - seconds_now();
	return ahead <= 0 || wait_for(feed, false, ahead);
}

static bool read_sound(Feed *feed)
{
	unsigned char bytes[WAV_STREAM_MOST];
	size_t most = feed->settings.pace ? PACED : sizeof bytes;
	int made;
	for (;;) {
		if (!wait_for(feed, true, -1))
			break;
		ssize_t got = read(feed->settings.file, bytes, most);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set(&feed->error, "%s: %s", feed->settings.name,
			        strerror(errno));
		if (!got)
			break;
		if (!wav_stream_push(feed->stream, feed->made, &made, bytes, (size_t)got,
		            &feed->error))
			return false;
		if (!pace(feed, made))
			break;
		put(feed, feed->made, made);
	}
	if (!wav_stream_end(feed->stream, feed->made, &made, &feed->error))
		return false;
	put(feed, feed->made, made);
	return true;
}

static void *run(void *context)
{
	Feed *feed = context;
	bool done = read_sound(feed);
	pthread_mutex_lock(&feed->lock);
	feed->ended = true;
	feed->failed = !done;
	pthread_cond_broadcast(&feed->came);
	pthread_mutex_unlock(&feed->lock);
	return NULL;
}

/* ---- who computes ------------------------------------------------------------------ */

Feed *feed_open(Arena *arena, const FeedSettings *settings, Error *error)
{
	Feed *feed = ARENA_NEW(arena, Feed);
	feed->settings = *settings;
	feed->slots = ARENA_ARRAY(arena, Slot, BLOCKS);
	feed->stream =
	        wav_stream_new(arena, settings->name, settings->rate, settings->channels);
	feed->made = ARENA_ARRAY(arena, real, WAV_STREAM_SAMPLES);
	pthread_mutex_init(&feed->lock, NULL);
	pthread_cond_init(&feed->came, NULL);
	pthread_cond_init(&feed->went, NULL);
	int failed = pthread_create(&feed->reader, NULL, run, feed);
	if (!failed)
		return feed;
	error_set(error, "no thread to read in: %s", strerror(failed));
	return NULL;
}

int feed_rate(Feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	while (!feed->rate && !feed->ended)
		pthread_cond_wait(&feed->came, &feed->lock);
	int rate = feed->rate;
	pthread_mutex_unlock(&feed->lock);
	return rate;
}

bool feed_plain(Feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	bool plain = feed->plain;
	pthread_mutex_unlock(&feed->lock);
	return plain;
}

bool feed_take(Feed *feed, FeedBlock *block)
{
	pthread_mutex_lock(&feed->lock);
	if (feed->taken) {
		feed->first = (feed->first + 1) % BLOCKS;
		feed->count--;
		pthread_cond_broadcast(&feed->went);
	}
	while (!feed->count && !feed->ended)
		pthread_cond_wait(&feed->came, &feed->lock);
	feed->taken = feed->count > 0;
	const Slot *slot = &feed->slots[feed->first];
	*block = (FeedBlock){ slot->samples, slot->count, slot->time };
	bool there = feed->taken;
	pthread_mutex_unlock(&feed->lock);
	return there;
}

const Error *feed_error(Feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	bool failed = feed->failed;
	pthread_mutex_unlock(&feed->lock);
	return failed ? &feed->error : NULL;
}

long long feed_dropped(Feed *feed)
{
	pthread_mutex_lock(&feed->lock);
	long long dropped = feed->dropped;
	pthread_mutex_unlock(&feed->lock);
	return dropped;
}

void feed_close(Feed *feed)
{
	/* one that waits for room gets it */
	pthread_mutex_lock(&feed->lock);
	feed->settings.drop = true;
	feed->count = feed->taken = 0;
	pthread_cond_broadcast(&feed->went);
	pthread_mutex_unlock(&feed->lock);
	pthread_join(feed->reader, NULL);
	pthread_cond_destroy(&feed->went);
	pthread_cond_destroy(&feed->came);
	pthread_mutex_destroy(&feed->lock);
}
