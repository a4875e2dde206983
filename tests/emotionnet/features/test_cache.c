#include "emotionnet/features/cache.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"

/* A bit that flips anywhere in an entry costs the entry: other frames are never read. */
START_TEST(cache_entry_changed_anywhere_is_made_anew)
{
	Arena *arena = arena_new("test");
	const char *path = arena_format(arena, "%s/1.safetensors", harness_directory());
	Heard heard = { .frames = tensor_full(arena, (real)0.75, SHAPE(3, 2)),
		.rate = 8000 };
	Heard read = { .rate = 0 };
	ck_assert(!cache_read(&read, arena, path, 2)); /* there is none */
	cache_write(&heard, path);
	ck_assert(cache_read(&read, arena, path, 2));
	ASSERT_TENSOR_SAME(read.frames, heard.frames);
	ck_assert_int_eq(read.rate, 8000);
	ck_assert(!cache_read(&read, arena, path, 3));
	Bytes whole;
	ck_assert(file_read(&whole, arena, path, NULL));
	unsigned char *bytes = arena_copy(arena, whole.data, whole.size + 1);
	for (size_t i = 0; i < whole.size; i += 3) {
		bytes[i] ^= 64;
		FILE *out = fopen(path, "wb");
		ck_assert_uint_eq(fwrite(bytes, 1, whole.size, out), whole.size);
		ck_assert_int_eq(fclose(out), 0);
		ck_assert_msg(!cache_read(&read, arena, path, 2), "byte %zu", i);
		bytes[i] ^= 64;
	}
	arena_free(arena);
}
END_TEST

TEST_MAIN("cache", cache_entry_changed_anywhere_is_made_anew)
