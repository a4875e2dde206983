/* A weight as a file holds it, behind the layers that read one. */
#include "autograd/fast/stored.h"
#include "autograd/ops.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "tests/support/gradient.h"

#include <string.h>

enum { IN = 64, OUT = 5 };

/* The same weight twice: stored in Q8_0, and as the numbers that it stands for. */
typedef struct Twins {
	Arena *arena;
	Var stored, plain, bias;
} Twins;

static Twins twins_new(void)
{
	Twins t = { .arena = arena_new("test") };
	const BlockLayout *layout = block_layout_find(8);
	size_t size = OUT * (IN / 32) * 34;
	unsigned char *data = arena_alloc(t.arena, size);
	for (size_t i = 0; i < size; i++)
		data[i] = (unsigned char)(i * 37 % 251);
	for (size_t b = 0; b < size; b += 34)
		memcpy(data + b, "\x07\x20", 2); /* a scale of about 2^-7 */
	t.plain.value = tensor_new(t.arena, SHAPE(OUT, IN));
	layout->unpack(t.plain.value.data, data, size / 34);
	t.stored.value = t.plain.value;
	t.stored.name = t.plain.name = "w";
	stored_set(t.arena, &t.stored, (Quantised){ layout, data, OUT, IN });
	t.bias.value = tensor_full(t.arena, (real)0.5, SHAPE(OUT));
	return t;
}

START_TEST(linear_with_a_stored_weight_gives_the_same_bits)
{
	Twins t = twins_new();
	Tape tape = tape_new(arena_child(t.arena, "tape"));
	Var *x = random_variable(t.arena, "x", 1, SHAPE(3, IN));
	Tensor dx[2], y[2];
	for (int i = 0; i < 2; i++) {
		Linear linear = { i ? &t.plain : &t.stored, &t.bias };
		tensor_fill(x->grad, 0);
		Var *out = linear_forward(&linear, &tape, x);
		y[i] = tensor_clone(t.arena, out->value);
		tape_backward(&tape, op_sum(&tape, op_mul(&tape, out, out)));
		dx[i] = tensor_clone(t.arena, x->grad);
	}
	ASSERT_TENSOR_SAME(y[0], y[1]);
	ASSERT_TENSOR_SAME(dx[0], dx[1]);
	ck_assert(dx[0].data[0] != 0);
	arena_free(t.arena);
}
END_TEST

START_TEST(embedding_with_a_stored_table_gives_the_same_bits)
{
	Twins t = twins_new();
	Tape tape = tape_new(arena_child(t.arena, "tape"));
	int ids[] = { 4, 0, 2, 4 }, lengths[] = { 2, 2 };
	Embedding stored = { &t.stored, EMBEDDING_NO_PADDING };
	Embedding plain = { &t.plain, EMBEDDING_NO_PADDING };
	Sequence a = embedding_forward(&stored, &tape, ids, 2, 2, lengths);
	Sequence b = embedding_forward(&plain, &tape, ids, 2, 2, lengths);
	ASSERT_TENSOR_SAME(a.x->value, b.x->value);
	ck_assert(!a.x->node);
	arena_free(t.arena);
}
END_TEST

/* Threads that share a product change no bit; one row alone has another order of sums
 * where that is allowed, and nowhere else. */
START_TEST(linear_of_a_team_gives_the_same_bits_but_for_one_row)
{
	Twins t = twins_new();
	Pool *pool = pool_new(3);
	Team *team = team_new(t.arena, pool);
	Var *x = random_constant(t.arena, "x", 1, SHAPE(3, IN));
	Var *row = random_constant(t.arena, "x", 2, SHAPE(1, IN));
	for (int i = 0; i < 2; i++) {
		Linear linear = { i ? &t.plain : &t.stored, &t.bias };
		Tape alone = tape_new(arena_child(t.arena, "alone")), shared = alone;
		alone.recording = shared.recording = false;
		shared.team = team;
		team->one_row = false;
		ASSERT_TENSOR_SAME(linear_forward(&linear, &shared, x)->value,
		        linear_forward(&linear, &alone, x)->value);
		ASSERT_TENSOR_SAME(linear_forward(&linear, &shared, row)->value,
		        linear_forward(&linear, &alone, row)->value);
		team->one_row = true;
		ASSERT_TENSOR_SAME(linear_forward(&linear, &shared, x)->value,
		        linear_forward(&linear, &alone, x)->value);
		ASSERT_TENSOR_CLOSE(linear_forward(&linear, &shared, row)->value,
		        linear_forward(&linear, &alone, row)->value, 1e-5, 1e-5);
	}
	pool_free(pool);
	arena_free(t.arena);
}
END_TEST

START_TEST(stored_set_of_another_shape_stops)
{
	Twins t = twins_new();
	Var x = { .value = tensor_new(t.arena, SHAPE(OUT, IN - 1)), .name = "w" };
	Quantised matrix = t.stored.stored->matrix;
	ASSERT_STOPS(
	        "x \"w\" (5,63) is stored as (5,64)", stored_set(t.arena, &x, matrix));
	arena_free(t.arena);
}
END_TEST

TEST_MAIN("stored", linear_with_a_stored_weight_gives_the_same_bits,
        embedding_with_a_stored_table_gives_the_same_bits,
        linear_of_a_team_gives_the_same_bits_but_for_one_row,
        stored_set_of_another_shape_stops)
