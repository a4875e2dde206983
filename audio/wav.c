/* A WAV file is a RIFF of form WAVE: "RIFF", its length, "WAVE", then chunks, each four
 * letters, a length, that many bytes, and one more if the length is odd. Two chunks
 * matter here:
 *
 *     fmt   0 u16 format tag    2 u16 channels     4 u32 rate    8 u32 bytes a second
 *          12 u16 bytes a frame 14 u16 bits a sample
 *          extensible (tag 0xFFFE): 16 u16 22, 18 u16 valid bits, 20 u32 speakers, 24 the tag again
 *          as the first two bytes of a GUID
 *     data  the frames, one sample of each channel after the other
 *
 * RIFX is the same with the highest byte of every number first. RF64 and BW64 are for
 * more than 4 GB (EBU Tech 3306): a ds64 chunk comes first and has the length of the data
 * at its byte 8, as 64 bits, where the data chunk has 0xFFFFFFFF.
 *
 * The length of the RIFF itself is not used, and that of the data not always: programs
 * that write to a pipe cannot know them. They leave 0 (some), 0xFFFFFFFF (ffmpeg) or about
 * 2^31 (sox, espeak-ng), and the recording goes on to the end of the file. */
#include "audio/wav.h"
#include "audio/aiff.h"
#include "audio/container.h"
#include "audio/sample.h"
#include "tensor/file/file_map.h"

#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	RIFF_HEADER = 12,
	CHUNK_HEADER = 8,
	FMT_PLAIN = 16,      /* bytes of a fmt chunk that every WAV has */
	FMT_EXTENSIBLE = 40, /* and of an extensible one */
	DS64 = 28,           /* of a ds64 chunk */
	TAG_EXTENSIBLE = 0xfffe,
};

typedef struct Wav {
	const char *name;
	const unsigned char *bytes; /* the file, `size` of them */
	size_t size;
	uint64_t long_data; /* of RF64, from its ds64 chunk; else 0 */
	SampleFrames found;
} Wav;

/* The whole number of `bytes` bytes at a place of the file. */
static uint64_t number(const Wav *wav, size_t at, int bytes)
{
	uint64_t sum = 0;
	for (int i = 0; i < bytes; i++)
		sum = sum << 8 |
		      wav->bytes[at +
		                 (size_t)(wav->found.highest_first ? i : bytes - 1 - i)];
	return sum;
}

static unsigned u16(const Wav *wav, size_t at)
{
	return (unsigned)number(wav, at, 2);
}

/* The four letters of a chunk; what is not a letter is shown as a question mark. */
typedef struct FourLetters {
	char text[5];
} FourLetters;

static FourLetters four_letters(const unsigned char *at)
{
	FourLetters letters = { "????" };
	for (int i = 0; i < 4; i++)
		if (at[i] >= ' ' && at[i] <= '~')
			letters.text[i] = (char)at[i];
	return letters;
}

static bool is_riff_wave(Wav *wav, Error *error)
{
	const unsigned char *b = wav->bytes;
	if (wav->size >= RIFF_HEADER && !memcmp(b + 8, "WAVE", 4)) {
		wav->found.highest_first = !memcmp(b, "RIFX", 4);
		if (wav->found.highest_first || !memcmp(b, "RIFF", 4) ||
		        !memcmp(b, "RF64", 4) || !memcmp(b, "BW64", 4))
			return true;
	}
	if (wav->size == 0)
		return error_set(error, "%s: the file is empty", wav->name);
	if (container_is_pointer(b, wav->size))
		return error_set(error,
		        "%s: byte 0: expected a WAV file, found what Git LFS leaves in its place. This fetches it: git lfs pull",
		        wav->name);
	const char *other = container_name(b, wav->size);
	if (other)
		return error_set(error,
		        "%s: byte 0: expected a WAV file, found %s. This converts it: ffmpeg -i '%s' -c:a pcm_s16le NEW.wav",
		        wav->name, other, wav->name);
	if (wav->size < RIFF_HEADER)
		return error_set(error, "%s: expected a WAV file, found only %zu bytes",
		        wav->name, wav->size);
	return error_set(error,
	        "%s: byte 0: expected \"RIFF\" and, at byte 8, \"WAVE\", found \"%s\" and \"%s\"",
	        wav->name, four_letters(b).text, four_letters(b + 8).text);
}

