/* Sound that comes in pieces, any bytes in pieces of any size: what is read is finite, and the
 * same however it was cut; and what wav.h reads whole comes out of the stream too. */
#include "audio/wav_stream.h"
#include "audio/wav.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

/* Returns how many samples came, or -1 where it failed. */
static long read_all(
        Arena *arena, real *to, const uint8_t *data, size_t size, size_t piece)
{
	WavStream *stream = wav_stream_new(arena, "fuzz", 16000, 1);
	long all = 0;
	int made;
	Error error;
	for (size_t at = 0; at < size; at += piece) {
		size_t count = size - at < piece ? size - at : piece;
		if (!wav_stream_push(stream, to + all, &made, data + at, count, &error))
			return -1;
		all += made;
	}
	if (!wav_stream_end(stream, to + all, &made, &error))
		return -1;
	return all + made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Arena *arena = arena_new("fuzz");
	real *whole = ARENA_ARRAY(arena, real, size + WAV_STREAM_SAMPLES);
	real *cut = ARENA_ARRAY(arena, real, size + WAV_STREAM_SAMPLES);
	size_t piece = size ? 1 + data[size - 1] % 64 : 1;
	long a = read_all(arena, whole, data, size, WAV_STREAM_MOST);
	long b = read_all(arena, cut, data, size, piece);
	FUZZ_CHECK(a <= (long)size && b <= (long)size);
	if (a >= 0 && b >= 0) {
		FUZZ_CHECK(a == b);
		FUZZ_CHECK(!memcmp(whole, cut, (size_t)a * sizeof(real)));
	}
	for (long i = 0; i < a; i++)
		FUZZ_CHECK(isfinite(whole[i]));
	arena_free(arena);
	return 0;
}
