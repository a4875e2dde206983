/* A uniform number from (-b, b) has the variance b^2 / 3, so b = sqrt(3 variance).
 *
 * Orthogonal: a matrix of normal numbers has no favourite direction, so its rows made
 * orthogonal from the first to the last (Gram & Schmidt) are a rotation without one
 * either. Each row has what it shares with the rows before it taken out, twice, since
 * rounding leaves a little of it the first time ("twice is enough": Parlett 1980). */
#include "layers/init.h"

#include <math.h>

typedef struct Fans {
	double in, out;
} Fans;

static Fans fans_of(Site site, const char *operation, const Var *weight)
{
	Tensor w = weight->value;
	if (w.ndim < 2 || tensor_count(w) == 0)
		error_stop(site, operation,
		        "%s: expected a weight (out,in,...) of at least two dimensions",
		        var_text("weight", weight).text);
	double count = (double)tensor_count(w);
	return (Fans){ .in = count / w.shape[0], .out = count / w.shape[1] };
}

void init_xavier_uniform_at(Site site, const Params *params, Var *weight, Rng *rng)
{
	Fans fan = fans_of(site, "init_xavier_uniform", weight);
	params_init_uniform(params, weight, (real)sqrt(6 / (fan.in + fan.out)), rng);
}

void init_xavier_normal_at(Site site, const Params *params, Var *weight, Rng *rng)
{
	Fans fan = fans_of(site, "init_xavier_normal", weight);
	params_init_normal(params, weight, (real)sqrt(2 / (fan.in + fan.out)), rng);
}

void init_he_uniform_at(Site site, const Params *params, Var *weight, Rng *rng)
{
	Fans fan = fans_of(site, "init_he_uniform", weight);
	params_init_uniform(params, weight, (real)sqrt(6 / fan.in), rng);
}

void init_he_normal_at(Site site, const Params *params, Var *weight, Rng *rng)
{
	Fans fan = fans_of(site, "init_he_normal", weight);
	params_init_normal(params, weight, (real)sqrt(2 / fan.in), rng);
}

static double dot(const double *a, const double *b, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += a[i] * b[i];
	return sum;
}

/* The rows of q (rows,columns), rows <= columns, made orthogonal and of length 1. */
static void orthogonalise(double *q, size_t rows, size_t columns)
{
	for (size_t r = 0; r < rows; r++) {
		double *row = q + r * columns;
		for (int pass = 0; pass < 2; pass++)
			for (size_t before = 0; before < r; before++) {
				const double *other = q + before * columns;
				double shared = dot(row, other, columns);
				for (size_t c = 0; c < columns; c++)
					row[c] -= shared * other[c];
			}
		double length = sqrt(dot(row, row, columns));
		for (size_t c = 0; c < columns; c++)
			row[c] /= length;
	}
}

void init_orthogonal_at(Site site, const Params *params, Var *weight, real gain, Rng *rng)
{
	fans_of(site, "init_orthogonal", weight);
	if (!params_begin(params))
		return;
	size_t out = (size_t)weight->value.shape[0];
	size_t rest = tensor_count(weight->value) / out;
	bool wide = out <= rest; /* else it is made transposed */
	ArenaMark mark = arena_mark(params->arena);
	double *q = ARENA_ARRAY(params->arena, double, out *rest);
	for (size_t i = 0; i < out * rest; i++)
		q[i] = rng_normal(rng);
	orthogonalise(q, wide ? out : rest, wide ? rest : out);
	for (size_t o = 0; o < out; o++)
		for (size_t i = 0; i < rest; i++)
			weight->value.data[o * rest + i] =
			        gain * (real)(wide ? q[o * rest + i] : q[i * out + o]);
	arena_rewind(params->arena, mark);
}

real init_before_sum(real deviation, int layers)
{
	return deviation / (real)sqrt(2.0 * layers);
}
