/* What layers have to do, against what their shapes say. */
#include "layers/work.h"
#include "autograd/fast/stored.h"
#include "autograd/ops.h"
#include "layers/attention.h"
#include "layers/conv1d_max.h"
#include "layers/conv2d.h"
#include "layers/embedding.h"
#include "layers/embedding_bag.h"
#include "layers/gru.h"
#include "layers/lstm.h"
#include "tests/support/gradient.h"
#include "tests/support/harness.h"

enum { B = 2, T = 7, F = 4, H = 6 };

typedef struct Bench {
	Arena *arena;
	Tape tape;
	Params params;
	Rng rng;
	Sequence x; /* (B,T,F), with a gradient */
} Bench;

static Bench bench_new(void)
{
	static const int lengths[] = { T, T };
	Bench bench = { .arena = arena_new("test"), .rng = rng_new(1) };
	bench.tape = tape_new(arena_child(bench.arena, "tape"));
	bench.params = params_new(bench.arena);
	bench.x = (Sequence){ random_variable(bench.arena, NULL, 1, SHAPE(B, T, F)),
		lengths };
	return bench;
}

/* `weights`: numbers that are read. */
static void assert_work(const Bench *bench, double operations, double weights)
{
	TapeWork work = tape_work(&bench->tape);
	ck_assert_msg(work.operations == operations, "%g operations, expected %g",
	        work.operations, operations);
	ck_assert_msg(work.bytes == weights * (double)sizeof(real),
	        "%g bytes, expected %g numbers", work.bytes, weights);
	arena_free(bench->arena);
}

START_TEST(work_of_a_linear_layer_is_two_for_each_weight_and_row)
{
	Bench b = bench_new();
	Linear linear = linear_new(&b.params, "fc", F, H, &b.rng);
	linear_forward(&linear, &b.tape, b.x.x);
	assert_work(&b, 2 * B * T * F * H, F * H + H);
}
END_TEST

START_TEST(work_of_a_weight_read_twice_is_twice_but_its_bytes_are_not)
{
	Bench b = bench_new();
	Linear linear = linear_new(&b.params, "fc", F, F, &b.rng);
	linear_forward(&linear, &b.tape, linear_forward(&linear, &b.tape, b.x.x));
	assert_work(&b, 2 * 2 * B * T * F * F, F * F + F);
}
END_TEST

START_TEST(work_of_convolutions_is_that_of_their_windows)
{
	Bench b = bench_new();
	Conv1dOptions same = { .kernel = 3, .padding = 1 };
	Conv1d conv = conv1d_new(&b.params, "conv", F, H, same, &b.rng);
	conv1d_forward(&conv, &b.tape, b.x);
	conv1d_max_pool(&conv, &b.tape, b.x, 2);
	assert_work(&b, 2 * (2 * B * T * F * H * 3), F * H * 3 + H);
}
END_TEST

START_TEST(work_of_convolutions_of_pictures_is_that_of_their_windows)
{
	Bench b = bench_new();
	Var *x = random_variable(b.arena, NULL, 1, SHAPE(B, 6, 8, F));
	Conv2dOptions same = { .kernel = 3, .padding = 1 };
	Conv2d conv = conv2d_new(&b.params, "conv", F, H, same, &b.rng);
	conv2d_forward(&conv, &b.tape, x);
	conv2d_max_pool(&conv, &b.tape, x);
	assert_work(&b, 2 * (2 * B * 6 * 8 * F * H * 9), F * H * 9 + H);
}
END_TEST

START_TEST(work_of_recurrent_layers_is_that_of_both_directions)
{
	Bench b = bench_new();
	Lstm lstm = lstm_new(&b.params, "lstm", F, H, LSTM_BOTH, &b.rng);
	Gru gru = gru_new(&b.params, "gru", 2 * H, H, GRU_ONE_DIRECTION, &b.rng);
	gru_forward(&gru, &b.tape, lstm_forward(&lstm, &b.tape, b.x));
	double first = 2 * 4 * H * (F + H), second = 3 * H * (2 * H + H);
	assert_work(&b, 2 * B * T * (first + second),
	        first + 2 * 2 * 4 * H + second + 2 * 3 * H);
}
END_TEST

START_TEST(work_of_attention_is_that_of_all_pairs_of_steps)
{
	Bench b = bench_new();
	Attention attention = attention_new(&b.params, "a", F, 2, &b.rng);
	attention_forward(&attention, &b.tape, b.x, ATTENTION_ALL, NULL);
	double projections = 2 * B * T * F * F * 4, pairs = 4 * B * T * T * F;
	assert_work(&b, projections + pairs, 4 * F * F + 4 * F);
}
END_TEST

START_TEST(work_of_tables_is_that_of_their_rows)
{
	static const int ids[B * T] = { 1, 2 }, lengths[B] = { T, 2 };
	static const int ends[] = { 3, 3, 5 }, grams[] = { 4, 1, 4, 0, 2 };
	static const real weights[] = { 1, 1, 1, 1, 1 };
	const Bags bags = { 3, ends, grams, weights };
	Bench b = bench_new();
	Embedding words = embedding_new(&b.params, "w", 50, F, 0, &b.rng);
	Var *table = embedding_bag_new(&b.params, "bag", 60, H);
	embedding_forward(&words, &b.tape, ids, B, T, lengths);
	embedding_bag_forward(table, &b.tape, &bags);
	assert_work(&b, 2 * 5 * H, B * T * F + 5 * H);
}
END_TEST

START_TEST(work_of_a_product_counts_its_inner_axis)
{
	Bench b = bench_new();
	Var *w = random_variable(b.arena, "w", 1, SHAPE(F, H));
	op_relu(&b.tape, op_matmul(&b.tape, b.x.x, w));
	assert_work(&b, 2 * B * T * F * H, F * H);
}
END_TEST

START_TEST(work_of_a_stored_weight_has_the_bytes_of_the_file)
{
	Arena *arena = arena_new("test");
	unsigned char data[2 * 3 * 34] = { 0 };
	Var weight = { .value = tensor_new(arena, SHAPE(2, 96)), .name = "w" };
	stored_set(arena, &weight,
	        (Quantised){ block_layout_find(8), data, 2, 96 }); /* Q8_0 */
	ck_assert(work_bytes(&weight) == (double)sizeof data);
	arena_free(arena);
}
END_TEST

TEST_MAIN("work", work_of_a_linear_layer_is_two_for_each_weight_and_row,
        work_of_a_weight_read_twice_is_twice_but_its_bytes_are_not,
        work_of_convolutions_is_that_of_their_windows,
        work_of_convolutions_of_pictures_is_that_of_their_windows,
        work_of_recurrent_layers_is_that_of_both_directions,
        work_of_attention_is_that_of_all_pairs_of_steps,
        work_of_tables_is_that_of_their_rows, work_of_a_product_counts_its_inner_axis,
        work_of_a_stored_weight_has_the_bytes_of_the_file)
