#include "tensor/arena.h"
#include "tensor/arena_peak.h"
#include "tests/support/harness.h"

#include <stdint.h>
#include <string.h>

/* gcc says it with a macro, clang with a feature. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#endif
#ifdef HAS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
/* An allocation that is too large gives NULL here too, instead of ending the process. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}
#endif

START_TEST(arena_memory_is_aligned_and_apart)
{
	Arena *arena = arena_new("test");
	unsigned char *memory[300];
	for (size_t size = 0; size < 300; size++) {
		memory[size] = arena_alloc(arena, size);
		ck_assert_uint_eq((uintptr_t)memory[size] % ARENA_ALIGNMENT, 0);
		memset(memory[size], (int)(size % 256), size);
	}
	for (size_t size = 0; size < 300; size++)
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(memory[size][i], size % 256);
	arena_free(arena);
}
END_TEST

/* Blocks are linked, so growing moves nothing. */
START_TEST(arena_growth_keeps_what_was_there)
{
	enum { COUNT = 2000 };
	Arena *arena = arena_new("test");
	static size_t *memory[COUNT];
	for (size_t i = 0; i < COUNT; i++) {
		size_t size = i % 97 == 0 ? 300000 : 1000;
		memory[i] = arena_alloc(arena, size);
		memory[i][0] = memory[i][size / sizeof(size_t) - 1] = i;
	}
	for (size_t i = 0; i < COUNT; i++)
		ck_assert_uint_eq(memory[i][0], i);
	ck_assert_uint_ge(arena_live(arena), 20 * 300000 + 1900 * 1000);
	arena_free(arena);
}
END_TEST

START_TEST(arena_reset_takes_everything_back)
{
	Arena *arena = arena_new("test");
	arena_reset(arena);
	for (int round = 0; round < 3; round++) {
		arena_alloc(arena, 100);
		arena_alloc(arena, 200000);
		ck_assert_uint_eq(arena_live(arena), 128 + 200000);
		arena_reset(arena);
		ck_assert_uint_eq(arena_live(arena), 0);
	}
	ck_assert_uint_eq(arena_peak(arena), 128 + 200000);
	arena_free(arena);
	arena_free(NULL);
}
END_TEST

START_TEST(arena_peak_all_adds_the_children)
{
	Arena *arena = arena_new("test"), *child = arena_child(arena, "child");
	arena_alloc(arena, 64);
	arena_alloc(child, 128);
	arena_reset(child);
	ck_assert_uint_eq(arena_peak_all(arena), 64 + 128);
	arena_free(child);
	ck_assert_uint_eq(arena_peak_all(arena), 64);
	arena_free(arena);
}
END_TEST

START_TEST(arena_peak_is_the_most_at_once)
{
	Arena *arena = arena_new("test");
	arena_alloc(arena, 640);
	arena_reset(arena);
	arena_alloc(arena, 64);
	ck_assert_uint_eq(arena_peak(arena), 640);
	ck_assert_uint_eq(arena_peak_restart(arena), 640);
	ck_assert_uint_eq(arena_peak(arena), 64);
	arena_alloc(arena, 64);
	ck_assert_uint_eq(arena_peak(arena), 128);
	arena_free(arena);
}
END_TEST

START_TEST(arena_rewind_keeps_what_is_older)
{
	Arena *arena = arena_new("test");
	ArenaMark nothing = arena_mark(arena);
	char *old = arena_string(arena, "old");
	ArenaMark outer = arena_mark(arena);
	arena_alloc(arena, 100000); /* in a block of its own */
	char *middle = arena_string(arena, "middle");
	ArenaMark inner = arena_mark(arena);
	arena_alloc(arena, 500000);
	arena_rewind(arena, inner);
	ck_assert_str_eq(middle, "middle");
	ck_assert_uint_eq(arena_live(arena), 64 + 100032 + 64);
	arena_rewind(arena, outer);
	ck_assert_str_eq(old, "old");
	ck_assert_uint_eq(arena_live(arena), 64);
	memset(arena_alloc(arena, 200000), 1, 200000);
	ck_assert_str_eq(old, "old");
	arena_rewind(arena, nothing);
	ck_assert_uint_eq(arena_live(arena), 0);
	arena_free(arena);
}
END_TEST

