/* Each diagnosis, provoked by a backward that makes that mistake. */
#include "autograd/look/doctor.h"
#include "autograd/ops.h"
#include "tests/support/gradient.h"

#include <math.h>
#include <string.h>

/* The function under test, with a backward of the test's choice. */
typedef struct Subject {
	Var *a, *b;
	const Op *op;
} Subject;

/* y_ij = a_ij b_j, or a_ij b_ij: a (M,N), b (N) or (M,N) */
static Var *product(Tape *tape, const void *context)
{
	const Subject *s = context;
	Tensor y = tensor_like(tape->arena, s->a->value);
	size_t count = tensor_count(y), repeat = tensor_count(s->b->value);
	for (size_t i = 0; i < count; i++)
		y.data[i] = s->a->value.data[i] * s->b->value.data[i % repeat];
	return tape_push(HERE, tape, s->op, y, NULL, INPUTS(s->a, s->b));
}

/* y_j = sum_i a_ij / M, for the column means of a */
static Var *column_mean(Tape *tape, const void *context)
{
	const Subject *s = context;
	size_t M = (size_t)s->a->value.shape[0], N = (size_t)s->a->value.shape[1];
	Tensor y = tensor_zeros(tape->arena, SHAPE((int)N));
	for (size_t i = 0; i < M * N; i++)
		y.data[i % N] += s->a->value.data[i] / (real)M;
	return tape_push(HERE, tape, s->op, y, NULL, INPUTS(s->a));
}

static Diagnosis diagnose(Arena *arena, GradcheckFunction *function, const Subject *s)
{
	Var *in[] = { s->a, s->b };
	int count = s->b ? 2 : 1;
	GradcheckResult result = gradcheck(arena, function, s, count, in);
	return doctor_diagnose(arena, function, s, count, in, &result);
}

/* da_ij += factor dy_ij b_j; db_j += factor sum_i dy_ij a_ij */
static void scaled_backward(const Node *node, real factor)
{
	Var *a = node->in[0], *b = node->in[1];
	size_t count = tensor_count(a->value), repeat = tensor_count(b->value);
	for (size_t i = 0; i < count; i++) {
		real dy = factor * node->out->grad.data[i];
		if (a->grad.data)
			a->grad.data[i] += dy * b->value.data[i % repeat];
		if (b->grad.data)
			b->grad.data[i % repeat] += dy * a->value.data[i];
	}
}

static void right_backward(const Node *node)
{
	scaled_backward(node, 1);
}

static void negative_backward(const Node *node)
{
	scaled_backward(node, -1);
}

static void double_backward(const Node *node)
{
	scaled_backward(node, 2);
}

static void half_backward(const Node *node)
{
	scaled_backward(node, (real)0.5);
}

static void odd_backward(const Node *node)
{
	scaled_backward(node, (real)1.37);
}

static void silent_backward(const Node *node)
{
	(void)node;
}

static void overwriting_backward(const Node *node)
{
	for (int i = 0; i < 2; i++)
		if (node->in[i]->grad.data)
			tensor_fill(node->in[i]->grad, 0);
	right_backward(node);
}

static void nan_backward(const Node *node)
{
	right_backward(node);
	node->in[0]->grad.data[2] = (real)NAN;
}

static Subject subject(Arena *arena, const Op *op)
{
	return (Subject){ random_variable(arena, "a", 1, SHAPE(3, 4)),
		random_variable(arena, "b", 2, SHAPE(4)), op };
}

START_TEST(doctor_says_nothing_of_a_right_gradient)
{
	Arena *arena = arena_new("test");
	const Op op = { .name = "right", .backward = right_backward };
	Subject s = subject(arena, &op);
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_ptr_null(d.mistake);
	ck_assert_str_eq(d.text, "");
	arena_free(arena);
}
END_TEST

START_TEST(doctor_names_factors_and_signs)
{
	Arena *arena = arena_new("test");
	const struct {
		void (*backward)(const Node *node);
		const char *mistake, *text;
	} cases[] = {
		{ negative_backward, "sign", "Every element is -1 times" },
		{ double_backward, "factor 2", "a factor 2 too many" },
		{ half_backward, "factor 2", "a factor 2 missing" },
		{ odd_backward, "constant factor", "Every element is 1.37" },
		{ silent_backward, "nothing", "nothing arrives here" },
		{ overwriting_backward, "overwritten", "write += where" },
		{ nan_backward, "not a number", "makes a NaN" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const Op op = { .name = "wrong", .backward = cases[i].backward };
		Subject s = subject(arena, &op);
		Diagnosis d = diagnose(arena, product, &s);
		ck_assert_str_eq(d.mistake, cases[i].mistake);
		ASSERT_CONTAINS(d.text, "gradient of \"");
		ASSERT_CONTAINS(d.text, ".\nLikely mistake: ");
		ASSERT_CONTAINS(d.text, cases[i].text);
	}
	arena_free(arena);
}
END_TEST

/* x x with `=`: only the last of two contributions survives, so the slopes are wrong
 * too. */
START_TEST(doctor_finds_the_lost_half_of_a_var_used_twice)
{
	Arena *arena = arena_new("test");
	const Op op = { .name = "wrong", .backward = overwriting_backward };
	Var *x = random_variable(arena, "x", 1, SHAPE(2, 2));
	Subject s = { x, x, &op };
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "overwritten");
	arena_free(arena);
}
END_TEST

