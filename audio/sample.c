/* PCM is the number itself; 8 bits count from 128, wider ones are two's complement.
 *
 * A-law and mu-law (ITU-T G.711) spend 8 bits as a small floating-point number: a sign,
 * three bits of segment s (the exponent) and four of mantissa m, so that quiet sounds get
 * finer steps than loud ones. Each step is decoded to its middle, in units of a 16-bit
 * sample:
 *
 *     mu-law, bits inverted:         (8 m + 132) 2^s - 132, sign bit set: positive
 *     A-law, even bits inverted:     s = 0:  16 m + 8
 *                                    s > 0: (16 m + 264) 2^(s-1)
 */
#include "audio/sample.h"

#include <stdint.h>
#include <string.h>

/* The bytes of a sample at the top of 64 bits, the first of them lowest; the rest is 0.
 * With a constant count the compiler makes one load and a shift of it. */
static inline uint64_t top_of(const unsigned char *at, int bytes)
{
	uint64_t top = 0;
	for (int i = 0; i < bytes; i++)
		top |= (uint64_t)at[i] << (64 - 8 * (bytes - i));
	return top;
}

/* The sign bit is at the top, so that one division serves every width. */
static inline double pcm(const unsigned char *at, int bytes)
{
	uint64_t top = top_of(at, bytes);
	return (top < UINT64_C(1) << 63 ? (double)top : -(double)(~top + 1)) / 0x1p63;
}

static double pcm8(const unsigned char *at)
{
	return (at[0] - 128) / 128.0;
}

static double signed8(const unsigned char *at)
{
	return pcm(at, 1);
}

#define PCM(bits)                                                                        \
	static double pcm##bits(const unsigned char *at)                                 \
	{                                                                                \
		return pcm(at, (bits) / 8);                                              \
	}
PCM(16)
PCM(24)
PCM(32)
PCM(40)
PCM(48)
PCM(56)
PCM(64)

/* What most recordings are. A processor that has the lowest byte first itself converts a
 * vector of them at once, where taking a number from its bytes stays one by one. */
static void pcm16_run(real *to, const unsigned char *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		int16_t value;
		memcpy(&value, at + 2 * i, sizeof value);
		to[i] = (real)value / 0x8000;
#else
		to[i] = (real)pcm16(at + 2 * i);
#endif
	}
}

static double float32(const unsigned char *at)
{
	uint32_t bits = (uint32_t)(top_of(at, 4) >> 32);
	float value;
	memcpy(&value, &bits, sizeof value);
	return (double)value;
}

static double float64(const unsigned char *at)
{
	uint64_t bits = top_of(at, 8);
	double value;
	memcpy(&value, &bits, sizeof value);
	return value;
}

static double mu_law(const unsigned char *at)
{
	int code = ~at[0] & 0xff;
	int mantissa = code & 15, segment = code >> 4 & 7;
	int size = ((8 * mantissa + 132) << segment) - 132;
	return (code & 0x80 ? -size : size) / 32768.0;
}

static double a_law(const unsigned char *at)
{
	int code = at[0] ^ 0x55;
	int mantissa = code & 15, segment = code >> 4 & 7;
	int size = segment ? (16 * mantissa + 264) << (segment - 1) : 16 * mantissa + 8;
	return (code & 0x80 ? size : -size) / 32768.0;
}

static const SampleFormat formats[] = {
	{ SAMPLE_PCM, 1, pcm8, NULL },
	{ SAMPLE_PCM, 2, pcm16, pcm16_run },
	{ SAMPLE_PCM, 3, pcm24, NULL },
	{ SAMPLE_PCM, 4, pcm32, NULL },
	{ SAMPLE_PCM, 5, pcm40, NULL },
	{ SAMPLE_PCM, 6, pcm48, NULL },
	{ SAMPLE_PCM, 7, pcm56, NULL },
	{ SAMPLE_PCM, 8, pcm64, NULL },
	{ SAMPLE_FLOAT, 4, float32, NULL },
	{ SAMPLE_FLOAT, 8, float64, NULL },
	{ SAMPLE_A_LAW, 1, a_law, NULL },
	{ SAMPLE_MU_LAW, 1, mu_law, NULL },
	{ SAMPLE_SIGNED, 1, signed8, NULL },
};

const SampleFormat *sample_format_find(int tag, int bytes)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (formats[i].tag == tag && formats[i].bytes == bytes)
			return &formats[i];
	return NULL;
}

double sample_decode(
        const SampleFormat *format, const unsigned char *at, bool highest_first)
{
	if (!highest_first)
		return format->decode(at);
	unsigned char turned[8];
	for (int i = 0; i < format->bytes; i++)
		turned[i] = at[format->bytes - 1 - i];
	return format->decode(turned);
}
