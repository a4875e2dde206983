/* aiff.h: what Apple has in place of WAV. wav.h reads such a file under any name: two
 * clips of TESS are AIFF and called .wav. */
#ifndef AUDIO_AIFF_H
#define AUDIO_AIFF_H

#include "audio/sample.h"
#include "tensor/error.h"
#include "tensor/file/file.h"

/* They begin as an AIFF or AIFF-C does. */
bool aiff_is(Bytes bytes);

/* Where its frames are; `name` stands in messages for the path. Whole numbers of up to 64
 * bits, float, A-law and mu-law are read; what is compressed otherwise is refused. With
 * `salvage` what is there of a recording that was cut short is taken, and `error` says
 * what is wrong with it. */
bool aiff_find(
        SampleFrames *frames, const char *name, Bytes bytes, bool salvage, Error *error);

#endif