static void mean_backward(const Node *node, real factor)
{
	Var *a = node->in[0];
	size_t N = tensor_count(node->out->value), count = tensor_count(a->value);
	for (size_t i = 0; i < count; i++)
		a->grad.data[i] += factor * node->out->grad.data[i % N];
}

static void undivided_backward(const Node *node)
{
	mean_backward(node, 1);
}

static void twice_divided_backward(const Node *node)
{
	mean_backward(node, (real)(1.0 / 49));
}

START_TEST(doctor_names_n_that_was_or_was_not_divided_by)
{
	Arena *arena = arena_new("test");
	Var *a = random_variable(arena, "a", 1, SHAPE(7, 3));
	const Op undivided = { .name = "undivided", .backward = undivided_backward };
	Diagnosis d = diagnose(arena, column_mean, &(Subject){ a, NULL, &undivided });
	ck_assert_str_eq(d.mistake, "times n");
	ASSERT_CONTAINS(d.text, "7 times too large, and 7 is dimension 0 of \"a\" (7,3)");

	const Op twice = { .name = "twice", .backward = twice_divided_backward };
	d = diagnose(arena, column_mean, &(Subject){ a, NULL, &twice });
	ck_assert_str_eq(d.mistake, "divided by n");
	ASSERT_CONTAINS(d.text, "7 times too small, and 7 is dimension 0 of \"a\" (7,3)");
	arena_free(arena);
}
END_TEST

/* dw = x' dy of a matrix product, stored the wrong way round. */
static void transposed_backward(const Node *node)
{
	Var *x = node->in[0], *w = node->in[1];
	int M = x->value.shape[0], K = x->value.shape[1], N = w->value.shape[1];
	for (int i = 0; i < M; i++)
		for (int k = 0; k < K; k++)
			for (int j = 0; j < N; j++)
				w->grad.data[j * K + k] +=
				        x->value.data[i * K + k] *
				        node->out->grad.data[i * N + j];
}

static Var *matmul(Tape *tape, const void *context)
{
	const Subject *s = context;
	Var *y = op_matmul(tape, s->a, s->b);
	if (y->node)
		y->node->op = s->op;
	return y;
}

START_TEST(doctor_sees_a_transposed_gradient)
{
	Arena *arena = arena_new("test");
	const Op op = { .name = "wrong", .backward = transposed_backward };
	for (int N = 3; N < 5; N++) { /* square, and not */
		Subject s = { random_constant(arena, "x", 1, SHAPE(2, 3)),
			random_variable(arena, "w", 2, SHAPE(3, N)), &op };
		Diagnosis d = diagnose(arena, matmul, &s);
		ck_assert_str_eq(d.mistake, "transposed");
		ASSERT_CONTAINS(d.text, "Element (i,j) holds what belongs to (j,i)");
	}
	arena_free(arena);
}
END_TEST

static void first_row_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	size_t repeat = tensor_count(b->value);
	for (size_t j = 0; j < repeat; j++)
		b->grad.data[j] += node->out->grad.data[j] * a->value.data[j];
}

static void last_row_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	size_t count = tensor_count(a->value), repeat = tensor_count(b->value);
	for (size_t i = count - repeat; i < count; i++)
		b->grad.data[i % repeat] += node->out->grad.data[i] * a->value.data[i];
}

START_TEST(doctor_sees_a_broadcast_axis_not_summed)
{
	Arena *arena = arena_new("test");
	const Op first = { .name = "first", .backward = first_row_backward },
	         last = { .name = "last", .backward = last_row_backward };
	Subject s = { random_constant(arena, "a", 1, SHAPE(3, 4)),
		random_variable(arena, "b", 2, SHAPE(4)), &first };
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "not summed");
	ASSERT_CONTAINS(d.text, "the gradient of row 0 along axis 0 alone arrives");
	s.op = &last;
	d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "not summed");
	ASSERT_CONTAINS(d.text, "the gradient of row 2 along axis 0 alone arrives");
	s.b = random_variable(arena, "b", 3, SHAPE(1));
	d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "not summed");
	ASSERT_CONTAINS(d.text, "the gradient of its last copy alone arrives");
	s.op = &first;
	d = diagnose(arena, product, &s);
	ASSERT_CONTAINS(d.text, "the gradient of its first copy alone arrives");
	arena_free(arena);
}
END_TEST

