#include "emotionnet/train/shards.h"

#include "autograd/ops.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "layers/loss.h"
#include "tests/support/harness.h"

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

/* ---- a table of which each shard reaches some rows ---- */

enum { V = 50, E = 3, T = 2 };

typedef enum Use { LATER, AT_ONCE, TIED } Use; /* TIED: a product uses the table too */

typedef struct Reader {
	Embedding table;
	Use use;
} Reader;

static void *build_reader(Arena *arena, Params *params, const void *config)
{
	Reader *reader = ARENA_NEW(arena, Reader);
	Rng rng = rng_new(1);
	reader->use = *(const Use *)config;
	reader->table = embedding_new(params, "table", V, E, EMBEDDING_NO_PADDING, &rng);
	return reader;
}

typedef struct Words {
	int ids[N * T], lengths[N];
} Words;

static Var *reader_loss(
        const void *context, const void *model, Tape *tape, int begin, int end)
{
	const Words *words = context;
	const Reader *reader = model;
	if (reader->use == AT_ONCE)
		reader->table.weight->later = NULL;
	Sequence y = embedding_forward(&reader->table, tape, words->ids + begin * T,
	        end - begin, T, words->lengths + begin);
	Var *loss = op_sum(tape, op_mul(tape, y.x, y.x));
	if (reader->use != TIED)
		return loss;
	Var *all = op_sum(tape, op_mul(tape, reader->table.weight, reader->table.weight));
	return op_add(tape, loss, all);
}

/* The gradients of three batches, one below the other (3V,E). */
static Tensor reader_gradients(Arena *arena, Use use)
{
	Params params = params_new(arena);
	build_reader(arena, &params, &use);
	Pool *pool = pool_new(2);
	Shards *shards = shards_new(arena, pool, &params, N, build_reader, &use);
	Tensor all = tensor_new(arena, SHAPE(3 * V, E));
	static const int sizes[] = { N, 9, 30 };
	Rng rng = rng_new(3);
	for (int batch = 0; batch < 3; batch++) {
		Words words;
		for (int i = 0; i < N * T; i++)
			words.ids[i] = batch * 5 + rng_below(&rng, V / 2);
		for (int b = 0; b < N; b++)
			words.lengths[b] = 1 + rng_below(&rng, T);
		shards_gradients(shards, sizes[batch], reader_loss, &words);
		memcpy(tensor_row(all, batch * V).data, params.items[0]->grad.data,
		        V * E * sizeof(real));
	}
	shards_free(shards);
	pool_free(pool);
	return all;
}

START_TEST(shards_table_summed_later_has_the_bits_of_one_summed_at_once)
{
	Arena *arena = arena_new("test");
	Tensor later = reader_gradients(arena, LATER);
	ASSERT_TENSOR_SAME(later, reader_gradients(arena, AT_ONCE));
	int zero = 0;
	for (int i = 0; i < 3 * V; i++)
		zero += later.data[i * E] == 0;
	ck_assert_int_gt(zero, 0);
	ck_assert_int_lt(zero, 3 * V);
	arena_free(arena);
}
END_TEST

/* An operation that leaves no terms reaches every row. */
START_TEST(shards_table_with_another_user_is_summed_whole)
{
	Arena *arena = arena_new("test");
	Tensor tied = reader_gradients(arena, TIED);
	for (int i = 0; i < 3 * V * E; i++)
		ck_assert(tied.data[i] != 0);
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

/* A NaN of the first shard is found when the last one has been: on one thread they would
 * share their memory. The gradients are those of tapes that do not stay. */
START_TEST(shards_that_stay_can_be_looked_at)
{
	Arena *arena = arena_new("test");
	Data data = make_data(arena);
	Params params = params_new(arena);
	build(arena, &params, NULL);
	Pool *pool = pool_new(1);
	Shards *shards = shards_new(arena, pool, &params, N, build, NULL);
	shards_gradients(shards, N, loss_of, &data);
	Tensor grad = tensor_clone(arena, params.items[0]->grad);
	shards_stay(shards, true);
	shards_gradients(shards, N, loss_of, &data);
	ASSERT_TENSOR_SAME(params.items[0]->grad, grad);
	Error error;
	ck_assert(shards_check_finite(shards, N, &error));
	real was = data.x.data[0];
	data.x.data[0] = (real)__builtin_nan("");
	shards_gradients(shards, N, loss_of, &data);
	ck_assert(!shards_check_finite(shards, N, &error));
	ck_assert_msg(strstr(error.text, "\"x\" (8,5) holds a nan"), "%s", error.text);
	data.x.data[0] = was;
	shards_stay(shards, false);
	shards_gradients(shards, N, loss_of, &data);
	ASSERT_TENSOR_SAME(params.items[0]->grad, grad);
	shards_free(shards);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

START_TEST(shards_infer_visits_each_once)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	build(arena, &params, NULL);
	Pool *pool = pool_new(3);
	Shards *shards = shards_new(arena, pool, &params, 16, build, NULL);
	int seen[101] = { 0 };
	shards_infer(shards, 101, SHARD_SIZE, count_each, seen);
	for (int i = 0; i < 101; i++)
		ck_assert_int_eq(seen[i], 1);
	shards_free(shards);
	pool_free(pool);
	arena_free(arena);
}
END_TEST

TEST_MAIN("shards", shards_gradient_has_same_bits_on_any_number_of_threads,
        shards_gradient_is_that_of_the_whole_batch, shards_second_batch_starts_from_zero,
        shards_table_summed_later_has_the_bits_of_one_summed_at_once,
        shards_table_with_another_user_is_summed_whole, shards_that_stay_can_be_looked_at,
        shards_infer_visits_each_once)