static bool read_fmt(Wav *wav, size_t at, size_t length, Error *error)
{
	if (length < FMT_PLAIN)
		return error_set(error,
		        "%s: byte %zu: expected a fmt chunk of at least %d bytes, found %zu",
		        wav->name, at, FMT_PLAIN, length);
	unsigned tag = u16(wav, at), channels = u16(wav, at + 2);
	unsigned frame = u16(wav, at + 12), bits = u16(wav, at + 14);
	uint64_t rate = number(wav, at + 4, 4);
	if (tag == TAG_EXTENSIBLE && length >= FMT_EXTENSIBLE)
		tag = u16(wav, at + 24);
	if (channels == 0)
		return error_set(error, "%s: byte %zu: expected channels, found 0",
		        wav->name, at + 2);
	if (rate < SAMPLE_LOWEST_RATE || rate > SAMPLE_HIGHEST_RATE)
		return error_set(error,
		        "%s: byte %zu: expected a rate of %d to %d samples a second, found %lu",
		        wav->name, at + 4, SAMPLE_LOWEST_RATE, SAMPLE_HIGHEST_RATE,
		        (unsigned long)rate);
	/* The samples lie in whole bytes: 12 bits, say, in the upper part of two. */
	wav->found.format = sample_format_find((int)tag, (int)(frame / channels));
	if (!wav->found.format)
		return error_set(error,
		        "%s: byte %zu: format 0x%04x with %u bits a sample is not read. This converts it: ffmpeg -i '%s' -c:a pcm_s16le NEW.wav",
		        wav->name, at, tag, bits, wav->name);
	unsigned most = (unsigned)wav->found.format->bytes * 8;
	if (frame % channels || bits > most || bits + 8 <= most)
		return error_set(error,
		        "%s: byte %zu: %u channels of %u bits do not make frames of %u bytes",
		        wav->name, at + 12, channels, bits, frame);
	wav->found.channels = (int)channels;
	wav->found.rate = (int)rate;
	return true;
}

/* Four letters and a length that fits: another chunk, and no samples. */
static bool is_chunk(const Wav *wav, size_t at)
{
	if (wav->size - at < CHUNK_HEADER)
		return false;
	for (size_t i = at; i < at + 4; i++)
		if (wav->bytes[i] < ' ' || wav->bytes[i] > '~')
			return false;
	return number(wav, at + 4, 4) <= wav->size - at - CHUNK_HEADER;
}

static bool read_data(Wav *wav, size_t at, size_t length, bool salvage, Error *error)
{
	size_t left = wav->size - at;
	bool unknown = (length > left && length >= WAV_UNKNOWN_LENGTH) ||
	               (length == 0 && left > 0 && !is_chunk(wav, at));
	if (unknown)
		length = left;
	if (!wav->found.format)
		return error_set(error,
		        "%s: byte %zu: expected a fmt chunk before the data chunk",
		        wav->name, at - CHUNK_HEADER);
	size_t frame = (size_t)wav->found.channels * (size_t)wav->found.format->bytes;
	size_t there = length < left ? length : left;
	if (length > left)
		error_set(error,
		        "%s: byte %zu: the data chunk should have %zu bytes, but the file ends after %zu of them: cut short, or never finished. --skip-bad uses what is there.",
		        wav->name, at, length, left);
	else if (there % frame && !unknown)
		error_set(error,
		        "%s: byte %zu: the data chunk's %zu bytes are not whole frames of %zu. --skip-bad drops the last.",
		        wav->name, at, length, frame);
	wav->found.cut_short = length > left || (there % frame && !unknown);
	if (wav->found.cut_short && !salvage)
		return false;
	wav->found.at = at;
	wav->found.count = there / frame;
	if (wav->found.count == 0)
		return error_set(error,
		        "%s: byte %zu: the recording is empty: its data chunk has no frame",
		        wav->name, at);
	return true;
}

