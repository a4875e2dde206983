/* container.h: what a file of sound really is, whatever its name says.
 *
 * Published corpora hold MP3, FLAC or MP4 under names that end in .wav, and TIMIT's .wav
 * is NIST SPHERE. */
#ifndef AUDIO_CONTAINER_H
#define AUDIO_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

/* "MP3", "FLAC", ... by the first bytes; NULL where they are not known. WAV and AIFF are not
 * in the table: wav.h reads them. Lives for ever. */
const char *container_name(const unsigned char *bytes, size_t size);

/* No sound, but the note that Git LFS leaves in its place until it is fetched: so CREMA-D
 * is published. */
bool container_is_pointer(const unsigned char *bytes, size_t size);

#endif