START_TEST(arena_rewind_of_an_empty_arena_does_nothing)
{
	Arena *arena = arena_new("test");
	arena_rewind(arena, arena_mark(arena));
	ck_assert_uint_eq(arena_live(arena), 0);
	arena_free(arena);
}
END_TEST

START_TEST(arena_zeros_are_zero_where_memory_was_used)
{
	Arena *arena = arena_new("test");
	for (int round = 0; round < 2; round++) {
		unsigned char *zeros = arena_zeros(arena, 1000);
		int *numbers = ARENA_ARRAY(arena, int, 100);
		for (int i = 0; i < 1000; i++)
			ck_assert_int_eq(zeros[i], 0);
		for (int i = 0; i < 100; i++)
			ck_assert_int_eq(numbers[i], 0);
		ck_assert_ptr_null(*ARENA_NEW(arena, void *));
		memset(zeros, 1, 1000);
		memset(numbers, 1, 100 * sizeof(int));
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(arena_copies_are_their_own)
{
	Arena *arena = arena_new("test");
	char text[] = "text";
	char *copy = arena_string(arena, text);
	char *bytes = arena_copy(arena, text, 2);
	text[0] = 'n';
	ck_assert_str_eq(copy, "text");
	ck_assert_mem_eq(bytes, "te", 2);
	ck_assert_ptr_nonnull(arena_copy(arena, NULL, 0));
	ck_assert_str_eq(arena_format(arena, "%s-%03d", text, 7), "next-007");
	ck_assert_str_eq(arena_format(arena, "%s", ""), "");
	arena_free(arena);
}
END_TEST

/* No size near the largest may wrap round into a small one. */
START_TEST(arena_sizes_that_overflow_stop)
{
	Arena *arena = arena_new("the step arena");
	volatile size_t huge = SIZE_MAX; /* volatile: gcc would warn of it */
	ASSERT_STOPS(
	        "out of memory: the step arena asked for 18446744073709551615 more bytes and the system has none. Hint: a smaller batch",
	        arena_alloc(arena, huge));
	for (size_t less = 0; less < 300; less++)
		ASSERT_STOPS(
		        "out of memory: the step arena", arena_alloc(arena, huge - less));
	ASSERT_STOPS("out of memory", arena_alloc(arena, huge / 4));
	ASSERT_STOPS("out of memory", arena_array(arena, huge / 2, 3));
	ASSERT_STOPS("out of memory", arena_array(arena, 3, huge / 2));
	ck_assert_ptr_null(arena_try_alloc(arena, huge));
	ck_assert_ptr_null(arena_try_alloc(arena, huge / 4));
	ck_assert_uint_eq(arena_live(arena), 0);
	ck_assert_ptr_nonnull(arena_array(arena, huge, 0));
	ck_assert_ptr_nonnull(arena_alloc(arena, 100)); /* and goes on */
	arena_free(arena);
}
END_TEST

/* Freed once each, by whoever comes first: the sanitizers would tell of a second time,
 * or of none. */
static void append(void *context)
{
	char *text = *(char **)context;
	text[strlen(text)] = *((char *)context + sizeof text);
}

/* Each ends once, the last first: by a rewind those that came after the mark. */
START_TEST(arena_at_end_works_when_its_memory_goes)
{
	char text[16] = "";
	struct {
		char *text, letter;
	} of[4] = { { text, 'a' }, { text, 'b' }, { text, 'c' }, { text, 'd' } };
	Arena *arena = arena_new("test");
	arena_at_end(arena, append, &of[0]);
	ArenaMark mark = arena_mark(arena);
	arena_at_end(arena, append, &of[1]);
	arena_at_end(arena, append, &of[2]);
	arena_rewind(arena, mark);
	ck_assert_str_eq(text, "cb");
	arena_reset(arena);
	ck_assert_str_eq(text, "cba");
	arena_reset(arena);
	arena_at_end(arena, append, &of[3]);
	arena_free(arena);
	ck_assert_str_eq(text, "cbad");
}
END_TEST

START_TEST(arena_child_goes_with_its_parent)
{
	Arena *parent = arena_new("test");
	Arena *a = arena_child(parent, "a"), *b = arena_child(parent, "b");
	Arena *c = arena_child(parent, "c"), *of_a = arena_child(a, "of a");
	memset(arena_alloc(of_a, 100), 1, 100);
	arena_alloc(parent, 100);
	arena_free(b);
	arena_free(c);
	Arena *d = arena_child(parent, "d");
	arena_alloc(d, 1);
	arena_reset(parent); /* gives back its own memory alone */
	ck_assert_uint_eq(arena_live(parent), 0);
	ck_assert_uint_eq(arena_live(of_a), 128);
	ck_assert_uint_eq(arena_live(d), 64);
	arena_free(parent);
}
END_TEST

#ifdef ARENA_DEBUG

/* What was not written is NaN as a number and -1 as an int. */
START_TEST(arena_memory_of_this_build_shows_misuse)
{
	Arena *arena = arena_new("test");
	real *numbers = arena_alloc(arena, 3 * sizeof(real));
	ck_assert(numbers[2] != numbers[2]);
	int *whole = arena_alloc(arena, sizeof(int));
	ck_assert_int_eq(*whole, -1);
#ifdef HAS_ADDRESS_SANITIZER
	ck_assert(!__asan_address_is_poisoned(numbers + 2));
	ck_assert(__asan_address_is_poisoned(numbers + 3));
	ck_assert(__asan_address_is_poisoned(numbers - 1));
	ck_assert(__asan_address_is_poisoned(numbers - 30));
	ArenaMark mark = arena_mark(arena);
	char *scratch = arena_alloc(arena, 1);
	ck_assert(!__asan_address_is_poisoned(scratch));
	ck_assert(__asan_address_is_poisoned(scratch + 1));
	arena_rewind(arena, mark);
	ck_assert(__asan_address_is_poisoned(scratch));
	ck_assert(!__asan_address_is_poisoned(numbers));
	arena_reset(arena);
	ck_assert(__asan_address_is_poisoned(numbers));
#endif
	arena_free(arena);
}
END_TEST

#else

/* After the first round an arena asks the system for nothing: the same blocks serve
 * again. */
START_TEST(arena_memory_of_this_build_is_used_again)
{
	Arena *arena = arena_new("test");
	void *small = arena_alloc(arena, 100), *large = arena_alloc(arena, 200000);
	arena_reset(arena);
	ck_assert_ptr_eq(arena_alloc(arena, 100), small);
	ck_assert_ptr_eq(arena_alloc(arena, 200000), large);
	arena_reset(arena);
	ck_assert_ptr_eq(arena_alloc(arena, 100), small);
	memset(arena_alloc(arena, 1000000), 1,
	        1000000); /* too large for the kept block */
	memset(small, 1, 100);
	arena_free(arena);
}
END_TEST

#endif

#ifdef ARENA_DEBUG
#define OF_THIS_BUILD arena_memory_of_this_build_shows_misuse
#else
#define OF_THIS_BUILD arena_memory_of_this_build_is_used_again
#endif

START_TEST(arena_grow_keeps_what_was_there)
{
	Arena *arena = arena_new("test");
	int *items = NULL, room = 0;
	for (int count = 0; count < 1000; count++) {
		items = arena_grow(arena, items, count, &room, sizeof *items);
		ck_assert_int_gt(room, count);
		ck_assert_int_eq(items[count], 0);
		items[count] = count;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(items[i], i);
	arena_free(arena);
}
END_TEST

TEST_MAIN("arena", arena_memory_is_aligned_and_apart, arena_growth_keeps_what_was_there,
        arena_reset_takes_everything_back, arena_peak_is_the_most_at_once,
        arena_peak_all_adds_the_children, arena_rewind_keeps_what_is_older,
        arena_rewind_of_an_empty_arena_does_nothing,
        arena_zeros_are_zero_where_memory_was_used, arena_copies_are_their_own,
        arena_sizes_that_overflow_stop, arena_at_end_works_when_its_memory_goes,
        arena_child_goes_with_its_parent, OF_THIS_BUILD, arena_grow_keeps_what_was_there)
