#include "tensor/file/folder.h"
#include "tests/support/harness.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void make(const char *name)
{
	Arena *arena = arena_new("test");
	FILE *out = fopen(arena_format(arena, "%s/%s", harness_directory(), name), "wb");
	ck_assert_ptr_nonnull(out);
	fclose(out);
	arena_free(arena);
}

START_TEST(folder_files_are_sorted_by_path_and_filtered)
{
	Arena *arena = arena_new("test");
	const char *root = harness_directory();
	mkdir(arena_format(arena, "%s/sub", root), 0700);
	mkdir(arena_format(arena, "%s/sub/deep", root), 0700);
	mkdir(arena_format(arena, "%s/folder.wav", root), 0700);
	make("b.wav");
	make("a.WAV");
	make("c.txt");
	make("._b.wav");
	make("sub/d.wav");
	make("sub/deep/e.wav");
	Files files;
	Error error;
	ck_assert(folder_files(&files, arena, root, 0, ".wav", &error));
	ck_assert_int_eq(files.count, 2);
	ck_assert_str_eq(files.paths[0], arena_format(arena, "%s/a.WAV", root));
	ck_assert_str_eq(files.paths[1], arena_format(arena, "%s/b.wav", root));
	ck_assert(folder_files(&files, arena, root, 1, ".wav", &error));
	ck_assert_int_eq(files.count, 3);
	ck_assert(folder_files(&files, arena, root, 2, ".wav", &error));
	ck_assert_int_eq(files.count, 4);
	ck_assert(!folder_files(&files, arena, "/nowhere", 0, ".wav", &error));
	ASSERT_CONTAINS(error.text, "/nowhere: the folder cannot be read: No such file");
	arena_free(arena);
}
END_TEST

START_TEST(folder_many_files_are_all_there)
{
	Arena *arena = arena_new("test");
	for (int i = 0; i < 200; i++)
		make(arena_format(arena, "%03d.wav", i));
	Files files;
	ck_assert(folder_files(&files, arena, harness_directory(), 0, ".wav", NULL));
	ck_assert_int_eq(files.count, 200);
	ASSERT_CONTAINS(files.paths[199], "/199.wav");
	arena_free(arena);
}
END_TEST

START_TEST(path_absolute_begins_at_the_root)
{
	Arena *arena = arena_new("test");
	ck_assert_int_eq(chdir(harness_directory()), 0);
	char here[512];
	ck_assert_ptr_nonnull(getcwd(here, sizeof here));
	ck_assert_str_eq(path_absolute(arena, "/a/b", NULL), "/a/b");
	ck_assert_str_eq(
	        path_absolute(arena, "a/b", NULL), arena_format(arena, "%s/a/b", here));
	ck_assert_str_eq(
	        path_absolute(arena, "././a", NULL), arena_format(arena, "%s/a", here));
	ck_assert_str_eq(path_absolute(arena, ".", NULL), here);
	ck_assert_int_eq(chdir("/"), 0);
	ck_assert_str_eq(path_absolute(arena, "a", NULL), "/a");
	arena_free(arena);
}
END_TEST

START_TEST(path_folder_is_what_stands_before_the_last_slash)
{
	Arena *arena = arena_new("test");
	ck_assert_str_eq(path_folder(arena, "a/b/c"), "a/b");
	ck_assert_str_eq(path_folder(arena, "c"), ".");
	ck_assert_str_eq(path_folder(arena, "/c"), "/");
	arena_free(arena);
}
END_TEST

START_TEST(path_name_is_what_follows_the_last_slash)
{
	ck_assert_str_eq(path_name("a/b/c"), "c");
	ck_assert_str_eq(path_name("c"), "c");
	ck_assert_str_eq(path_name("a/"), "");
}
END_TEST

START_TEST(path_check_file_says_what_it_is)
{
	Error error;
	ck_assert(!path_check_file("/", &error));
	ASSERT_CONTAINS(error.text, "\"/\": expected a file, found a folder");
	ck_assert(!path_check_file("/nowhere", &error));
	ASSERT_CONTAINS(error.text, "\"/nowhere\" cannot be opened: No such file");
	ck_assert(path_is_folder("/") && !path_is_folder("/nowhere"));
}
END_TEST

TEST_MAIN("folder", folder_files_are_sorted_by_path_and_filtered,
        folder_many_files_are_all_there, path_absolute_begins_at_the_root,
        path_folder_is_what_stands_before_the_last_slash,
        path_name_is_what_follows_the_last_slash, path_check_file_says_what_it_is)
