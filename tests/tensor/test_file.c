#include "tensor/file.h"
#include "tests/harness.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_of(Arena *arena, const char *name)
{
	return arena_format(arena, "%s/%s", harness_directory(), name);
}

static const char *write_file(
        Arena *arena, const char *name, const void *data, size_t size)
{
	const char *path = path_of(arena, name);
	FILE *out = fopen(path, "wb");
	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(data, 1, size, out), size);
	ck_assert_int_eq(fclose(out), 0);
	return path;
}

START_TEST(file_read_gives_every_byte_and_a_zero)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "a", "ab\0c", 4);
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, path, NULL));
	ck_assert_uint_eq(bytes.size, 4);
	ck_assert_mem_eq(bytes.data, "ab\0c\0", 5);
	arena_free(arena);
}
END_TEST

START_TEST(file_read_empty_gives_no_bytes)
{
	Arena *arena = arena_new("test");
	Bytes bytes;
	ck_assert(file_read(&bytes, arena, write_file(arena, "empty", "", 0), NULL));
	ck_assert_uint_eq(bytes.size, 0);
	ck_assert_uint_eq(bytes.data[0], 0);
	arena_free(arena);
}
END_TEST

/* A pipe does not tell its size, and holds more than the first read. */
START_TEST(file_read_pipe_reads_to_its_end)
{
	enum { SIZE = 10000 };
	Arena *arena = arena_new("test");
	char sent[SIZE];
	for (int i = 0; i < SIZE; i++)
		sent[i] = (char)(i % 251);
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], sent, SIZE), SIZE);
	close(ends[1]);
	Bytes bytes;
	Error error;
	bool done = file_read(
	        &bytes, arena, arena_format(arena, "/dev/fd/%d", ends[0]), &error);
	ck_assert_msg(done, "%s", error.text);
	ck_assert_uint_eq(bytes.size, SIZE);
	ck_assert_mem_eq(bytes.data, sent, SIZE);
	close(ends[0]);
	arena_free(arena);
}
END_TEST

START_TEST(file_read_missing_or_folder_says_so)
{
	Arena *arena = arena_new("test");
	Bytes bytes;
	Error error;
	ck_assert(!file_read(&bytes, arena, path_of(arena, "none"), &error));
	ASSERT_CONTAINS(error.text, "none: cannot be opened: No such file");
	ck_assert(!file_read(&bytes, arena, harness_directory(), &error));
	ASSERT_CONTAINS(error.text, "byte 0: cannot be read: Is a directory");
	arena_free(arena);
}
END_TEST

TEST_MAIN("file", file_read_gives_every_byte_and_a_zero, file_read_empty_gives_no_bytes,
        file_read_pipe_reads_to_its_end, file_read_missing_or_folder_says_so)