/* From chunk to chunk until the data. Each step goes at least CHUNK_HEADER bytes on. */
static bool read_chunks(Wav *wav, bool salvage, Error *error)
{
	size_t at = RIFF_HEADER;
	while (wav->size - at >= CHUNK_HEADER) {
		const unsigned char *chunk = wav->bytes + at;
		size_t length = (size_t)number(wav, at + 4, 4);
		at += CHUNK_HEADER;
		if (!memcmp(chunk, "data", 4)) {
			if (length == UINT32_MAX && wav->long_data)
				length = wav->long_data < SIZE_MAX
				                 ? (size_t)wav->long_data
				                 : SIZE_MAX;
			return read_data(wav, at, length, salvage, error);
		}
		if (length > wav->size - at)
			return error_set(error,
			        "%s: byte %zu: the chunk \"%s\" should have %zu bytes, but the file ends after %zu of them",
			        wav->name, at, four_letters(chunk).text, length,
			        wav->size - at);
		if (!memcmp(chunk, "fmt ", 4) && !read_fmt(wav, at, length, error))
			return false;
		if (!memcmp(chunk, "ds64", 4) && length >= DS64)
			wav->long_data = number(wav, at + 8, 8);
		at += length;
		if (length % 2 && at < wav->size)
			at++;
	}
	return error_set(error,
	        "%s: byte %zu: expected a data chunk, found the end of the file",
	        wav->name, at);
}

/* The frames from `first` up to `*last` that the part asks for. */
static bool find_part(
        const Wav *wav, WavPart part, size_t *first, size_t *last, Error *error)
{
	double seconds = (double)wav->found.count / wav->found.rate;
	double end = part.end > 0 ? part.end : seconds;
	bool inside = part.start >= 0 && part.start < end && end <= seconds + WAV_SLACK;
	*last = wav->found.count;
	if (inside && end < seconds)
		*last = (size_t)floor(end * wav->found.rate + 0.5);
	*first = inside ? (size_t)floor(part.start * wav->found.rate + 0.5) : 0;
	if (!inside || *first >= *last)
		return error_set(error,
		        "%s: the part from %g to %g s holds no sample of the recording, which is %g s long",
		        wav->name, part.start, end, seconds);
	return true;
}

/* Each channel's power beside that of their mean. Of opposite phase they leave nothing of
 * what either holds: 40 dB less. power has room for the channels and the mean. */
static bool check_channels(Clip *clip, const Wav *wav, const double *power, Error *error)
{
	static const double NOTHING = 1e-4;
	double loudest = 0, quietest = power[0], mean = power[wav->found.channels];
	for (int c = 0; c < wav->found.channels; c++) {
		loudest = fmax(loudest, power[c]);
		quietest = fmin(quietest, power[c]);
	}
	if (loudest > 0 &&
	        mean <= NOTHING * loudest / (wav->found.channels * wav->found.channels))
		return error_set(error,
		        "%s: the %d channels are of opposite phase and cancel each other in their mean. Take one of them: --channel 1, or ffmpeg -i '%s' -af 'pan=mono|c0=c0' NEW.wav",
		        wav->name, wav->found.channels, wav->name);
	clip->dead_channel = loudest > 0 && !(quietest > 0);
	return true;
}

