/* The gradient is compared with the definition in double, and, where it is wrong, with what each likely mistake
 * would give. */
#include "tensor/rng.h"
#include "tutorials/checks.h"
#include "tutorials/03-first-network/exercise.h" /* Logistic */

#include <math.h>
#include <stdio.h>

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
	CALL("logistic", WRITES(&c.found.loss, 1), WRITES(c.found.grad.data, columns),
	        WRITES(&c.found.grad_bias, 1), READS(c.x.data, utterances * columns),
	        READS_INTS(c.angry, utterances), READS(c.w.data, columns), REAL(c.bias),
	        INT(utterances), INT(columns));
	return c;
}

/* What is left out or put in by mistake; none of it is right. */
typedef struct Rule {
	bool minus;      /* angry and not are exchanged */
	bool summed;     /* not divided by the number of utterances */
	bool no_bias;    /* in z */
	bool no_sigmoid; /* z for p */
	bool signs;      /* t is 1 or -1 */
	bool squared;    /* of the loss (p - t)^2, halved */
	bool last_only, angry_only, no_x;
	bool row_by_one; /* row i of x is taken to begin at i */
	bool carried_on; /* z does not begin at the bias for each utterance */
	bool no_minus;   /* log p for -log p */
	bool capped;     /* no loss above 10 */
	bool margin;     /* with m for z, and m taken to be z */
	bool by_columns; /* divided by the columns */
} Rule;

static const real *row_of(const Case *c, int i, Rule rule)
{
	return c->x.data + (rule.row_by_one ? i : i * c->x.shape[1]);
}

static double score(const Case *c, int i, Rule rule)
{
	double z = rule.no_bias ? 0 : (double)c->bias;
	for (int row = rule.carried_on ? 0 : i; row <= i; row++)
		for (int k = 0; k < c->x.shape[1]; k++)
			z += (double)row_of(c, row, rule)[k] * (double)c->w.data[k];
	return z;
}

static double sigmoid(double z)
{
	return 1 / (1 + exp(-z));
}

static double loss(const Case *c, Rule rule)
{
	double sum = 0;
	int rows = c->x.shape[0];
	for (int i = rule.last_only ? rows - 1 : 0; i < rows; i++) {
		double z = score(c, i, rule), m = c->angry[i] != rule.minus ? z : -z;
		double wrong = sigmoid(z) - c->angry[i];
		if (rule.squared)
			sum += wrong * wrong;
		else if (c->angry[i] || !rule.angry_only)
			sum += fmin(fmax(-m, 0) + log1p(exp(-fabs(m))),
			        rule.capped ? 10 : (double)INFINITY);
	}
	return (rule.no_minus ? -sum : sum) / (rule.summed ? 1 : rows);
}

/* dL/dw_k, or dL/dbias for k = -1. */
static double slope(const Case *c, int k, Rule rule)
{
	double sum = 0;
	int rows = c->x.shape[0];
	for (int i = rule.last_only ? rows - 1 : 0; i < rows; i++) {
		double z = score(c, i, rule), p = rule.no_sigmoid ? z : sigmoid(z);
		double t = rule.signs ? 2 * c->angry[i] - 1 : c->angry[i];
		double x = k < 0 || rule.no_x ? 1 : (double)row_of(c, i, rule)[k];
		double dz = rule.margin && !c->angry[i] ? t - p : p - t;
		if (c->angry[i] || !rule.angry_only)
			sum += dz * x * (rule.squared ? p * (1 - p) : 1);
	}
	int by = rule.summed ? 1 : rule.by_columns ? c->x.shape[1] : rows;
	return (rule.minus ? -sum : sum) / by;
}

typedef struct Mistake {
	Rule rule;
	const char *text;
} Mistake;

static const Mistake loss_mistakes[] = {
	{ { .summed = true }, "not divided by the number of utterances" },
	{ { .minus = true }, "angry and not angry are exchanged in the loss" },
	{ { .no_bias = true }, "the bias is missing in z" },
	{ { .angry_only = true }, "the loss of those who are not angry is missing" },
	{ { .last_only = true }, "= for +=: only the last utterance is left" },
	{ { .squared = true },
	        "this is the squared error; the loss is -log of a probability" },
	{ { .row_by_one = true }, "row i of x begins at i * columns" },
	{ { .carried_on = true },
	        "z does not begin at the bias for each utterance, but goes on from the "
	        "one before" },
	{ { .no_minus = true }, "the minus of -log is missing: no loss is below 0" },
};