/* The local derivative, without dy; and dy, without the local derivative. */
static void unchained_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	size_t repeat = tensor_count(b->value);
	for (size_t i = 0; i < tensor_count(a->value); i++)
		a->grad.data[i] += b->value.data[i % repeat];
}

static void passing_backward(const Node *node)
{
	Var *a = node->in[0];
	for (size_t i = 0; i < tensor_count(a->value); i++)
		a->grad.data[i] += node->out->grad.data[i];
}

START_TEST(doctor_sees_a_missing_chain_factor)
{
	Arena *arena = arena_new("test");
	const Op op = { .name = "unchained", .backward = unchained_backward };
	Subject s = { random_variable(arena, "a", 1, SHAPE(3, 4)),
		random_constant(arena, "b", 2, SHAPE(4)), &op };
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "chain factor");
	ASSERT_CONTAINS(d.text, "not multiplied by the gradient of the output");

	/* For a scalar dy is 1, and the slopes are right: the second backward tells. */
	s.a = random_variable(arena, "a", 1, SHAPE(1));
	s.b = random_constant(arena, "b", 2, SHAPE(1));
	d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "chain factor");
	ASSERT_CONTAINS(d.text, "a second backward, of 3 times the output, left");

	const Op passing = { .name = "passing", .backward = passing_backward };
	Subject t = { random_variable(arena, "a", 1, SHAPE(3, 4)),
		random_constant(arena, "b", 2, SHAPE(4)), &passing };
	d = diagnose(arena, product, &t);
	ck_assert_str_eq(d.mistake, "local derivative");
	arena_free(arena);
}
END_TEST

static void swapping_backward(const Node *node)
{
	Var *a = node->in[0], *b = node->in[1];
	for (size_t i = 0; i < tensor_count(a->value); i++) {
		a->grad.data[i] += node->out->grad.data[i] * a->value.data[i];
		b->grad.data[i] += node->out->grad.data[i] * b->value.data[i];
	}
}

START_TEST(doctor_sees_swapped_inputs)
{
	Arena *arena = arena_new("test");
	const Op op = { .name = "swapping", .backward = swapping_backward };
	Subject s = { random_variable(arena, "a", 1, SHAPE(3, 2)),
		random_variable(arena, "b", 2, SHAPE(3, 2)), &op };
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "swapped inputs");
	ck_assert(strstr(d.text, "this is the gradient of \"b\"") ||
	          strstr(d.text, "this is the gradient of \"a\""));
	arena_free(arena);
}
END_TEST

static void edge_backward(const Node *node)
{
	Var *a = node->in[0];
	right_backward(node);
	a->grad.data[tensor_count(a->value) - 1] = 0;
}

static void random_backward(const Node *node)
{
	Var *a = node->in[0];
	for (size_t i = 0; i < tensor_count(a->value); i++)
		a->grad.data[i] += node->out->grad.data[i] * (real)(i * i + 3);
}

START_TEST(doctor_says_where_the_wrong_part_lies_or_that_it_does_not_know)
{
	Arena *arena = arena_new("test");
	const Op edge = { .name = "edge", .backward = edge_backward },
	         noise = { .name = "noise", .backward = random_backward };
	Subject s = { random_variable(arena, "a", 1, SHAPE(3, 4)),
		random_constant(arena, "b", 2, SHAPE(4)), &edge };
	Diagnosis d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "one part");
	ASSERT_CONTAINS(
	        d.text, "1 of its 12 elements are wrong, from \"a\"[2,3] to \"a\"[2,3]");
	s.op = &noise;
	d = diagnose(arena, product, &s);
	ck_assert_str_eq(d.mistake, "unknown");
	arena_free(arena);
}
END_TEST

TEST_MAIN("doctor", doctor_says_nothing_of_a_right_gradient,
        doctor_names_factors_and_signs, doctor_finds_the_lost_half_of_a_var_used_twice,
        doctor_names_n_that_was_or_was_not_divided_by, doctor_sees_a_transposed_gradient,
        doctor_sees_a_broadcast_axis_not_summed, doctor_sees_a_missing_chain_factor,
        doctor_sees_swapped_inputs,
        doctor_says_where_the_wrong_part_lies_or_that_it_does_not_know)
