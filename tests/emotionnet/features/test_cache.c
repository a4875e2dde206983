#include "emotionnet/features/cache.h"
#include "tensor/file/file.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <unistd.h>

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

/* A link that somebody left in the folder leads to nobody's file. */
START_TEST(cache_entry_that_is_a_link_is_replaced_not_followed)
{
	Arena *arena = arena_new("test");
	const char *entry = arena_format(arena, "%s/2.safetensors", harness_directory());
	const char *other = arena_format(arena, "%s/corpus.csv", harness_directory());
	Heard heard = { .frames = tensor_full(arena, 1, SHAPE(3, 2)), .rate = 16000 };
	Heard read = { .rate = 0 };
	FILE *out = fopen(other, "wb");
	fputs("id,split", out);
	ck_assert_int_eq(fclose(out), 0);
	ck_assert_int_eq(symlink(other, entry), 0);
	ck_assert(!cache_read(&read, arena, entry, 2));
	cache_write(&heard, entry);
	ck_assert(cache_read(&read, arena, entry, 2));
	Bytes left;
	ck_assert(file_read(&left, arena, other, NULL));
	ck_assert_str_eq((const char *)left.data, "id,split");
	arena_free(arena);
}
END_TEST

TEST_MAIN("cache", cache_entry_changed_anywhere_is_made_anew,
        cache_entry_that_is_a_link_is_replaced_not_followed)