static const Mistake slope_mistakes[] = {
	{ { .minus = true }, "the sign: it is p - t, not t - p" },
	{ { .summed = true }, "not divided by the number of utterances" },
	{ { .no_bias = true }, "the bias is missing in z" },
	{ { .no_sigmoid = true }, "the sigmoid is missing: z - t instead of p - t" },
	{ { .signs = true }, "t is 1 or 0, not 1 or -1" },
	{ { .squared = true },
	        "the factor p (1 - p) is too many; it belongs to the squared error" },
	{ { .last_only = true }, "= for +=: only the last utterance is left" },
	{ { .no_x = true }, "the factor x_k is missing" },
	{ { .row_by_one = true }, "row i of x begins at i * columns" },
	{ { .carried_on = true },
	        "z does not begin at the bias for each utterance, but goes on from the "
	        "one before" },
	{ { .angry_only = true }, "those who are not angry are missing" },
	{ { .margin = true }, "the derivative of m with z is missing: -1 where m is -z" },
	{ { .by_columns = true }, "divided by the number of columns, not of utterances" },
};

#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

static const char *const nothing_arrives =
        "nothing arrives here. Is it set, and is nothing divided in whole numbers, as in "
        "1 / N";
static const char *const unknown =
        "none that is known here. Do it by hand for two utterances and one column";

static void judge_loss(const Case *c)
{
	const Rule right = { .minus = false };
	double found = (double)c->found.loss, expected = loss(c, right);
	double within = 1e-5 + 1e-4 * fabs(expected);
	if (fabs(found - expected) <= within)
		return;
	const char *likely = unknown;
	for (int m = COUNT_OF(loss_mistakes) - 1; m >= 0; m--)
		if (fabs(found - loss(c, loss_mistakes[m].rule)) <= within)
			likely = loss_mistakes[m].text;
	if (!isfinite(found))
		likely = "e^z overflows, or log 0 is taken: use max(-m,0) + log(1 + "
		         "e^-|m|)";
	else if (found == 0)
		likely = nothing_arrives;
	else if (likely == unknown && found < expected &&
	         found >= loss(c, (Rule){ .capped = true }))
		likely = "the price has a ceiling: something is added to p or m is "
		         "clipped, and then a sure mistake costs too little";
	MISTAKE(likely, "the loss of %d utterances is %.6g, expected %.6g", c->x.shape[0],
	        found, expected);
}

static double found_at(const Case *c, int k)
{
	return (double)(k < 0 ? c->found.grad_bias : c->found.grad.data[k]);
}

/* Whether elements from..to-1 of the gradient are what the rule says; if not, which one is not. */
static bool agrees(const Case *c, int from, int to, Rule rule, int *first)
{
	for (*first = from; *first < to; ++*first)
		if (!(fabs(found_at(c, *first) - slope(c, *first, rule)) <= 1e-4))
			return false;
	return true;
}

static void judge(const Case *c, int from, int to)
{
	const Rule right = { .minus = false };
	int wrong, any;
	if (agrees(c, from, to, right, &wrong))
		return;
	const char *likely = unknown;
	bool nothing = true;
	for (int k = from; k < to; k++)
		nothing &= found_at(c, k) == 0;
	for (int m = COUNT_OF(slope_mistakes) - 1; m >= 0; m--)
		if (agrees(c, from, to, slope_mistakes[m].rule, &any))
			likely = slope_mistakes[m].text;
	if (nothing)
		likely = nothing_arrives;
	char name[32] = "dL/dbias";
	if (wrong >= 0)
		snprintf(name, sizeof name, "dL/dw[%d]", wrong);
	MISTAKE(likely, "%s of %d utterances: found %.6g, expected %.6g", name,
	        c->x.shape[0], found_at(c, wrong), slope(c, wrong, right));
}

START_TEST(loss_of_a_batch)
{
	Case c = new_case(checks_seed(), 1);
	judge_loss(&c);
	arena_free(c.arena);
}
END_TEST

START_TEST(loss_of_the_very_sure)
{
	Case c = new_case(checks_seed(), 300);
	judge_loss(&c);
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
