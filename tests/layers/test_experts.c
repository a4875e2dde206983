/* The product of experts: Bayes' rule on a table of counts, its gradient, and experts that say
 * nothing. */
#include "autograd/ops.h"
#include "layers/experts.h"
#include "tests/support/gradient.h"

#include <math.h>

enum { EXPERTS = 2 };

/* in: logits of each expert, log prior; both experts are there. */
static Var *product(Tape *tape, const void *context)
{
	Var *const *in = context;
	int B = in[0]->value.shape[0];
	Var *there =
	        tape_constant(tape, tensor_full(tape->arena, 1, SHAPE(B, 1)), "present");
	Var *present[EXPERTS] = { there, there };
	return experts_product(tape, EXPERTS, in, present, in[EXPERTS]);
}

static Var *logs(Arena *arena, const char *name, double p, int rows)
{
	Var *v = ARENA_NEW(arena, Var);
	v->name = name; /* wants no gradient */
	v->value = rows ? tensor_new(arena, SHAPE(rows, 2)) : tensor_new(arena, SHAPE(2));
	for (size_t i = 0; i < tensor_count(v->value); i++)
		v->value.data[i] = (real)log(i % 2 ? p : 1 - p);
	return v;
}

/* Of 1000, 100 are angry. Bad words: 80 of them, 90 of the others; a loud voice: 80 and 180.
 * Were the two independent for each class, both are there in 64 and in 16.2 + 1.8 = 18. */
START_TEST(experts_product_is_bayes_rule)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *in[] = { logs(arena, "words", 80.0 / 170, 1),
		logs(arena, "voice", 80.0 / 260, 1), logs(arena, "prior", 0.1, 0) };
	Var *p = op_softmax(&tape, product(&tape, in));
	ASSERT_CLOSE(p->value.data[1], 64.0 / (64 + 18), 1e-5, 0);
	arena_free(arena);
}
END_TEST

START_TEST(experts_product_missing_ones_say_nothing)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *logits[] = { logs(arena, "words", 0.3, 3), logs(arena, "voice", 0.9, 3) };
	const real words[] = { 1, 0, 0 }, voice[] = { 0, 1, 0 };
	Var *present[] = {
		tape_constant(&tape, tensor_from(arena, words, 3, SHAPE(3, 1)), "words"),
		tape_constant(&tape, tensor_from(arena, voice, 3, SHAPE(3, 1)), "voice")
	};
	Var *y = experts_product(
	        &tape, EXPERTS, logits, present, logs(arena, "prior", 0.2, 0));
	const double expected[] = { 0.3, 0.9, 0.2 };
	Var *p = op_softmax(&tape, y);
	for (int b = 0; b < 3; b++)
		ASSERT_CLOSE(p->value.data[2 * b + 1], expected[b], 1e-5, 0);
	arena_free(arena);
}
END_TEST

START_TEST(experts_product_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "words", 1, SHAPE(3, 4)),
		random_variable(arena, "voice", 2, SHAPE(3, 4)),
		random_variable(arena, "prior", 3, SHAPE(4)) };
	ASSERT_GRADIENT(product, in, 3, in);
	arena_free(arena);
}
END_TEST

TEST_MAIN("experts", experts_product_is_bayes_rule,
        experts_product_missing_ones_say_nothing,
        experts_product_gradient_agrees_with_slopes)
