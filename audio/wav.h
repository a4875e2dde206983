/* wav.h: sound files in and out.
 *
 * Read: PCM of up to 64 bits, float of 32 and 64, A-law and mu-law, plain or as
 * WAVE_FORMAT_EXTENSIBLE, at any rate; RIFX and RF64 too, and what was written into a pipe
 * by a program that did not know its length; and AIFF (aiff.h). Channels are mixed to one by their mean. Chunks
 * that are not needed are skipped. The content decides, not the name: another format is
 * recognised, and the message gives the command that converts it. Every size is checked
 * against the file's length before it is used, so a file can lie about itself and do no
 * harm.
 *
 * The format: Microsoft & IBM, "Multimedia Programming Interface and Data Specifications
 * 1.0" (1991), and Microsoft, "Multiple Channel Audio Data and WAVE Files" (2001). */
#ifndef AUDIO_WAV_H
#define AUDIO_WAV_H

#include "audio/clip.h"
#include "audio/sample.h"
#include "tensor/arena.h"
#include "tensor/error.h"
#include "tensor/file/file.h"

#include <stdbool.h>

/* Which part of a recording is wanted; all zero: the whole of a sound file without
 * fault. */
typedef struct WavPart {
	double start,
	        end;  /* seconds; end 0: to the end. Up to WAV_SLACK past it is cut */
	bool salvage; /* take what is there of a recording that was cut short (Clip), and
	               * leave in the error what is wrong with it */
	int channel;  /* this one, from 1, instead of the mean of all: 0 */
} WavPart;

#define WAV_SLACK 0.1 /* seconds: the times in manifests are rounded */

/* Into `clip`, its samples in the arena. Fails, `clip` left as it was, if the file cannot
 * be read, is not a WAV, is damaged, holds no frame or a sample that is not finite, if the
 * part lies outside, or if the channels cancel each other in their mean. A path of "-" is
 * standard input. */
bool wav_read(Clip *clip, Arena *arena, const char *path, Error *error);
bool wav_read_part(
        Clip *clip, Arena *arena, const char *path, WavPart part, Error *error);

/* The same from memory; `name` stands in messages for the path. */
bool wav_parse(Clip *clip, Arena *arena, const char *name, Bytes bytes, WavPart part,
        Error *error);

typedef enum WavEncoding {
	WAV_16_BIT, /* to the nearest step; what is louder than -1..1 is clipped */
	WAV_FLOAT,  /* 32 bit: what was read from 8, 16 or 24 bits comes back exactly */
} WavEncoding;

/* Full scale is 1. No recording is a million million times as loud, and the power of what
 * is louder still would be no finite number. */
#define WAV_LOUDEST 1e12

/* Bytes of data, or more: a length that a program wrote before it knew. */
enum { WAV_UNKNOWN_LENGTH = 0x7fff0000 };

/* Where a WAV, of which these bytes are the beginning, has its frames: at least one of them must
 * be there, and `count` is of what there is. For what is still coming in (wav_stream.h). */
bool wav_find(SampleFrames *found, const char *name, Bytes bytes, Error *error);

/* One channel as a whole file in memory, in the arena. `name` stands in messages for the
 * path. Fails if the clip is empty or too long for a WAV, or a sample is not finite. */
bool wav_encode(Bytes *bytes, Arena *arena, const char *name, const Clip *clip,
        WavEncoding encoding, Error *error);

/* Writes that, all or nothing (file.h). Fails likewise, or if the disk does. `scratch`
 * is given back what was used. */
bool wav_write(const char *path, const Clip *clip, WavEncoding encoding, Arena *scratch,
        Error *error);

#endif
