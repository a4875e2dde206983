#include "tensor/file/file.h"
#include "tensor/arena_peak.h"
#include "tensor/file/file_map.h"
#include "tests/support/harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
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
	ASSERT_CONTAINS(error.text, "expected a file, found a folder");
	arena_free(arena);
}
END_TEST

START_TEST(file_view_is_a_copy_that_goes_with_its_arena)
{
	Arena *arena = arena_new("test");
	write_file(arena, "viewed", "abc", 3);
	const char *path = path_of(arena, "viewed");
	Bytes bytes, again;
	Error error;
	ArenaMark mark = arena_mark(arena);
	ck_assert(file_view(&bytes, arena, path, &error));
	ck_assert_uint_eq(bytes.size, 3);
	((unsigned char *)(uintptr_t)bytes.data)[0] = 'x';
	ck_assert(file_view(&again, arena, path, &error));
	ck_assert_mem_eq(again.data, "abc", 3);
	arena_rewind(arena, mark);
	write_file(arena, "viewed", "", 0);
	ck_assert(file_view(&bytes, arena, path, &error));
	ck_assert_uint_eq(bytes.size, 0);
	const size_t large = 200000; /* mapped, not read */
	write_file(arena, "viewed", arena_zeros(arena, large), large);
	ck_assert(file_view(&bytes, arena, path, &error));
	ck_assert_uint_eq(bytes.size, large);
	((unsigned char *)(uintptr_t)bytes.data)[large - 1] = 'x';
	ck_assert(file_view(&again, arena, path, &error));
	ck_assert_int_eq(again.data[large - 1], 0);
	ck_assert(!file_view(&bytes, arena, "no/such/file", &error));
	ASSERT_CONTAINS(error.text, "no/such/file: cannot be opened");
	ck_assert(!file_view(&bytes, arena, harness_directory(), &error));
	ASSERT_CONTAINS(error.text, "found a folder");
	arena_free(arena);
}
END_TEST

/* A FIFO that nobody writes to is refused at once: whoever opens it would wait. */
START_TEST(file_read_refuses_what_would_be_waited_for)
{
	Arena *arena = arena_new("test");
	const char *fifo = path_of(arena, "fifo");
	Bytes bytes;
	Error error;
	ck_assert_int_eq(mkfifo(fifo, 0600), 0);
	ck_assert(!file_read(&bytes, arena, fifo, &error));
	ASSERT_CONTAINS(error.text, "fifo: expected a file, found a FIFO");
	ck_assert(!file_view(&bytes, arena, fifo, &error));
	ASSERT_CONTAINS(error.text, "found a FIFO");
	ck_assert(!file_read(&bytes, arena, "/dev/null", &error));
	ASSERT_CONTAINS(error.text, "found a device");
	arena_free(arena);
}
END_TEST

/* What the shell has opened, a pipe's end, is read. */
START_TEST(file_read_takes_an_open_descriptor)
{
	Arena *arena = arena_new("test");
	int ends[2];
	Bytes bytes;
	Error error = { "" };
	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq((int)write(ends[1], "abc", 3), 3);
	close(ends[1]);
	ck_assert_msg(file_read(&bytes, arena, arena_format(arena, "/dev/fd/%d", ends[0]),
	                      &error),
	        "%s", error.text);
	ck_assert_uint_eq(bytes.size, 3);
	close(ends[0]);
	arena_free(arena);
}
END_TEST

/* /dev/zero has no end: it is given up, and the memory given back. */
START_TEST(file_read_without_end_is_given_up)
{
	Arena *arena = arena_new("test");
	arena_alloc(arena, 1);
	size_t before = arena_live(arena);
	Bytes bytes;
	Error error;
	int zero = open("/dev/zero", O_RDONLY);
	char path[32];
	snprintf(path, sizeof path, "/dev/fd/%d", zero);
	ck_assert(!file_read(&bytes, arena, path, &error));
	close(zero);
	ASSERT_CONTAINS(error.text, ": goes on after ");
	ASSERT_CONTAINS(error.text, "bytes: expected a file with an end");
	ck_assert_uint_eq(arena_live(arena), before);
	arena_free(arena);
}
END_TEST

