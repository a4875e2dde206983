#include "autograd/fast/reuse.h"
#include "autograd/ops.h"
#include "tensor/arena_peak.h"
#include "tests/support/gradient.h"

#include <string.h>

/* y = x^2 + 3x at x = 2: 10, and dy/dx = 2x + 3 = 7. */
START_TEST(backward_of_a_polynomial_gives_its_slope)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 2, SCALAR), "x");
	Var *y = op_add(&tape, op_mul(&tape, x, x), op_scale(&tape, x, 3));
	ck_assert_int_eq(tape.nodes, 3);
	ASSERT_CLOSE(y->value.data[0], 10, 0, 0);
	tape_backward(&tape, y);
	ASSERT_CLOSE(x->grad.data[0], 7, 0, 0);
	arena_free(arena);
}
END_TEST

/* Two losses on one tape: leaves add up, what lies between is made anew. */
START_TEST(backward_twice_adds_into_leaves_only)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 2, SCALAR), "x");
	Var *square = op_mul(&tape, x, x);
	Var *first = op_scale(&tape, square, 10), *second = op_scale(&tape, square, 100);
	tape_backward(&tape, first);
	ASSERT_CLOSE(square->grad.data[0], 10, 0, 0);
	ASSERT_CLOSE(x->grad.data[0], 40, 0, 0);
	tape_backward(&tape, second);
	ASSERT_CLOSE(square->grad.data[0], 100, 0, 0);
	ASSERT_CLOSE(x->grad.data[0], 440, 0, 0);
	arena_free(arena);
}
END_TEST

static int calls;

static void counting_backward(const Node *node)
{
	calls++;
	node->in[0]->grad.data[0] += node->out->grad.data[0];
}

static const Op counting_op = { .name = "counting", .backward = counting_backward };

START_TEST(backward_skips_what_does_not_lead_to_the_loss)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 2, SCALAR), "x");
	Var *aside = tape_push(HERE, &tape, &counting_op, tensor_full(arena, 5, SCALAR),
	        NULL, INPUTS(x));
	Var *loss = op_scale(&tape, x, 3);
	Var *after = op_scale(&tape, loss, 4);
	calls = 0;
	tape_backward(&tape, loss);
	ck_assert_int_eq(calls, 0);
	ASSERT_CLOSE(aside->grad.data[0], 0, 0, 0);
	ASSERT_CLOSE(after->grad.data[0], 0, 0, 0);
	ASSERT_CLOSE(x->grad.data[0], 3, 0, 0);
	arena_free(arena);
}
END_TEST

START_TEST(backward_of_a_leaf_is_one)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = tape_variable(&tape, tensor_full(arena, 2, SCALAR), "x");
	tape_backward(&tape, x);
	ASSERT_CLOSE(x->grad.data[0], 1, 0, 0);
	tape_backward(&tape, x);
	ASSERT_CLOSE(x->grad.data[0], 2, 0, 0); /* a leaf's gradient is added to */
	arena_free(arena);
}
END_TEST

/* No recursion, so nothing to overflow. Where every allocation is its own malloc,
 * fewer nodes. */
START_TEST(backward_of_a_million_nodes_works)
{
#ifdef ARENA_DEBUG
	enum { NODES = 50000 };
#else
	enum { NODES = 1000000 };
#endif
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	Var *x = random_variable(leaves, "x", 1, SCALAR);
	Var *y = x;
	for (int i = 0; i < NODES; i++)
		y = op_add(&tape, y, x);
	ck_assert_int_eq(tape.nodes, NODES);
	tape_backward(&tape, y);
	ASSERT_CLOSE(x->grad.data[0], NODES + 1, 0, 0);
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(tape_not_recording_makes_no_nodes_and_no_gradients)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	tape.recording = false;
	Var *x = random_variable(leaves, "x", 1, SHAPE(8, 8));
	size_t peak = 0;
	for (int call = 0; call < 3; call++) {
		Var *y = op_tanh(&tape, op_matmul(&tape, x, x));
		ck_assert_int_eq(tape.nodes, 0);
		ck_assert_ptr_null(tape.last);
		ck_assert_ptr_null(y->grad.data);
		ck_assert_ptr_null(y->node);
		ASSERT_STOPS(
		        "wants no gradient: nothing it was made from does, or the tape was not recording",
		        tape_backward(&tape, op_sum(&tape, y)));
		tape_reset(&tape);
		ck_assert(!call || arena_peak(arena) == peak); /* the same memory again */
		peak = arena_peak(arena);
	}
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(tape_constants_make_no_nodes)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_constant(arena, "x", 1, SHAPE(2, 2));
	Var *y = op_matmul(&tape, x, x);
	ck_assert_int_eq(tape.nodes, 0);
	ck_assert_ptr_null(y->grad.data);
	arena_free(arena);
}
END_TEST

