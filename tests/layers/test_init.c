#include "layers/init.h"
#include "tests/support/harness.h"

#include <math.h>

typedef void Init(Site site, const Params *params, Var *weight, Rng *rng);

static void moments(Tensor x, double *mean, double *variance, double *largest)
{
	size_t count = tensor_count(x);
	*mean = *variance = *largest = 0;
	for (size_t i = 0; i < count; i++) {
		double x_i = (double)x.data[i];
		*mean += x_i / (double)count;
		*variance += x_i * x_i / (double)count;
		*largest = fmax(*largest, fabs(x_i));
	}
}

/* A weight (40,30,5): fan_in 150, fan_out 200. */
START_TEST(init_has_the_variance_of_its_fans)
{
	static const struct {
		Init *init;
		double variance;
		bool uniform;
	} cases[] = {
		{ init_xavier_uniform_at, 2.0 / 350, true },
		{ init_xavier_normal_at, 2.0 / 350, false },
		{ init_he_uniform_at, 2.0 / 150, true },
		{ init_he_normal_at, 2.0 / 150, false },
	};
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = params_add(&params, "conv", "weight", SHAPE(40, 30, 5));
	Rng rng = rng_new(1);
	for (int i = 0; i < 4; i++) {
		double mean, variance, largest;
		cases[i].init(HERE, &params, weight, &rng);
		moments(weight->value, &mean, &variance, &largest);
		ASSERT_CLOSE(mean, 0, 0.05 * sqrt(cases[i].variance), 0);
		ASSERT_CLOSE(variance, cases[i].variance, 0, 0.05);
		double bound = sqrt(3 * cases[i].variance);
		ck_assert(cases[i].uniform == (largest <= bound));
	}
	arena_free(arena);
}
END_TEST

static void check_orthogonal(Tensor w, real gain)
{
	int out = w.shape[0], rest = (int)(tensor_count(w) / (size_t)out);
	int few = out < rest ? out : rest, many = out < rest ? rest : out;
	for (int r = 0; r < few; r++)
		for (int s = 0; s < few; s++) {
			double sum = 0;
			for (int c = 0; c < many; c++)
				sum += (double)(out < rest
				                        ? w.data[r * rest + c] *
				                                  w.data[s * rest + c]
				                        : w.data[c * rest + r] *
				                                  w.data[c * rest + s]);
			ASSERT_CLOSE(sum, r == s ? (double)(gain * gain) : 0, 1e-5, 0);
		}
}

START_TEST(init_orthogonal_is_a_rotation_times_gain)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *square = params_add(&params, NULL, "square", SHAPE(33, 33));
	Var *wide = params_add(&params, NULL, "wide", SHAPE(5, 3, 7));
	Var *tall = params_add(&params, NULL, "tall", SHAPE(40, 8));
	Rng rng = rng_new(1);
	init_orthogonal(&params, square, 1, &rng);
	init_orthogonal(&params, wide, 2, &rng);
	init_orthogonal(&params, tall, 1, &rng);
	check_orthogonal(square->value, 1);
	check_orthogonal(wide->value, 2);
	check_orthogonal(tall->value, 1);
	double mean, variance, largest;
	moments(square->value, &mean, &variance, &largest);
	ASSERT_CLOSE(mean, 0, 0.02, 0); /* no favourite direction */
	arena_free(arena);
}
END_TEST

START_TEST(init_on_a_replica_draws_nothing)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *weight = params_add(&params, NULL, "w", SHAPE(3, 3));
	Params replica = params_replica(arena, &params);
	Var *shared = params_add(&replica, NULL, "w", SHAPE(3, 3));
	Rng rng = rng_new(1);
	init_he_normal(&replica, shared, &rng);
	init_orthogonal(&replica, shared, 1, &rng);
	ASSERT_TENSOR_SAME(weight->value, tensor_zeros(arena, SHAPE(3, 3)));
	ck_assert_uint_eq(rng.position, 0);
	arena_free(arena);
}
END_TEST

START_TEST(init_of_a_vector_stops)
{
	Arena *arena = arena_new("test");
	Params params = params_new(arena);
	Var *bias = params_add(&params, "fc", "bias", SHAPE(3));
	Rng rng = rng_new(1);
	ASSERT_STOPS("init_he_normal at tests/layers/test_init.c:",
	        init_he_normal(&params, bias, &rng));
	ASSERT_STOPS("weight \"fc.bias\" (3): expected a weight (out,in,...)",
	        init_orthogonal(&params, bias, 1, &rng));
	ASSERT_STOPS("init_xavier_uniform at", init_xavier_uniform(&params, bias, &rng));
	ASSERT_STOPS("init_xavier_normal at", init_xavier_normal(&params, bias, &rng));
	ASSERT_STOPS("init_he_uniform at", init_he_uniform(&params, bias, &rng));
	arena_free(arena);
}
END_TEST

/* So many terms that are added have the variance of one. */
START_TEST(init_before_sum_keeps_the_variance_of_all_layers)
{
	real last = init_before_sum((real)0.02, 6);
	ASSERT_CLOSE(2 * 6 * last * last, 0.0004, 1e-9, 0);
}
END_TEST

TEST_MAIN("init", init_has_the_variance_of_its_fans,
        init_orthogonal_is_a_rotation_times_gain, init_on_a_replica_draws_nothing,
        init_of_a_vector_stops, init_before_sum_keeps_the_variance_of_all_layers)