static void check_content(Arena *arena, const char *path, const char *expected)
{
	Bytes bytes;
	Error error;
	ck_assert_msg(file_read(&bytes, arena, path, &error), "%s", error.text);
	ck_assert_str_eq((const char *)bytes.data, expected);
}

/* How many names a folder holds: a leftover would be one more. */
static int names_in(const char *folder)
{
	DIR *names = opendir(folder);
	ck_assert_ptr_nonnull(names);
	int count = 0;
	for (const struct dirent *entry = readdir(names); entry; entry = readdir(names))
		count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(names);
	return count;
}

static FileWriter *open_or_fail(Arena *arena, const char *path)
{
	Error error;
	FileWriter *writer = file_open(arena, path, &error);
	ck_assert_msg(writer != NULL, "%s", error.text);
	return writer;
}

START_TEST(file_write_is_seen_only_when_closed)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "a", "old", 3);
	FileWriter *writer = open_or_fail(arena, path);
	file_write(writer, "ne", 2);
	file_print(writer, "%c %d", 'w', 42);
	check_content(arena, path, "old");
	ck_assert(file_close(writer, NULL));
	check_content(arena, path, "new 42");
	ck_assert_int_eq(names_in(harness_directory()), 1);
	arena_free(arena);
}
END_TEST

START_TEST(file_write_keeps_the_mode_and_the_link)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "a", "old", 3);
	const char *link = path_of(arena, "link");
	ck_assert_int_eq(chmod(path, 0600), 0);
	ck_assert_int_eq(symlink(path, link), 0);
	FileWriter *writer = open_or_fail(arena, link);
	file_print(writer, "new");
	ck_assert(file_close(writer, NULL));
	check_content(arena, path, "new");
	struct stat status;
	ck_assert_int_eq(lstat(link, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(status.st_mode & 0777, 0600);
	arena_free(arena);
}
END_TEST

START_TEST(file_abandon_leaves_nothing)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "a", "old", 3);
	FileWriter *writer = open_or_fail(arena, path);
	file_print(writer, "new");
	file_abandon(writer);
	file_abandon(NULL);
	check_content(arena, path, "old");
	ck_assert_int_eq(names_in(harness_directory()), 1);
	arena_free(arena);
}
END_TEST

/* No byte beyond the 1000th fits on this disk. */
START_TEST(file_write_disk_full_keeps_the_old_file)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "a", "old", 3);
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit before, small;
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 1000;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	for (int much = 0; much < 2; much++) {
		FileWriter *writer = open_or_fail(arena, path);
		for (int i = 0; i < (much ? 10000 : 200); i++)
			file_print(writer, "0123456789");
		file_write(writer, "after a failure", 15);
		Error error;
		ck_assert(!file_close(writer, &error));
		ASSERT_CONTAINS(error.text, "/a: cannot be written: File too large");
	}
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
	check_content(arena, path, "old");
	ck_assert_int_eq(names_in(harness_directory()), 1);
	arena_free(arena);
}
END_TEST

START_TEST(file_write_to_full_device_says_so)
{
	Arena *arena = arena_new("test");
	FileWriter *writer = open_or_fail(arena, "/dev/full");
	file_print(writer, "new");
	Error error;
	ck_assert(!file_close(writer, &error));
	ck_assert_str_eq(
	        error.text, "/dev/full: cannot be written: No space left on device");
	file_abandon(open_or_fail(arena, "/dev/full"));
	struct stat status;
	ck_assert_int_eq(stat("/dev/full", &status), 0);
	arena_free(arena);
}
END_TEST

/* Standard output sent to a file is added to, not replaced: the shell writes there as
 * well. */
START_TEST(file_write_to_own_output_appends)
{
	Arena *arena = arena_new("test");
	const char *path = write_file(arena, "out", "", 0);
	int saved = dup(STDOUT_FILENO), out = open(path, O_WRONLY | O_APPEND);
	dup2(out, STDOUT_FILENO);
	ck_assert_int_eq(write(STDOUT_FILENO, "before ", 7), 7);
	FileWriter *writer = open_or_fail(arena, "/dev/stdout");
	file_print(writer, "report ");
	bool done = file_close(writer, NULL);
	ck_assert_int_eq(write(STDOUT_FILENO, "after", 5), 5);
	dup2(saved, STDOUT_FILENO);
	ck_assert(done);
	check_content(arena, path, "before report after");
	arena_free(arena);
}
END_TEST

