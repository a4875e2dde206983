/* container.c: tells by the first bytes what kind of sound file it is, so that a
 * wrong one can be named. */
#include "audio/container.h"

#include <string.h>

typedef struct Magic {
	size_t offset;
	const char *bytes;
	const char *name;
} Magic;

static const Magic magics[] = {
	{ 0, "FORM", "IFF" },
	{ 0, "ID3", "MP3" },
	{ 0, "\xff\xfb", "MP3" },
	{ 0, "\xff\xfa", "MP3" },
	{ 0, "\xff\xf3", "MP3" },
	{ 0, "\xff\xf2", "MP3" },
	{ 0, "\xff\xf1", "AAC" },
	{ 0, "\xff\xf9", "AAC" },
	{ 0, "fLaC", "FLAC" },
	{ 0, "OggS", "Ogg" },
	{ 4, "ftyp", "MP4" },
	{ 0, "\x1a\x45\xdf\xa3", "Matroska or WebM" },
	{ 0, "riff", "Wave64" },
	{ 8, "AVI ", "AVI" },
	{ 0, ".snd", "AU" },
	{ 0, "caff", "CAF" },
	{ 0, "wvpk", "WavPack" },
	{ 0, "#!AMR", "AMR" },
	{ 0, "NIST_1A", "NIST SPHERE" },
};

const char *container_name(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
		const Magic *magic = &magics[i];
		size_t length = strlen(magic->bytes);
		if (size >= magic->offset + length &&
		        !memcmp(bytes + magic->offset, magic->bytes, length))
			return magic->name;
	}
	return NULL;
}

bool container_is_pointer(const unsigned char *bytes, size_t size)
{
	static const char first[] = "version https://git-lfs.github.com/spec/";
	return size >= sizeof first - 1 && !memcmp(bytes, first, sizeof first - 1);
}
