#include "autograd/ops.h"
#include "layers/embedding.h"
#include "layers/linear.h"
#include "optim/adam.h"
#include "tests/support/gradient.h"

/* As in tests/golden/make_layers.py. */
static const int ids[] = { 1, 4, 0, 4, 2, 3, 0, 0, 0, 0, 2, 1, 1, 0, 0 };
static const int lengths[] = { 5, 1, 3 };

/* in: weight, whose row 0 is padding */
static Var *with_padding(Tape *tape, const void *context)
{
	Var *const *in = context;
	Embedding e = { .weight = in[0], .padding = 0 };
	return embedding_forward(&e, tape, ids, 3, 5, lengths).x;
}

static Var *without_padding(Tape *tape, const void *context)
{
	Var *const *in = context;
	Embedding e = { .weight = in[0], .padding = EMBEDDING_NO_PADDING };
	return embedding_forward(&e, tape, ids, 3, 5, lengths).x;
}

/* Ids 2 1 2 of a table [0 0; 1 2; 3 4]; the third step is beyond the length. dy = [1
 * 2; 3 4; 5 6]. */
START_TEST(embedding_by_hand_gives_value_and_gradient)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	real numbers[] = { 0, 0, 1, 2, 3, 4 };
	Var *weight = tape_variable(&tape, tensor_view(numbers, SHAPE(3, 2)), "w");
	Embedding e = { .weight = weight, .padding = 0 };
	const int some[] = { 2, 1, 2 }, two[] = { 2 };
	Var *y = embedding_forward(&e, &tape, some, 1, 3, two).x;
	real expected[] = { 3, 4, 1, 2, 0, 0 };
	ASSERT_TENSOR_SAME(y->value, tensor_view(expected, SHAPE(1, 3, 2)));

	real dy[] = { 1, 2, 3, 4, 5, 6 };
	y->grad.data = dy;
	y->node->op->backward(y->node);
	real dw[] = { 0, 0, 3, 4, 1, 2 };
	ASSERT_TENSOR_SAME(weight->grad, tensor_view(dw, SHAPE(3, 2)));
	arena_free(arena);
}
END_TEST

START_TEST(embedding_gradient_agrees_with_slopes)
{
	Arena *arena = arena_new("test");
	Var *in[] = { random_variable(arena, "weight", 1, SHAPE(6, 3)) };
	ASSERT_GRADIENT(without_padding, in, 1, in);
	arena_free(arena);
}
END_TEST

START_TEST(embedding_padding_agrees_with_pytorch)
{
	ASSERT_AGREES(with_padding, "layers.txt", "embedding", 1);
}
END_TEST

/* What stands after a length is not even looked at. */
START_TEST(embedding_alone_or_padded_gives_same_bits)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Var *weight = random_variable(arena, "weight", 1, SHAPE(5, 3));
	Embedding e = { .weight = weight, .padding = 0 };
	const int padded[] = { 3, 1, 99, -7 }, two[] = { 2 };
	Tensor y = embedding_forward(&e, &tape, padded, 1, 4, two).x->value;
	Tensor alone = embedding_forward(&e, &tape, padded, 1, 2, two).x->value;
	y = tensor_row(y, 0);
	ASSERT_TENSOR_SAME(tensor_slice(y, 0, 2), tensor_row(alone, 0));
	ASSERT_TENSOR_SAME(tensor_slice(y, 2, 4), tensor_zeros(arena, SHAPE(2, 3)));
	arena_free(arena);
}
END_TEST

START_TEST(embedding_new_is_normal_with_zero_padding)
{
	enum { V = 1000, E = 20 };
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Embedding e = embedding_new(&params, "words", V, E, 3, &rng);
	ck_assert_str_eq(e.weight->name, "words.weight");
	double mean = 0, square = 0;
	for (int i = 0; i < V * E; i++) {
		double w = (double)e.weight->value.data[i];
		mean += w / (V * E);
		square += w * w / (V * E);
	}
	ASSERT_CLOSE(mean, 0, 0.03, 0);
	ASSERT_CLOSE(square, 1, 0.03, 0);
	Tensor row = tensor_row(e.weight->value, 3);
	ASSERT_TENSOR_SAME(row, tensor_zeros(arena, SHAPE(E)));

	Params replica = params_replica(arena, &params);
	Embedding same = embedding_new(&replica, "words", V, E, 3, &rng);
	ck_assert_ptr_eq(same.weight->value.data, e.weight->value.data);
	arena_free(arena);
}
END_TEST