/* `power`: as check_channels wants it. */
static bool decode(real *samples, double *power, const Wav *wav, size_t first,
        size_t last, int channel, Error *error)
{
	size_t width = (size_t)wav->found.format->bytes;
	const unsigned char *at =
	        wav->bytes + wav->found.at + first * width * (size_t)wav->found.channels;
	const bool compared = !channel && wav->found.channels > 1; /* by check_channels */
	if (wav->found.channels == 1 && wav->found.format->decode_run &&
	        !wav->found.highest_first) {
		wav->found.format->decode_run(samples, at, last - first);
		return true;
	}
	for (size_t i = first; i < last; i++) {
		double sum = 0;
		for (int c = 0; c < wav->found.channels; c++, at += width) {
			double x = sample_decode(
			        wav->found.format, at, wav->found.highest_first);
			if (compared)
				power[c] += x * x;
			sum += !channel || c == channel - 1 ? x : 0;
		}
		double mixed = channel ? sum : sum / wav->found.channels;
		if (compared)
			power[wav->found.channels] += mixed * mixed;
		real mean = (real)mixed;
		if (!isfinite(mean))
			return error_set(error,
			        "%s: byte %zu: expected a number, found %g (frame %zu)",
			        wav->name, (size_t)(at - wav->bytes) - width,
			        (double)mean, i);
		if (fabs((double)mean) > WAV_LOUDEST)
			return error_set(error,
			        "%s: byte %zu: a sample of %g (frame %zu): expected -1 to 1, or at most %g",
			        wav->name, (size_t)(at - wav->bytes) - width,
			        (double)mean, i, WAV_LOUDEST);
		*samples++ = mean;
	}
	return true;
}

bool wav_parse(Clip *clip, Arena *arena, const char *name, Bytes bytes, WavPart part,
        Error *error)
{
	Wav wav = { .name = name, .bytes = bytes.data, .size = bytes.size };
	size_t first, last;
	bool found = aiff_is(bytes)
	                     ? aiff_find(&wav.found, name, bytes, part.salvage, error)
	                     : is_riff_wave(&wav, error) &&
	                               read_chunks(&wav, part.salvage, error);
	if (!found || !find_part(&wav, part, &first, &last, error))
		return false;
	if (last - first > INT_MAX)
		return error_set(error,
		        "%s: %zu samples are more than a clip holds (%d); read it in parts",
		        name, last - first, INT_MAX);
	if (part.channel > wav.found.channels)
		return error_set(error, "%s: expected a channel from 1 to %d, found %d",
		        name, wav.found.channels, part.channel);
	ArenaMark mark = arena_mark(arena);
	double *power = ARENA_ARRAY(arena, double, (size_t)wav.found.channels + 1);
	Clip read = {
		.samples = arena_alloc(arena, (last - first) * sizeof(real)),
		.count = (int)(last - first),
		.rate = wav.found.rate,
		.cut_short = wav.found.cut_short,
	};
	if (!decode(read.samples, power, &wav, first, last, part.channel, error) ||
	        (!part.channel && wav.found.channels > 1 &&
	                !check_channels(&read, &wav, power, error))) {
		arena_rewind(arena, mark);
		return false;
	}
	*clip = read;
	return true;
}

bool wav_find(SampleFrames *found, const char *name, Bytes bytes, Error *error)
{
	Wav wav = { .name = name, .bytes = bytes.data, .size = bytes.size };
	if (!is_riff_wave(&wav, error) || !read_chunks(&wav, true, error))
		return false;
	*found = wav.found;
	return true;
}

bool wav_read(Clip *clip, Arena *arena, const char *path, Error *error)
{
	return wav_read_part(clip, arena, path, (WavPart){ .start = 0 }, error);
}

/* The file is needed only until it is decoded; one on the disk is not read beyond that. */
bool wav_read_part(Clip *clip, Arena *arena, const char *path, WavPart part, Error *error)
{
	Arena *file = arena_new("sound file");
	Bytes bytes;
	bool mapped = strcmp(path, "-") != 0 && file_map(&bytes, path, NULL);
	bool ok = (mapped || file_read(&bytes, file, path, error)) &&
	          wav_parse(clip, arena, path, bytes, part, error);
	if (mapped)
		file_unmap(bytes);
	arena_free(file);
	return ok;
}
