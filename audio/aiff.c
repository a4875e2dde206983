/* An AIFF is an IFF of form AIFF or AIFC: "FORM", its length, the form, then chunks, each
 * four letters, a length, that many bytes, and one more if the length is odd. All numbers
 * have their highest byte first. Two chunks matter here, in any order:
 *
 *     COMM   0 u16 channels   2 u32 frames   6 u16 bits a sample
 *            8 rate, as 80-bit float: sign and exponent e (u16), then m (u64):
 *              m 2^(e - 16446)
 *           18 of AIFC, four letters: how the samples are written
 *     SSND   0 u32 offset of the first frame, from byte 8   4 u32 block size   8 frames
 *
 * Apple Computer, "Audio Interchange File Format", version 1.3 (1989), and the draft of
 * AIFF-C (1991); "sowt" is QuickTime's word for the lowest byte first. */
#include "audio/aiff.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum {
	FORM_HEADER = 12,
	CHUNK_HEADER = 8,
	COMM_PLAIN = 18,
	COMM_LETTERS = 22,
	SSND_HEADER = 8,
	EXPONENT = 16383 + 63, /* at which m counts ones */
};

static const struct Written {
	const char *letters;
	SampleTag tag;
	bool highest_first;
	bool one_byte; /* whatever the bits say, which are those that it stands for */
} known[] = {
	{ "NONE", SAMPLE_PCM, true, false },
	{ "twos", SAMPLE_PCM, true, false },
	{ "sowt", SAMPLE_PCM, false, false },
	{ "fl32", SAMPLE_FLOAT, true, false },
	{ "FL32", SAMPLE_FLOAT, true, false },
	{ "fl64", SAMPLE_FLOAT, true, false },
	{ "FL64", SAMPLE_FLOAT, true, false },
	{ "alaw", SAMPLE_A_LAW, true, true },
	{ "ALAW", SAMPLE_A_LAW, true, true },
	{ "ulaw", SAMPLE_MU_LAW, true, true },
	{ "ULAW", SAMPLE_MU_LAW, true, true },
};

bool aiff_is(Bytes bytes)
{
	return bytes.size >= FORM_HEADER && !memcmp(bytes.data, "FORM", 4) &&
	       (!memcmp(bytes.data + 8, "AIFF", 4) || !memcmp(bytes.data + 8, "AIFC", 4));
}

static uint64_t number(const unsigned char *at, int bytes)
{
	uint64_t sum = 0;
	for (int i = 0; i < bytes; i++)
		sum = sum << 8 | at[i];
	return sum;
}

/* The chunk of that name: its first byte and its length, which may be more than the file
 * has left. False if there is none. */
static bool find_chunk(Bytes bytes, const char *name, size_t *at, size_t *length)
{
	for (*at = FORM_HEADER; bytes.size - *at >= CHUNK_HEADER;) {
		const unsigned char *chunk = bytes.data + *at;
		*length = (size_t)number(chunk + 4, 4);
		*at += CHUNK_HEADER;
		if (!memcmp(chunk, name, 4))
			return true;
		if (*length > bytes.size - *at)
			return false;
		*at += *length;
		if (*length % 2 && *at < bytes.size)
			++*at;
	}
	return false;
}

/* Into `frames` all but where they are; *count: how many the file promises. */
static bool read_comm(SampleFrames *frames, size_t *count, const char *name, Bytes bytes,
        size_t at, size_t length, Error *error)
{
	const unsigned char *comm = bytes.data + at;
	bool letters = !memcmp(bytes.data + 8, "AIFC", 4);
	size_t least = letters ? COMM_LETTERS : COMM_PLAIN;
	if (length < least || bytes.size - at < least)
		return error_set(error,
		        "%s: byte %zu: expected a COMM chunk of at least %zu bytes, found %zu",
		        name, at, least,
		        length < bytes.size - at ? length : bytes.size - at);
	unsigned channels = (unsigned)number(comm, 2),
	         bits = (unsigned)number(comm + 6, 2);
	double rate =
	        ldexp((double)number(comm + 10, 8), (int)number(comm + 8, 2) - EXPONENT);
	if (channels == 0)
		return error_set(
		        error, "%s: byte %zu: expected channels, found 0", name, at);
	if (!(rate >= SAMPLE_LOWEST_RATE && rate <= SAMPLE_HIGHEST_RATE))
		return error_set(error,
		        "%s: byte %zu: expected a rate of %d to %d samples a second, found %g",
		        name, at + 8, SAMPLE_LOWEST_RATE, SAMPLE_HIGHEST_RATE, rate);
	const struct Written *written = NULL;
	for (size_t i = 0; i < sizeof known / sizeof known[0] && !written; i++)
		if (!memcmp(known[i].letters, letters ? (const char *)comm + 18 : "NONE",
		            4))
			written = &known[i];
	if (written) {
		int width = written->one_byte ? 1 : (int)(bits + 7) / 8;
		int tag = written->tag == SAMPLE_PCM && width == 1 ? SAMPLE_SIGNED
		                                                   : (int)written->tag;
		frames->format = sample_format_find(tag, width);
	}
	if (!frames->format)
		return error_set(error,
		        "%s: byte %zu: an AIFF whose samples are written thus, with %u bits a sample, is not read. This converts it: ffmpeg -i '%s' -c:a pcm_s16le NEW.wav",
		        name, at, bits, name);
	frames->highest_first = written->highest_first;
	frames->channels = (int)channels;
	frames->rate = (int)floor(rate + .5);
	*count = (size_t)number(comm + 2, 4);
	return true;
}

bool aiff_find(
        SampleFrames *frames, const char *name, Bytes bytes, bool salvage, Error *error)
{
	size_t at, length, promised = 0;
	*frames = (SampleFrames){ .format = NULL };
	if (!find_chunk(bytes, "COMM", &at, &length))
		return error_set(
		        error, "%s: an AIFF: expected a COMM chunk, found none", name);
	if (!read_comm(frames, &promised, name, bytes, at, length, error))
		return false;
	if (!find_chunk(bytes, "SSND", &at, &length) || bytes.size - at < SSND_HEADER)
		return error_set(
		        error, "%s: an AIFF: expected an SSND chunk, found none", name);
	size_t offset = (size_t)number(bytes.data + at, 4);
	size_t left = bytes.size - at - SSND_HEADER;
	size_t there = length < SSND_HEADER ? 0 : length - SSND_HEADER;
	size_t frame = (size_t)frames->channels * (size_t)frames->format->bytes;
	if (there > left)
		there = left;
	if (offset > there)
		return error_set(error,
		        "%s: byte %zu: the first frame should be %zu bytes on, but the recording has %zu",
		        name, at, offset, there);
	frames->at = at + SSND_HEADER + offset;
	frames->count = (there - offset) / frame;
	frames->cut_short = frames->count < promised;
	if (frames->cut_short)
		error_set(error,
		        "%s: byte %zu: there should be %zu frames, but there are %zu: cut short, or never finished. --skip-bad uses what is there.",
		        name, frames->at, promised, frames->count);
	if (frames->cut_short && !salvage)
		return false;
	if (frames->count > promised)
		frames->count = promised;
	return frames->count > 0 ||
	       error_set(error, "%s: byte %zu: the recording is empty: it has no frame",
	               name, frames->at);
}
