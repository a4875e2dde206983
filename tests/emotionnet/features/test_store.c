/* What is kept comes back, may be changed, and takes none of the memory that a process is
 * limited to. */
#include "emotionnet/features/store.h"
#include "tests/support/harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { NUMBERS = 1 << 18 };

static Tensor counted(Arena *arena, int count, int from)
{
	Tensor x = tensor_new(arena, SHAPE(count, 1));
	for (int i = 0; i < count; i++)
		x.data[i] = (real)((from + i) % 1000003);
	return x;
}

static void check_counted(Tensor x, int from)
{
	int wrong = 0;
	for (int i = 0; i < x.shape[0]; i++)
		wrong += x.data[i] != (real)((from + i) % 1000003);
	ck_assert_int_eq(wrong, 0);
}

/* As long as it lives: the folder holds no file, so that nothing can be left behind. */
static int files_in(const char *folder)
{
	int count = 0;
	DIR *list = opendir(folder);
	ck_assert_ptr_nonnull(list);
	for (struct dirent *entry; (entry = readdir(list));)
		count += entry->d_name[0] != '.';
	closedir(list);
	return count;
}

START_TEST(store_gives_back_what_it_was_given)
{
	Arena *arena = arena_new("test"), *scratch = arena_new("scratch");
	char folder[] = "/tmp/emotionnet-store-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(folder));
	/* a file, none wanted, none possible */
	const char *folders[] = { folder, NULL, "/nowhere/at/all" };
	for (int f = 0; f < 3; f++) {
		Store *store = store_new(arena, folders[f]);
		Tensor kept[40];
		for (int i = 0; i < 40; i++) {
			arena_reset(scratch);
			/* from none to more than the first segment holds */
			Tensor x = counted(scratch, i * i * 400, 17 * i);
			kept[i] = store_keep(store, x);
			ck_assert(kept[i].data != x.data);
		}
		for (int i = 0; i < 40; i++) {
			ck_assert_int_eq(kept[i].shape[0], i * i * 400);
			check_counted(kept[i], 17 * i);
		}
		for (int i = 1; i < 40; i++)
			tensor_fill(kept[i], (real)i);
		for (int i = 1; i < 40; i++)
			ck_assert(kept[i].data[i * i * 400 - 1] == (real)i);
		ck_assert_int_eq(files_in(folder), 0);
	}
	arena_free(arena);
	arena_free(scratch);
	rmdir(folder);
}
END_TEST

/* Each thread has a store for each split: open files would be too few for many threads. */
START_TEST(store_closed_keeps_what_it_has_without_an_open_file)
{
	Arena *arena = arena_new("test");
	int before = dup(0);
	close(before);
	Store *store = store_new(arena, "/tmp");
	Tensor kept = store_keep(store, counted(arena, NUMBERS, 3));
	store_close(store);
	int after = dup(0);
	close(after);
	ck_assert_int_eq(after, before);
	check_counted(kept, 3);
	check_counted(store_keep(store, counted(arena, NUMBERS, 4)), 4);
	arena_free(arena);
}
END_TEST

/* A sanitizer takes memory of its own, and does not return when there is none. */
#if defined(__linux__) && !defined(ARENA_DEBUG)

/* Bytes of memory that no file stands behind, the process's limit of which is RLIMIT_DATA. */
static size_t data_size(void)
{
	size_t kilobytes = 0;
	char line[128];
	FILE *file = fopen("/proc/self/status", "r");
	while (fgets(line, sizeof line, file) &&
	        sscanf(line, "VmData: %zu", &kilobytes) != 1)
		continue;
	fclose(file);
	return kilobytes * 1024;
}

START_TEST(store_needs_no_memory_of_the_limit)
{
	enum { MORE = 64 * 1024 * 1024, TIMES = 200 };
	Arena *arena = arena_new("test"), *scratch = arena_new("scratch");
	size_t limit = data_size() + MORE;
	ck_assert_int_eq(setrlimit(RLIMIT_DATA, &(struct rlimit){ limit, limit }), 0);
	Store *store = store_new(arena, "/tmp");
	static Tensor kept[TIMES];
	for (int i = 0; i < TIMES; i++) { /* three times the limit */
		arena_reset(scratch);
		kept[i] = store_keep(store, counted(scratch, NUMBERS, i));
	}
	for (int i = 0; i < TIMES; i++)
		check_counted(kept[i], i);
	/* the limit is one: the same in the arena does not go */
	ck_assert_ptr_null(arena_try_alloc(arena, TIMES * NUMBERS * sizeof(real)));
	arena_free(arena);
	arena_free(scratch);
}
END_TEST

TEST_MAIN("store", store_gives_back_what_it_was_given,
        store_closed_keeps_what_it_has_without_an_open_file,
        store_needs_no_memory_of_the_limit)

#else

TEST_MAIN("store", store_gives_back_what_it_was_given,
        store_closed_keeps_what_it_has_without_an_open_file)

#endif
