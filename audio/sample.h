/* sample.h: how one number of a recording is laid down in bytes.
 *
 * Every format is brought to -1..1: whole numbers are divided by 2^(bits-1), so that the
 * lowest is exactly -1 and the highest just under 1. */
#ifndef AUDIO_SAMPLE_H
#define AUDIO_SAMPLE_H

#include <stdbool.h>

typedef enum SampleTag { /* the numbers that a WAV file calls them by */
	SAMPLE_PCM = 1,
	SAMPLE_FLOAT = 3,
	SAMPLE_A_LAW = 6,
	SAMPLE_MU_LAW = 7,
} SampleTag;

typedef struct SampleFormat {
	int tag;                                   /* a SampleTag */
	int bytes;                                 /* a sample, 1 to 8 */
	double (*decode)(const unsigned char *at); /* the lowest byte first */
} SampleFormat;

/* NULL if there is none such. Lives for ever. */
const SampleFormat *sample_format_find(int tag, int bytes);

/* The sample at `at`; in WAV the lowest byte comes first, in RIFX the highest. */
double sample_decode(
        const SampleFormat *format, const unsigned char *at, bool highest_first);

#endif