START_TEST(tape_reset_gives_the_memory_back)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Tape tape = tape_new(arena);
	Var *x = random_variable(leaves, "x", 1, SHAPE(100));
	tape_backward(&tape, op_sum(&tape, op_exp(&tape, x)));
	ck_assert_uint_gt(arena_live(arena), 0);
	tape_reset(&tape);
	ck_assert_uint_eq(arena_live(arena), 0);
	ck_assert_int_eq(tape.nodes, 0);
	ck_assert_ptr_null(tape.last);
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

/* sum of tanh(x w) y, y = tanh(x): y has several users, one of which the loss does not
 * reach. */
static Var *several_uses(Tape *tape, Var *x, Var *w)
{
	Var *y = op_tanh(tape, x);
	op_exp(tape, y); /* leads nowhere */
	Var *z = op_mul(tape, op_tanh(tape, op_matmul(tape, y, w)), y);
	return op_sum(tape, op_add(tape, z, op_matmul(tape, z, w)));
}

START_TEST(tape_that_reuses_memory_gives_leaves_the_same_gradients)
{
	Arena *arena = arena_new("test"), *leaves = arena_new("leaves");
	Var *x[2], *w[2];
	size_t live[2];
	for (int reusing = 0; reusing < 2; reusing++) {
		Tape tape = tape_new(arena);
		tape.reuse = reusing ? reuse_new(leaves) : NULL;
		x[reusing] = random_variable(leaves, "x", 1, SHAPE(20, 20));
		w[reusing] = random_variable(leaves, "w", 2, SHAPE(20, 20));
		for (int step = 0; step < 2; step++) {
			Var *loss = several_uses(&tape, x[reusing], w[reusing]);
			tape_backward(&tape, loss);
			ck_assert_int_eq(loss->grad.data == NULL, reusing);
			tape_backward(&tape, loss); /* adds the same once more */
			live[reusing] = arena_live(arena);
			tape_reset(&tape);
		}
	}
	ck_assert(w[0]->grad.data[0] != 0);
	ASSERT_TENSOR_SAME(w[1]->grad, w[0]->grad);
	ASSERT_TENSOR_SAME(x[1]->grad, x[0]->grad);
	ck_assert_uint_lt(live[1] + 2 * 400 * sizeof(real), live[0]);
	arena_free(arena);
	arena_free(leaves);
}
END_TEST

START_TEST(backward_of_an_array_stops)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "logits", 1, SHAPE(2, 3));
	ASSERT_STOPS(
	        "tape_backward at tests/autograd/test_tape.c:", tape_backward(&tape, x));
	ASSERT_STOPS("loss \"logits\" (2,3): expected a scalar. Hint: reduce it first",
	        tape_backward(&tape, x));
	ASSERT_STOPS("loss is NULL", tape_backward(&tape, NULL));
	arena_free(arena);
}
END_TEST

/* The message ends in the last four nodes, the last one first, each with its shape and
 * line. */
START_TEST(stop_names_the_nodes_before_it)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 3));
	Var *y = op_exp(&tape, x);
	for (int i = 0; i < 3; i++)
		y = op_relu(&tape, y);
	int line = __LINE__ + 1;
	y = op_tanh(&tape, y);
	char expected[128];
	snprintf(expected, sizeof expected,
	        "\nBefore it on the tape, last first:\n  op_tanh (2,3) at tests/autograd/test_tape.c:%d\n  op_relu (2,3) at ",
	        line);
	ASSERT_STOPS(expected, op_matmul(&tape, y, y));
	arena_free(arena);
}
END_TEST

START_TEST(var_text_says_role_name_and_shape)
{
	Arena *arena = arena_new("test");
	Var *x = random_variable(arena, "text.pooled", 1, SHAPE(16, 128));
	ck_assert_str_eq(var_text("x", x).text, "x \"text.pooled\" (16,128)");
	x->name = NULL;
	ck_assert_str_eq(var_text("x", x).text, "x (16,128)");
	ck_assert_str_eq(var_text("x", NULL).text, "x NULL");

	char name[400];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	x->name = name; /* cut, and not written past the end */
	ck_assert_uint_lt(strlen(var_text("x", x).text), sizeof(VarText));
	arena_free(arena);
}
END_TEST

TEST_MAIN("tape", backward_of_a_polynomial_gives_its_slope,
        backward_twice_adds_into_leaves_only,
        backward_skips_what_does_not_lead_to_the_loss, backward_of_a_leaf_is_one,
        backward_of_a_million_nodes_works,
        tape_not_recording_makes_no_nodes_and_no_gradients, tape_constants_make_no_nodes,
        tape_reset_gives_the_memory_back,
        tape_that_reuses_memory_gives_leaves_the_same_gradients,
        backward_of_an_array_stops, stop_names_the_nodes_before_it,
        var_text_says_role_name_and_shape)
