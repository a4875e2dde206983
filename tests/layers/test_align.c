/* Sequences brought onto the steps of others, by given spans and by learnt scores. */
#include "autograd/look/gradcheck.h"
#include "autograd/ops.h"
#include "layers/align.h"
#include "tensor/rng.h"
#include "tests/support/harness.h"

enum { B = 2, T = 4, U = 3, F = 2 };

static const int sound_lengths[B] = { 4, 2 }, word_lengths[B] = { 3, 1 };

typedef struct Problem {
	Var *x, *scores, *onto; /* (B,T,F) (B,U,T) (B,U,1) */
	const int *spans;       /* NULL: soft */
} Problem;

static Var *variable(
        Arena *arena, Rng *rng, const char *name, int u, int f, const int *lengths)
{
	Var *v = ARENA_NEW(arena, Var);
	v->value = tensor_zeros(arena, SHAPE(B, u, f));
	v->grad = tensor_zeros(arena, SHAPE(B, u, f));
	v->name = name;
	for (int b = 0; b < B; b++)
		for (int t = 0; t < (lengths ? lengths[b] : u); t++)
			for (int k = 0; k < f; k++)
				sequence_step(v->value, b, t)[k] = (real)rng_normal(rng);
	return v;
}

static Problem problem_new(Arena *arena, const int *spans)
{
	Rng rng = rng_new(5);
	Problem problem = { .spans = spans };
	problem.x = variable(arena, &rng, "x", T, F, sound_lengths);
	problem.scores = variable(arena, &rng, "scores", U, T, NULL);
	problem.onto = variable(arena, &rng, "onto", U, 1, word_lengths);
	return problem;
}

static Sequence aligned(Tape *tape, const Problem *problem, Var **weights)
{
	Sequence x = { problem->x, sound_lengths },
	         onto = { problem->onto, word_lengths };
	return problem->spans ? align_mean(tape, x, problem->spans, onto)
	                      : align_soft(tape, x, problem->scores, onto, weights);
}

static Var *squares(Tape *tape, const void *context)
{
	Sequence y = aligned(tape, context, NULL);
	return op_sum(tape, op_mul(tape, y.x, y.x));
}

static const int spans[] = { 0, 2, 1, 4, 3, 3, 0, 2, 0, 0, 0, 0 };

START_TEST(align_mean_is_the_mean_under_each_step)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Problem problem = problem_new(arena, spans);
	Sequence y = aligned(&tape, &problem, NULL);
	for (int f = 0; f < F; f++) {
		const real *x = sequence_step(problem.x->value, 0, 0) + f;
		ASSERT_CLOSE(
		        sequence_step(y.x->value, 0, 0)[f], (x[0] + x[F]) / 2, 1e-6, 0);
		ASSERT_CLOSE(sequence_step(y.x->value, 0, 1)[f],
		        (x[F] + x[2 * F] + x[3 * F]) / 3, 1e-6, 0);
		ASSERT_CLOSE(sequence_step(y.x->value, 0, 2)[f], 0, 0, 0);
	}
	arena_free(arena);
}
END_TEST

START_TEST(align_has_right_gradients)
{
	for (int soft = 0; soft < 2; soft++) {
		Arena *arena = arena_new("test");
		Problem problem = problem_new(arena, soft ? NULL : spans);
		Var *both[] = { problem.x, problem.scores };
		GradcheckResult result =
		        gradcheck(arena, squares, &problem, 1 + soft, both);
		ck_assert_msg(result.passed, "%s", result.text);
		arena_free(arena);
	}
}
END_TEST

/* Weights sum to 1 over the steps that are there; equal scores give the mean; padding
 * stays zero. */
START_TEST(align_soft_weighs_only_what_is_there)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Problem problem = problem_new(arena, NULL);
	Var *weights;
	Sequence y = aligned(&tape, &problem, &weights);
	for (int b = 0; b < B; b++)
		for (int j = 0; j < U; j++) {
			real sum = 0;
			for (int i = 0; i < T; i++)
				sum += sequence_step(weights->value, b, j)[i];
			ASSERT_CLOSE(sum, j < word_lengths[b], 1e-6, 0);
			for (int i = sound_lengths[b]; i < T; i++)
				ASSERT_CLOSE(
				        sequence_step(weights->value, b, j)[i], 0, 0, 0);
		}
	ASSERT_CLOSE(sequence_step(y.x->value, 1, 1)[0], 0, 0, 0);
	tensor_fill(problem.scores->value, 7);
	y = aligned(&tape, &problem, &weights);
	const real *x = sequence_step(problem.x->value, 1, 0);
	ASSERT_CLOSE(sequence_step(y.x->value, 1, 0)[0], (x[0] + x[F]) / 2, 1e-6, 0);
	arena_free(arena);
}
END_TEST

START_TEST(align_soft_scores_of_other_shape_stop)
{
	Arena *arena = arena_new("test");
	Tape tape = tape_new(arena);
	Problem problem = problem_new(arena, NULL);
	problem.scores->value = tensor_zeros(arena, SHAPE(B, T, U));
	ASSERT_STOPS("expected (batch, steps of onto, steps of x)",
	        aligned(&tape, &problem, NULL));
	arena_free(arena);
}
END_TEST

TEST_MAIN("align", align_mean_is_the_mean_under_each_step, align_has_right_gradients,
        align_soft_weighs_only_what_is_there, align_soft_scores_of_other_shape_stop)
