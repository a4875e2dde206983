/* What of an encoder learns; and what is kept of one that does not. */
#include "autograd/ops.h"
#include "emotionnet/pretrained.h"
#include "emotionnet/states.h"
#include "tests/support/gradient.h"

START_TEST(tune_is_read_and_written)
{
	static const char *const good[] = { "none", "all", "top:2", "lora:8" };
	static const char *const bad[] = { "", "top", "top:", "top:0", "top:2x",
		"lora:-1", "lora:9999999999", "All" };
	Arena *arena = arena_new("test");
	Tune tune;
	Error error;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		ck_assert(tune_parse(&tune, good[i], &error));
		ck_assert_str_eq(tune_text(arena, tune), good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert(!tune_parse(&tune, bad[i], &error));
		ASSERT_CONTAINS(error.text, "expected none, top:N");
	}
	ck_assert(!tune_layer((Tune){ TUNE_TOP, 2 }, 0, 3));
	ck_assert(tune_layer((Tune){ TUNE_TOP, 2 }, 1, 3));
	ck_assert(tune_layer((Tune){ TUNE_ALL, 0 }, 0, 3));
	ck_assert(!tune_layer((Tune){ TUNE_LORA, 2 }, 2, 3));
	arena_free(arena);
}
END_TEST

/* Twice the input, and how often that was asked for. */
static Sequence twice(const void *context, Tape *tape, Sequence x)
{
	int *const *calls = context;
	++**calls;
	return (Sequence){ op_scale(tape, x.x, 2), x.lengths };
}

START_TEST(states_are_made_once_and_are_the_same)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	int calls = 0, *counter = &calls;
	const int lengths[] = { 3, 2 };
	Var *x = random_constant(arena, "x", 1, SHAPE(2, 3, 4));
	sequence_clear_padding(x->value, 1, 2);
	Sequence both = { x, lengths };
	States *states = states_new(arena, 1 << 20);
	const uint64_t *keys = states_keys(&tape, both);
	ck_assert(keys[0] != keys[1]);
	Tensor first = states_of(states, keys, twice, &counter, &tape, both).x->value;
	Tensor second = states_of(states, keys, twice, &counter, &tape, both).x->value;
	ck_assert_int_eq(calls, 1);
	ASSERT_TENSOR_SAME(second, first);
	/* the shorter one alone, with another padding */
	Tensor alone = tensor_view(sequence_step(x->value, 1, 0), SHAPE(1, 2, 4));
	Sequence one = { tape_constant(&tape, alone, "x"), lengths + 1 };
	Tensor third =
	        states_of(states, states_keys(&tape, one), twice, &counter, &tape, one)
	                .x->value;
	ck_assert_int_eq(calls, 1);
	ASSERT_TENSOR_SAME(
	        third, tensor_view(sequence_step(first, 1, 0), SHAPE(1, 2, 4)));
	/* with a gradient it is made anew */
	both.x = tape_variable(&tape, x->value, "x");
	ck_assert(states_of(states, keys, twice, &counter, &tape, both).x->node);
	ck_assert_int_eq(calls, 2);
	arena_free(arena);
}
END_TEST

START_TEST(states_without_room_are_made_each_time)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	int calls = 0, *counter = &calls;
	const int length = 3;
	Sequence x = { random_constant(arena, "x", 1, SHAPE(1, 3, 4)), &length };
	States *states = states_new(arena, 8);
	for (int i = 0; i < 3; i++)
		states_of(states, states_keys(&tape, x), twice, &counter, &tape, x);
	ck_assert_int_eq(calls, 3);
	arena_free(arena);
}
END_TEST

TEST_MAIN("pretrained", tune_is_read_and_written, states_are_made_once_and_are_the_same,
        states_without_room_are_made_each_time)
