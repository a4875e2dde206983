/* The gradient is compared with the definition in double, and, where it is wrong, with what each likely mistake
 * would give. */
#include "tutorials/03-first-network/exercise.h"
#include "tensor/rng.h"
#include "tutorials/checks.h"

#include <math.h>

typedef struct Case {
	Arena *arena;
	Tensor x, w;
	int *angry;
	real bias;
	Logistic found;
} Case;

static Case new_case(int seed, real size)
{
	Arena *arena = arena_new("check");
	int utterances = 5 + seed % 7, columns = 2 + seed % 4;
	Case c = { .arena = arena,
		.x = random_constant(arena, "x", seed, SHAPE(utterances, columns))->value,
		.w = random_constant(arena, "w", seed + 1, SHAPE(columns))->value,
		.angry = ARENA_ARRAY(arena, int, (size_t)utterances),
		.bias = (real)0.25 };
	Rng rng = rng_new((uint64_t)seed);
	for (int i = 0; i < utterances; i++)
		c.angry[i] = i < 2 ? i : rng_below(&rng, 2);
	for (int k = 0; k < columns; k++)
		c.w.data[k] *= size;
	c.found.loss = c.found.grad_bias = 77;
	c.found.grad = tensor_full(arena, 77, SHAPE(columns));
	logistic(&c.found, c.x, c.angry, c.w, c.bias);
	return c;
}

static double score(const Case *c, int i)
{
	double z = (double)c->bias;
	for (int k = 0; k < c->x.shape[1]; k++)
		z += (double)c->x.data[i * c->x.shape[1] + k] * (double)c->w.data[k];
	return z;
}

static double loss(const Case *c)
{
	double sum = 0;
	for (int i = 0; i < c->x.shape[0]; i++) {
		double m = c->angry[i] ? score(c, i) : -score(c, i);
		sum += fmax(-m, 0) + log1p(exp(-fabs(m)));
	}
	return sum / c->x.shape[0];
}

/* dL/dw_k, or dL/dbias for k = -1; and what it is where something is left out. */
typedef struct Rule {
	double sign, divided; /* 1 and 1 are right */
	bool no_sigmoid, last_row, no_x;
} Rule;

static double slope(const Case *c, int k, Rule rule)
{
	double sum = 0;
	int rows = c->x.shape[0];
	for (int i = rule.last_row ? rows - 1 : 0; i < rows; i++) {
		double z = score(c, i), p = rule.no_sigmoid ? z : 1 / (1 + exp(-z));
		double x =
		        k < 0 || rule.no_x ? 1 : (double)c->x.data[i * c->x.shape[1] + k];
		sum += (p - c->angry[i]) * x;
	}
	return rule.sign * sum / (rule.divided > 0 ? rows : 1);
}

static const struct {
	Rule rule;
	const char *mistake;
} mistakes[] = { { { -1, 1, false, false, false }, "the sign: it is p - t, not t - p" },
	{ { 1, 0, false, false, false }, "not divided by the number of utterances" },
	{ { 1, 1, true, false, false },
	        "the sigmoid is missing: z - t instead of p - t" },
	{ { 1, 1, false, true, false }, "= for +=: only the last utterance is left" },
	{ { 1, 1, false, false, true }, "the factor x_k is missing" } };

static double found_at(const Case *c, int k)
{
	return (double)(k < 0 ? c->found.grad_bias : c->found.grad.data[k]);
}

static bool agrees(const Case *c, int from, int to, Rule rule)
{
	for (int k = from; k < to; k++)
		if (fabs(found_at(c, k) - slope(c, k, rule)) > 1e-4)
			return false;
	return true;
}

/* Elements from..to-1 of the gradient. */
static void judge(const Case *c, int from, int to)
{
	const Rule right = { 1, 1, false, false, false };
	if (agrees(c, from, to, right))
		return;
	const char *likely = "none that is known here. Do it by hand for two utterances "
	                     "and one column";
	bool nothing = true;
	for (int k = from; k < to; k++)
		nothing &= found_at(c, k) == 0;
	if (nothing)
		likely = "nothing arrives here";
	for (size_t m = 0; m < sizeof mistakes / sizeof mistakes[0] && !nothing; m++)
		if (agrees(c, from, to, mistakes[m].rule))
			likely = mistakes[m].mistake;
	MISTAKE(likely, "%s of %d utterances: found %.6g, expected %.6g",
	        from < 0 ? "dL/dbias" : "dL/dw[0]", c->x.shape[0], found_at(c, from),
	        slope(c, from, right));
}

START_TEST(loss_of_a_batch)
{
	Case c = new_case(checks_seed(), 1);
	ASSERT_CLOSE(c.found.loss, loss(&c), 1e-5, 1e-5);
	arena_free(c.arena);
}
END_TEST

START_TEST(loss_of_the_very_sure)
{
	Case c = new_case(checks_seed(), 300);
	double expected = loss(&c), found = (double)c.found.loss;
	if (!isfinite(found))
		MISTAKE("e^z overflows, or log 0 is taken: use max(-m,0) + log(1 + "
		        "e^-|m|)",
		        "the loss is %g, expected %.6g", found, expected);
	ASSERT_CLOSE(found, expected, 1e-3, 1e-4);
	arena_free(c.arena);
}
END_TEST

START_TEST(gradient_of_w)
{
	for (int seed = 0; seed < 5; seed++) {
		Case c = new_case(checks_seed() + seed, 1);
		judge(&c, 0, c.x.shape[1]);
		arena_free(c.arena);
	}
}
END_TEST

START_TEST(gradient_of_bias)
{
	Case c = new_case(checks_seed(), 1);
	judge(&c, -1, 0);
	arena_free(c.arena);
}
END_TEST

CHECKS({ loss_of_a_batch, 2, "the loss" },
        { loss_of_the_very_sure, 2, "the loss where z is large" },
        { gradient_of_w, 4, "the gradient of w" },
        { gradient_of_bias, 2, "the gradient of the bias" })
