#include "emotionnet/shards.h"

#include "autograd/ops.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "tests/harness.h"

#include <string.h>

enum { N = 37, IN = 5, OUT = 3 };

typedef struct Data {
	Tensor x; /* (N,IN) */
	int labels[N];
	CrossEntropy loss;
} Data;

static void *build(Arena *arena, Params *params, const void *config)
{
	(void)config;
	Linear *linear = ARENA_NEW(arena, Linear);
	Rng rng = rng_new(1);
	*linear = linear_new(params, "fc", IN, OUT, &rng);
	return linear;
}

static Var *loss_of(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Data *data = context;
	Var *x = tape_constant(tape, tensor_slice(data->x, begin, end), "x");
	Var *logits = linear_forward((const Linear *)model, tape, x);
	return loss_cross_entropy(tape, logits, data->labels + begin, &data->loss);
}

static Data make_data(Arena *arena)
{
	Data data = { .x = tensor_new(arena, SHAPE(N, IN)),
		.loss = { .total_weight = N } };
	Rng rng = rng_new(2);
	for (int i = 0; i < N * IN; i++)
		data.x.data[i] = (real)rng_normal(&rng);
	for (int i = 0; i < N; i++)
		data.labels[i] = rng_below(&rng, OUT);
	return data;
}

START_TEST(shards_gradient_has_same_bits_on_any_number_of_threads)
{
	Arena *arena = arena_new("test");
	Data data = make_data(arena);
	Tensor first = { 0 };
	static const int threads[] = { 1, 2, 3, 8 };
	for (int t = 0; t < 4; t++) {
		Params params = params_new(arena);
		build(arena, &params, NULL);
		Pool *pool = pool_new(threads[t]);
		Shards *shards = shards_new(arena, pool, &params, N, build, NULL);
		shards_gradients(shards, N, loss_of, &data);
		if (t == 0)
			first = params.items[0]->grad;
		ASSERT_TENSOR_SAME(params.items[0]->grad, first);
		shards_free(shards);
		pool_free(pool);
	}
	arena_free(arena);
}
END_TEST

START_TEST(shards_gradient_is_that_of_the_whole_batch)
{
	Arena *arena = arena_new("test");
	Data data = make_data(arena);
	Params params = params_new(arena), whole = params_new(arena);
	Linear *linear = build(arena, &params, NULL);
	Linear *other = build(arena, &whole, NULL);
	(void)linear;
	Pool *pool = pool_new(2);
	Shards *shards = shards_new(arena, pool, &params, N, build, NULL);
	real loss = shards_gradients(shards, N, loss_of, &data);
	Tape tape = tape_new(arena_new("step"));
	Var *expected = loss_of(&data, other, &tape, 0, N);
	tape_backward(&tape, expected);
	ASSERT_CLOSE(loss, expected->value.data[0], 1e-6, 1e-6);
	for (int i = 0; i < params.count; i++)
		ASSERT_TENSOR_CLOSE(
		        params.items[i]->grad, whole.items[i]->grad, 1e-6, 1e-5);
	arena_free(tape.arena);
	shards_free(shards);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

/* A second batch must not be added to the first, and a smaller one uses fewer shards. */
START_TEST(shards_second_batch_starts_from_zero)
{
	Arena *arena = arena_new("test");
	Data data = make_data(arena);
	Params params = params_new(arena);
	build(arena, &params, NULL);
	Pool *pool = pool_new(1);
	Shards *shards = shards_new(arena, pool, &params, N, build, NULL);
	shards_gradients(shards, 9, loss_of, &data);
	Tensor first = tensor_clone(arena, params.items[0]->grad);
	shards_gradients(shards, N, loss_of, &data);
	shards_gradients(shards, 9, loss_of, &data);
	ASSERT_TENSOR_SAME(params.items[0]->grad, first);
	ASSERT_STOPS("expected 1 to 40", shards_gradients(shards, 41, loss_of, &data));
	shards_free(shards);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

static void count_each(void *context, const void *model, Tape *tape, int begin, int end)
{
	(void)model;
	ck_assert(!tape->recording);
	for (int i = begin; i < end; i++)
		((int *)context)[i]++;
}

START_TEST(shards_infer_visits_each_once)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	build(arena, &params, NULL);
	Pool *pool = pool_new(3);
	Shards *shards = shards_new(arena, pool, &params, 16, build, NULL);
	int seen[101] = { 0 };
	shards_infer(shards, 101, count_each, seen);
	for (int i = 0; i < 101; i++)
		ck_assert_int_eq(seen[i], 1);
	shards_free(shards);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

TEST_MAIN("shards", shards_gradient_has_same_bits_on_any_number_of_threads,
        shards_gradient_is_that_of_the_whole_batch, shards_second_batch_starts_from_zero,
        shards_infer_visits_each_once)
