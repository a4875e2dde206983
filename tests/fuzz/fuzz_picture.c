/* Pictures of any bytes are read or refused; what is read is within the limits, and can be
 * made grey. The checksums of a PNG are mended first, so that a changed byte is looked at. */
#include "tensor/file/crc32.h"
#include "tensor/plot/picture_read.h"
#include "tensor/plot/png_read.h"
#include "tensor/plot/pnm.h"
#include "tests/fuzz/fuzz.h"

static void mend(uint8_t *file, size_t size)
{
	for (size_t at = 8; at + 12 <= size;) {
		size_t length = (size_t)file[at] << 24 | (size_t)file[at + 1] << 16 |
		                (size_t)file[at + 2] << 8 | file[at + 3];
		if (length > size - at - 12)
			return;
		uint32_t sum = crc32_add(0, file + at + 4, 4 + length);
		for (int i = 0; i < 4; i++)
			file[at + 8 + length + (size_t)i] =
			        (uint8_t)(sum >> (24 - 8 * i));
		at += 12 + length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	uint8_t *file = arena_copy(arena, data, size);
	Bytes bytes = { .data = file, .size = size };
	Picture picture;
	Error error = { "" };
	if (png_begins(bytes))
		mend(file, size);
	if (png_decode(&picture, arena, "fuzz", bytes, &error) ||
	        pnm_decode(&picture, arena, "fuzz", bytes, &error)) {
		real grey[48 * 48];
		FUZZ_CHECK(picture.width >= 1 && picture.height >= 1);
		FUZZ_CHECK(picture.width * picture.height <= PICTURE_PIXELS_MOST);
		picture_grey(grey, 48, &picture);
		for (int i = 0; i < 48 * 48; i++)
			FUZZ_CHECK(grey[i] >= 0 && grey[i] <= 255);
	} else {
		FUZZ_CHECK(!strncmp(error.text, "fuzz: ", 6));
	}
	arena_free(arena);
	return 0;
}
