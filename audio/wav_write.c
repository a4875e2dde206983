/* The plainest WAV that every program reads: the RIFF header, a fmt chunk of 16 bytes, a
 * fact chunk (the number of frames, which the standard wants where samples are not
 * PCM), the data. */
#include "audio/sample.h"
#include "audio/wav.h"
#include "tensor/file/file.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { HEADER = 12 + 8 + 16 + 8 + 4 + 8, MOST_BYTES = 0x7fffff00 };

static unsigned char *put(unsigned char *at, uint32_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		*at++ = (unsigned char)(number >> (8 * i));
	return at;
}

static unsigned char *put_name(unsigned char *at, const char *four_letters)
{
	memcpy(at, four_letters, 4);
	return at + 4;
}

static void fill_header(
        unsigned char header[HEADER], const Clip *clip, int tag, int width)
{
	uint32_t size = (uint32_t)clip->count * (uint32_t)width;
	unsigned char *at = put_name(header, "RIFF");
	at = put(at, HEADER - 8 + size, 4); /* what follows; size is even */
	at = put_name(at, "WAVE");
	at = put_name(at, "fmt ");
	at = put(at, 16, 4);
	at = put(at, (uint32_t)tag, 2);
	at = put(at, 1, 2); /* channel */
	at = put(at, (uint32_t)clip->rate, 4);
	at = put(at, (uint32_t)clip->rate * (uint32_t)width, 4);
	at = put(at, (uint32_t)width, 2);
	at = put(at, (uint32_t)(8 * width), 2);
	at = put_name(at, "fact");
	at = put(at, 4, 4);
	at = put(at, (uint32_t)clip->count, 4);
	at = put_name(at, "data");
	put(at, size, 4);
}

static uint32_t encode_16_bit(real sample)
{
	double step = floor((double)sample * 32768 + 0.5);
	step = step > 32767 ? 32767 : step < -32768 ? -32768 : step;
	return (uint32_t)(int32_t)step & 0xffff;
}

static uint32_t encode_float(real sample)
{
	float value = (float)sample;
	uint32_t bits;
	memcpy(&bits, &value, sizeof bits);
	return bits;
}

bool wav_encode(Bytes *bytes, Arena *arena, const char *name, const Clip *clip,
        WavEncoding encoding, Error *error)
{
	int tag = encoding == WAV_FLOAT ? SAMPLE_FLOAT : SAMPLE_PCM;
	int width = encoding == WAV_FLOAT ? 4 : 2;
	if (clip->count < 1 || clip->count > MOST_BYTES / width)
		return error_set(error, "%s: %d samples: a WAV file of these has 1 to %d",
		        name, clip->count, MOST_BYTES / width);
	for (int n = 0; n < clip->count; n++)
		if (!isfinite((float)clip->samples[n]))
			return error_set(error, "%s: sample %d is %g: not written", name,
			        n, (double)clip->samples[n]);
	size_t size = HEADER + (size_t)clip->count * (size_t)width;
	unsigned char *data = arena_alloc(arena, size + 1), *at = data + HEADER;
	fill_header(data, clip, tag, width);
	for (int n = 0; n < clip->count; n++)
		at = put(at,
		        encoding == WAV_FLOAT ? encode_float(clip->samples[n])
		                              : encode_16_bit(clip->samples[n]),
		        width);
	*at = 0; /* as Bytes has it */
	*bytes = (Bytes){ data, size };
	return true;
}

bool wav_write(const char *path, const Clip *clip, WavEncoding encoding, Arena *scratch,
        Error *error)
{
	ArenaMark mark = arena_mark(scratch);
	Bytes bytes;
	FileWriter *writer = NULL;
	if (wav_encode(&bytes, scratch, path, clip, encoding, error))
		writer = file_open(scratch, path, error);
	if (writer)
		file_write(writer, bytes.data, bytes.size);
	bool done = writer && file_close(writer, error);
	arena_rewind(scratch, mark);
	return done;
}
