/* wav_stream.c: bytes wait until they are a header, then until they are frames. A chunk of data
 * whose length is 0 or beyond WAV_UNKNOWN_LENGTH was begun by a program that did not know it:
 * it goes on to the end. */
#include "audio/wav_stream.h"

#include "audio/container.h"
#include "audio/wav.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
	MAGIC = 4,
	RIFF = 12,
	CHUNK = 8,
	FRAME = 8 * 256, /* bytes of a frame, at most */
};

struct WavStream {
	const char *name;
	SampleFrames frames; /* format NULL: it is not known yet */
	bool wav;
	uint64_t left;         /* bytes of data still to come */
	unsigned char *buffer; /* (WAV_STREAM_HEADER + WAV_STREAM_MOST) */
	size_t held;
	int rate, channels; /* of plain samples */
};

WavStream *wav_stream_new(Arena *arena, const char *name, int rate, int channels)
{
	WavStream *stream = ARENA_NEW(arena, WavStream);
	*stream = (WavStream){ .name = name, .rate = rate, .channels = channels };
	stream->buffer = arena_alloc(arena, WAV_STREAM_HEADER + WAV_STREAM_MOST);
	return stream;
}

int wav_stream_rate(const WavStream *stream)
{
	return stream->frames.format ? stream->frames.rate : 0;
}

bool wav_stream_plain(const WavStream *stream)
{
	return stream->frames.format && !stream->wav;
}

/* ---- what it is -------------------------------------------------------------------- */

static uint64_t u32(const WavStream *stream, size_t at)
{
	const unsigned char *b = stream->buffer + at;
	bool highest_first = stream->buffer[3] == 'X'; /* RIFX */
	uint64_t sum = 0;
	for (int i = 0; i < 4; i++)
		sum = sum << 8 | b[highest_first ? i : 3 - i];
	return sum;
}

/* Where the data chunk's bytes begin; 0: that has not come yet. */
static size_t find_data(const WavStream *stream)
{
	uint64_t at = RIFF;
	while (at + CHUNK <= stream->held) {
		uint64_t length = u32(stream, (size_t)at + 4);
		if (!memcmp(stream->buffer + at, "data", 4))
			return (size_t)at + CHUNK;
		at += CHUNK + length + length % 2;
	}
	return 0;
}

static void begin_plain(WavStream *stream)
{
	stream->frames = (SampleFrames){ .format = sample_format_find(SAMPLE_PCM, 2),
		.channels = stream->channels,
		.rate = stream->rate };
	stream->left = UINT64_MAX;
}

static bool begin_wav(WavStream *stream, size_t data, Error *error)
{
	uint64_t length = u32(stream, data - 4);
	Bytes bytes = { .data = stream->buffer, .size = stream->held };
	if (!wav_find(&stream->frames, stream->name, bytes, error))
		return false;
	if (stream->frames.channels * stream->frames.format->bytes > FRAME)
		return error_set(error,
		        "%s: expected at most %d bytes a frame, found %d channels of %d",
		        stream->name, FRAME, stream->frames.channels,
		        stream->frames.format->bytes);
	bool known = length > 0 && length < WAV_UNKNOWN_LENGTH;
	stream->left = known ? length : UINT64_MAX;
	stream->held -= stream->frames.at;
	memmove(stream->buffer, stream->buffer + stream->frames.at, stream->held);
	return true;
}

/* Finds out what it is as soon as there are bytes enough, or, at the end, from those there
 * are. */
static bool look(WavStream *stream, bool ended, Error *error)
{
	static const char *const magic[] = { "RIFF", "RIFX", "RF64", "BW64" };
	if (stream->held < MAGIC && !ended)
		return true;
	for (int i = 0; i < 4 && stream->held >= MAGIC; i++)
		stream->wav |= !memcmp(stream->buffer, magic[i], MAGIC);
	if (!stream->wav) {
		/* two bytes of MP3 are a sample as well */
		const char *other = container_name(stream->buffer, stream->held);
		if (other && stream->buffer[0] != 0xff)
			return error_set(error,
			        "%s: expected a WAV file or samples of 16 bits, found %s. This converts it: ffmpeg -i IN -f wav -",
			        stream->name, other);
		begin_plain(stream);
		return true;
	}
	size_t data = find_data(stream);
	if (!ended && stream->held < WAV_STREAM_HEADER &&
	        (!data || stream->held - data < FRAME))
		return true;
	if (!data)
		return error_set(error,
		        "%s: expected a data chunk within %d bytes, found none in %zu",
		        stream->name, WAV_STREAM_HEADER, stream->held);
	return begin_wav(stream, data, error);
}

/* ---- samples ----------------------------------------------------------------------- */

/* All whole frames of the buffer. */
static bool decode(WavStream *stream, real *out, int *made, Error *error)
{
	const SampleFrames *frames = &stream->frames;
	size_t width = (size_t)frames->format->bytes;
	size_t frame = width * (size_t)frames->channels;
	uint64_t there = stream->held < stream->left ? stream->held : stream->left;
	size_t count = (size_t)(there / frame);
	const unsigned char *at = stream->buffer;
	for (size_t i = 0; i < count; i++) {
		double sum = 0;
		for (int c = 0; c < frames->channels; c++, at += width)
			sum += sample_decode(frames->format, at, frames->highest_first);
		double mean = sum / frames->channels;
		if (!isfinite(mean) || fabs(mean) > WAV_LOUDEST)
			return error_set(error,
			        "%s: expected samples from -1 to 1, found %g",
			        stream->name, mean);
		out[(*made)++] = (real)mean;
	}
	stream->held -= count * frame;
	memmove(stream->buffer, at, stream->held);
	if (stream->left != UINT64_MAX)
		stream->left -= count * frame;
	if (stream->left < frame)
		stream->held = 0; /* what follows is no sound */
	return true;
}

bool wav_stream_push(WavStream *stream, real *out, int *made, const unsigned char *bytes,
        size_t count, Error *error)
{
	*made = 0;
	memcpy(stream->buffer + stream->held, bytes, count);
	stream->held += count;
	if (!stream->frames.format && !look(stream, false, error))
		return false;
	return !stream->frames.format || decode(stream, out, made, error);
}

bool wav_stream_end(WavStream *stream, real *out, int *made, Error *error)
{
	*made = 0;
	if (!stream->frames.format && !look(stream, true, error))
		return false;
	return decode(stream, out, made, error);
}
