/* sample.h: how one number of a recording is laid down in bytes.
 *
 * Every format is brought to -1..1: whole numbers are divided by 2^(bits-1), so that the
 * lowest is exactly -1 and the highest just under 1. */
#ifndef AUDIO_SAMPLE_H
#define AUDIO_SAMPLE_H

#include "tensor/real.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum SampleTag { /* the numbers that a WAV file calls them by, but the last */
	SAMPLE_PCM = 1,
	SAMPLE_FLOAT = 3,
	SAMPLE_A_LAW = 6,
	SAMPLE_MU_LAW = 7,
	SAMPLE_SIGNED = 0x10000, /* 8 bits with a sign, which WAV has not, and AIFF has */
} SampleTag;

typedef struct SampleFormat {
	int tag;                                   /* a SampleTag */
	int bytes;                                 /* a sample, 1 to 8 */
	double (*decode)(const unsigned char *at); /* the lowest byte first */
	/* `count` samples of one channel, all of them finite; NULL: one by one */
	void (*decode_run)(real *to, const unsigned char *at, size_t count);
} SampleFormat;

/* Where a file of sound has its frames; a frame is a sample of each channel. */
typedef struct SampleFrames {
	const SampleFormat *format; /* NULL: not known yet */
	bool highest_first;         /* of a sample's bytes */
	int channels, rate;         /* rate: samples a second */
	size_t at, count;           /* the first frame's byte; how many there are */
	bool cut_short;             /* fewer than there should be */
} SampleFrames;

/* No file says another rate and means it. */
enum { SAMPLE_LOWEST_RATE = 100, SAMPLE_HIGHEST_RATE = 1000000 };

/* NULL if there is none such. Lives for ever. */
const SampleFormat *sample_format_find(int tag, int bytes);

/* The sample at `at`; in WAV the lowest byte comes first, in RIFX the highest. */
double sample_decode(
        const SampleFormat *format, const unsigned char *at, bool highest_first);

#endif
