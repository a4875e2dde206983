#include "autograd/look/meter.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"
#include "tests/support/harness.h"

START_TEST(meter_has_time_and_memory_of_each_node)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	tape_measure(&tape);
	Var *x = random_variable(leaves, "x", 1, SHAPE(200, 200));
	Var *y = op_matmul(&tape, x, x);
	size_t numbers = 200 * 200 * sizeof(real);
	ck_assert_ptr_nonnull(y->node->cost);
	ck_assert_uint_ge(y->node->cost->live, numbers);
	ck_assert_uint_le(y->node->cost->live, numbers + 1024);
	ck_assert_uint_ge(y->node->cost->peak, y->node->cost->live);
	ck_assert(y->node->cost->forward > 0 && y->node->cost->forward < 60);
	ck_assert(y->node->cost->backward == 0);
	tape_backward(&tape, op_sum(&tape, y));
	ck_assert(y->node->cost->backward > 0);
	tape_reset(&tape);
	ck_assert_uint_ge(tape_peak(&tape), 2 * numbers); /* value and gradient */
	ck_assert_uint_le(tape_peak(&tape), 3 * numbers);
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

TEST_MAIN("meter", meter_has_time_and_memory_of_each_node)