/* Vectors from elsewhere, kept as they are: the rest of the model learns, they do not. */
START_TEST(embedding_frozen_initial_vectors_stay)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Embedding e = embedding_new(&params, "text.embedding", 5, 3, 0, &rng);
	Linear fc = linear_new(&params, "fc", 3, 2, &rng);
	Tensor vectors = random_constant(arena, "vectors", 1, SHAPE(5, 3))->value;
	tensor_copy(e.weight->value, vectors);
	params_freeze(&params, "text.embedding");
	ck_assert_ptr_null(e.weight->grad.data);
	Adam adam = adam_new(arena, &params, 0.1);
	Tensor fc_before = tensor_clone(arena, fc.weight->value);
	Sequence words = embedding_forward(&e, &tape, ids, 3, 5, lengths);
	ck_assert_int_eq(tape.nodes, 0); /* nothing to go back through */
	ASSERT_TENSOR_SAME(
	        tensor_row(tensor_row(words.x->value, 0), 1), tensor_row(vectors, 4));
	Var *y = linear_forward(&fc, &tape, words.x);
	tape_backward(&tape, op_sum(&tape, op_mul(&tape, y, y)));
	adam_step(&adam);
	ASSERT_TENSOR_SAME(e.weight->value, vectors);
	ck_assert(fc.weight->value.data[0] != fc_before.data[0]);
	arena_free(arena);
}
END_TEST

START_TEST(embedding_wrong_ids_lengths_or_sizes_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Params params = params_new(arena);
	Rng rng = rng_new(1);
	Embedding e = embedding_new(&params, "words", 5, 3, 0, &rng);
	const int bad[] = { 1, 2, 5, 0 }, low[] = { 1, -1, 0, 0 }, two[] = { 2, 1 };
	const int none[] = { 2, 0 }, many[] = { 3, 1 };
	ASSERT_STOPS("embedding_forward at tests/layers/test_embedding.c:",
	        embedding_forward(&e, &tape, bad, 2, 2, two));
	ASSERT_STOPS(
	        "id 5 of utterance 1, step 0 is not in weight \"words.weight\" (5,3): expected 0 to 4. Hint: the vocabulary",
	        embedding_forward(&e, &tape, bad, 2, 2, two));
	ASSERT_STOPS("id -1 of utterance 0, step 1",
	        embedding_forward(&e, &tape, low, 2, 2, two));
	ASSERT_STOPS("lengths[1] is 0, expected 1 to 2",
	        embedding_forward(&e, &tape, ids, 2, 2, none));
	ASSERT_STOPS("lengths[0] is 3, expected 1 to 2",
	        embedding_forward(&e, &tape, ids, 2, 2, many));
	ASSERT_STOPS("\"w\" of 0 ids, 3 wide: both must be at least 1",
	        embedding_new(&params, "w", 0, 3, 0, &rng));
	ASSERT_STOPS("\"w\": padding id 5, expected 0 to 4 or EMBEDDING_NO_PADDING",
	        embedding_new(&params, "w", 5, 3, 5, &rng));
	arena_free(arena);
}
END_TEST

TEST_MAIN("embedding", embedding_by_hand_gives_value_and_gradient,
        embedding_gradient_agrees_with_slopes, embedding_padding_agrees_with_pytorch,
        embedding_alone_or_padded_gives_same_bits,
        embedding_new_is_normal_with_zero_padding, embedding_frozen_initial_vectors_stay,
        embedding_wrong_ids_lengths_or_sizes_stop)
