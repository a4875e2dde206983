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

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static double pcm8(const unsigned char *at)
{
	return (at[0] - 128) / 128.0;
}

/* The sign bit is put at the top of 32 bits, so that one division serves every width. */
static double signed_fraction(uint32_t top)
{
	return (top < 0x80000000u ? (double)top : (double)top - 0x1p32) / 0x1p31;
}

static double pcm16(const unsigned char *at)
{
	return signed_fraction((uint32_t)at[1] << 24 | (uint32_t)at[0] << 16);
}

static double pcm24(const unsigned char *at)
{
	return signed_fraction(
	        (uint32_t)at[2] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[0] << 8);
}

static double pcm32(const unsigned char *at)
{
	return signed_fraction((uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
	                       (uint32_t)at[1] << 8 | at[0]);
}

static double float32(const unsigned char *at)
{
	uint32_t bits = (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 |
	                (uint32_t)at[1] << 8 | at[0];
	float value;
	memcpy(&value, &bits, sizeof value);
	return (double)value;
}

static double float64(const unsigned char *at)
{
	uint64_t bits = 0;
	for (int i = 7; i >= 0; i--)
		bits = bits << 8 | at[i];
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
	{ SAMPLE_PCM, 1, "8 bit", pcm8 },
	{ SAMPLE_PCM, 2, "16 bit", pcm16 },
	{ SAMPLE_PCM, 3, "24 bit", pcm24 },
	{ SAMPLE_PCM, 4, "32 bit", pcm32 },
	{ SAMPLE_FLOAT, 4, "float 32", float32 },
	{ SAMPLE_FLOAT, 8, "float 64", float64 },
	{ SAMPLE_A_LAW, 1, "A-law", a_law },
	{ SAMPLE_MU_LAW, 1, "mu-law", mu_law },
};

const SampleFormat *sample_format_find(int tag, int bytes)
{
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
		if (formats[i].tag == tag && formats[i].bytes == bytes)
			return &formats[i];
	return NULL;
}