START_TEST(file_open_missing_folder_says_so)
{
	Arena *arena = arena_new("test");
	Error error;
	ck_assert_ptr_null(file_open(arena, path_of(arena, "none/a"), &error));
	ASSERT_CONTAINS(error.text, "none/a: cannot be opened for writing: No such file");
	ck_assert_ptr_null(file_open(arena, harness_directory(), &error));
	ASSERT_CONTAINS(error.text, "cannot be opened for writing: Is a directory");
	arena_free(arena);
}
END_TEST

/* The name has become a folder meanwhile. */
START_TEST(file_close_rename_fails_removes_the_leftover)
{
	Arena *arena = arena_new("test");
	const char *path = path_of(arena, "a");
	FileWriter *writer = open_or_fail(arena, path);
	file_print(writer, "new");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	Error error;
	ck_assert(!file_close(writer, &error));
	ASSERT_CONTAINS(error.text, "/a: cannot be written: Is a directory");
	ck_assert_int_eq(names_in(harness_directory()), 1);
	arena_free(arena);
}
END_TEST

/* Of two that wrote at once and were killed both leftovers go; one that lives is let be. */
START_TEST(file_write_sweeps_what_dead_writers_left)
{
	Arena *arena = arena_new("test");
	const char *path = path_of(arena, "m");
	pid_t dead = fork();
	if (dead == 0) {
		open_or_fail(arena, path);
		file_print(open_or_fail(arena, path), "half");
		_exit(0);
	}
	ck_assert_int_eq(waitpid(dead, NULL, 0), dead);
	ck_assert_int_eq(names_in(harness_directory()), 2);
	FileWriter *lives = open_or_fail(arena, path);
	file_print(lives, "second");
	FileWriter *other = open_or_fail(arena, path);
	file_print(other, "first");
	ck_assert_int_eq(names_in(harness_directory()), 2);
	ck_assert(file_close(other, NULL));
	check_content(arena, path, "first");
	ck_assert(file_close(lives, NULL));
	check_content(arena, path, "second");
	ck_assert_int_eq(names_in(harness_directory()), 1);
	arena_free(arena);
}
END_TEST

/* Through two links, the second relative to its own folder, to a file that is not there
 * yet. */
START_TEST(file_write_follows_a_link_to_nothing)
{
	Arena *arena = arena_new("test");
	const char *link = path_of(arena, "link");
	ck_assert_int_eq(mkdir(path_of(arena, "d"), 0700), 0);
	ck_assert_int_eq(symlink("d/link", link), 0);
	ck_assert_int_eq(symlink("file", path_of(arena, "d/link")), 0);
	FileWriter *writer = open_or_fail(arena, link);
	file_print(writer, "new");
	ck_assert(file_close(writer, NULL));
	check_content(arena, path_of(arena, "d/file"), "new");
	struct stat status;
	ck_assert_int_eq(lstat(link, &status), 0);
	ck_assert(S_ISLNK(status.st_mode));
	arena_free(arena);
}
END_TEST

TEST_MAIN("file", file_read_gives_every_byte_and_a_zero, file_read_empty_gives_no_bytes,
        file_read_pipe_reads_to_its_end, file_read_missing_or_folder_says_so,
        file_view_is_a_copy_that_goes_with_its_arena,
        file_read_refuses_what_would_be_waited_for, file_read_takes_an_open_descriptor,
        file_read_without_end_is_given_up, file_write_is_seen_only_when_closed,
        file_write_keeps_the_mode_and_the_link, file_abandon_leaves_nothing,
        file_write_disk_full_keeps_the_old_file, file_write_to_full_device_says_so,
        file_write_to_own_output_appends, file_open_missing_folder_says_so,
        file_close_rename_fails_removes_the_leftover,
        file_write_sweeps_what_dead_writers_left, file_write_follows_a_link_to_nothing)
