/* container.h: what a file of sound really is, whatever its name says.
 *
 * Published corpora hold AIFF, MP3, FLAC or MP4 under names that end in .wav (two of TESS
 * do), and TIMIT's .wav is NIST SPHERE. */
#ifndef AUDIO_CONTAINER_H
#define AUDIO_CONTAINER_H

#include <stddef.h>

/* "MP3", "FLAC", ... by the first bytes; NULL where they are not known. WAV itself is not
 * in the table: wav.h reads it. Lives for ever. */
const char *container_name(const unsigned char *bytes, size_t size);

#endif
