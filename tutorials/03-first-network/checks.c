/* Each function is compared with its definition in double. Where it is wrong, the likely
 * mistakes are made on purpose, by loops like a student's, and compared with what was
 * found: all numbers of an array have to agree. */
#include "tutorials/checks.h"
#include "tensor/rng.h"

#include <math.h>
#include <stdio.h>

enum { MOST = 8, MATRIX = MOST * MOST, BEYOND = 64, ROOM = MATRIX + BEYOND };
/* Behind each array lie so many more numbers, so that an index which is wrong by little
 * reads a wrong number, or writes where it must not, and can be told by it. */

static void fill(real numbers[], int count, Rng *rng)
{
	for (int i = 0; i < count; i++)
		numbers[i] = (real)rng_normal(rng);
}

/* --- comparing -------------------------------------------------------------------------- */

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;
#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

/* What this way to be wrong would give; way 0 is right. */
typedef void (*Make)(const void *given, int way, double numbers[]);

/* The first place where they differ; -1: nowhere. */
static int difference(const real found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            1e-4 + 1e-4 * fabs(expected[i])))
			return i;
	return -1;
}

/* Fails with the mistake that gives just what was found. `columns`: of the matrix that it
 * is, 0 for a row of numbers. */
static void judge(const char *name, const real found[], int count, int columns, Make make,
        const void *given, const Mistake mistakes[], int known)
{
	double expected[ROOM] = { 0 }, other[ROOM] = { 0 };
	make(given, 0, expected);
	int at = difference(found, expected, count);
	if (at < 0)
		return;
	const char *likely = "none that is known here. Compute this one number by hand, "
	                     "with two rows and two columns";
	for (int m = known - 1; m >= 0; m--) {
		make(given, mistakes[m].way, other);
		if (difference(found, other, count) < 0)
			likely = mistakes[m].text;
	}
	char place[40];
	if (columns)
		snprintf(place, sizeof place, "%s(%d,%d)", name, at / columns,
		        at % columns);
	else
		snprintf(place, sizeof place, count > 1 ? "%s(%d)" : "%s", name, at);
	if (at >= count - BEYOND && count > BEYOND)
		MISTAKE(likely, "%s is written behind its end", name);
	MISTAKE(likely, "%s is %.6g, expected %.6g", place, (double)found[at],
	        expected[at]);
}
#define JUDGE(name, found, count, columns, make, given, mistakes)                        \
	judge(name, found, count, columns, make, given, mistakes, COUNT_OF(mistakes))

/* --- the loss ---------------------------------------------------------------------------- */

typedef struct Logistic {
	int rows;
	real z[MOST], t[MOST], before[MOST];
} Logistic;

static Logistic new_logistic(int seed)
{
	Rng rng = rng_new((uint64_t)seed);
	Logistic c = { .rows = 4 + seed % 4 };
	fill(c.z, c.rows, &rng);
	fill(c.before, c.rows, &rng);
	for (int m = 0; m < c.rows; m++)
		c.t[m] = (real)(m < 3 ? m % 2 : rng_below(&rng, 2));
	return c;
}

static double sigmoid(double z)
{
	return 1 / (1 + exp(-z));
}

static double softplus(double s)
{
	return fmax(s, 0) + log1p(exp(-fabs(s)));
}

/* clang-format off */
enum {
	RIGHT, SUMMED, EXCHANGED, ONLY_ANGRY, ONLY_GLAD, ALL_ANGRY, ALL_GLAD, SQUARED,
	LAST_ONLY, LAST_SHARE, FIRST_ONLY, FIRST_SHARE, NO_MINUS, NOTHING, P_ONLY,
	NOT_ADDED, NO_SIGMOID, SIGNS, ALL_IN_ONE, MARGIN
};
/* clang-format on */

static double loss_of(const Logistic *c, int m, int way)
{
	double z = (double)c->z[m], t = (double)c->t[m], p = sigmoid(z);
	/* clang-format off */
	switch (way) {
	case EXCHANGED: return softplus(t > 0 ? z : -z);
	case ONLY_ANGRY: return t > 0 ? softplus(-z) : 0;
	case ONLY_GLAD: return t > 0 ? 0 : softplus(z);
	case ALL_ANGRY: return softplus(-z);
	case ALL_GLAD: return softplus(z);
	case SQUARED: return (p - t) * (p - t);
	case NO_MINUS: return -softplus(t > 0 ? -z : z);
	case P_ONLY: return t > 0 ? p : 1 - p;
	case NOTHING: return 0;
	default: return softplus(t > 0 ? -z : z);
	}
	/* clang-format on */
}

static void make_loss(const void *given, int way, double loss[])
{
	const Logistic *c = given;
	bool last = way == LAST_ONLY || way == LAST_SHARE;
	bool first = way == FIRST_ONLY || way == FIRST_SHARE;
	loss[0] = 0;
	for (int m = last ? c->rows - 1 : 0; m < (first ? 1 : c->rows); m++)
		loss[0] += loss_of(c, m, way);
	if (way != SUMMED && way != LAST_ONLY && way != FIRST_ONLY)
		loss[0] /= c->rows;
}

/* clang-format off */
static const Mistake loss_mistakes[] = {
	{ SUMMED, "the sum is not divided by the number of rows" },
	{ EXCHANGED,
	  "t = 1 and t = 0 are exchanged. The loss is small where z is large and t is "
	  "1" },
	{ ONLY_ANGRY, "rows with t = 0 add nothing. Their loss is -log (1 - p)" },
	{ ONLY_GLAD, "rows with t = 1 add nothing. Their loss is -log p" },
	{ ALL_ANGRY, "t is not looked at: every row has -log p" },
	{ ALL_GLAD, "t is not looked at: every row has -log (1 - p)" },
	{ SQUARED,
	  "this is the squared error (p - t)^2. The loss is -log of a probability" },
	{ LAST_ONLY, "only the last row is left: = where += has to be?" },
	{ LAST_SHARE, "only the last row is left: = where += has to be?" },
	{ FIRST_ONLY, "only the first row counts: a return inside of the loop?" },
	{ FIRST_SHARE, "only the first row counts: a return inside of the loop?" },
	{ NO_MINUS, "the minus of -log is missing. No loss is below 0" },
	{ P_ONLY, "this is the mean probability of the truth. The loss is -log of it" },
	{ NOTHING,
	  "0 is returned. Is it computed yet? And is something divided in whole "
	  "numbers, as in 1 / rows" },
};
/* clang-format on */

static real loss_found(const Logistic *c)
{
	real loss = 7;
	CALL("logistic_forward", WRITES(&loss, 1), READS(c->z, c->rows),
	        READS(c->t, c->rows), INT(c->rows));
	return loss;
}

static void check_loss(int seed)
{
	Logistic c = new_logistic(seed);
	real loss = loss_found(&c);
	if (isinf((double)loss))
		MISTAKE("log 0 is taken, or something is divided by 0",
		        "the loss of %d rows is not finite", c.rows);
	JUDGE("the loss", &loss, 1, 0, make_loss, &c, loss_mistakes);
}

START_TEST(loss_of_a_batch)
{
	check_loss(checks_seed());
}
END_TEST

START_TEST(loss_of_the_very_sure)
{
	check_loss(checks_seed());
	const double sizes[] = { 20, 60, 95, 200 };
	for (int k = 0; k < 8; k++) {
		double size = sizes[k / 2] + checks_seed() % 5;
		Logistic c = { .rows = 1, .t = { (real)(k % 2) } };
		c.z[0] = (real)(k % 2 ? -size : size);
		double found = (double)loss_found(&c);
		if (isinf(found))
			MISTAKE("the exponential is too large for a float, or p is "
			        "rounded to 0 or 1 and log 0 is taken. See hint 1",
			        "the loss for z = %g and t = %d is infinite, expected %g",
			        (double)c.z[0], k % 2, size);
		if (!(fabs(found - size) <= 1e-3 * size))
			MISTAKE("the loss stops growing. Is p or z kept within limits, or "
			        "something small added to p? A very sure mistake costs "
			        "as much as z is large",
			        "the loss for z = %g and t = %d is %.6g, expected %g",
			        (double)c.z[0], k % 2, found, size);
	}
}
END_TEST

static double slope_of(const Logistic *c, int m, int way)
{
	double z = (double)c->z[m], t = (double)c->t[m], p = sigmoid(z);
	/* clang-format off */
	switch (way) {
	case EXCHANGED: return t - p;
	case ONLY_ANGRY: return t > 0 ? p - t : 0;
	case ONLY_GLAD: return t > 0 ? 0 : p - t;
	case SQUARED: return (p - t) * p * (1 - p);
	case NO_SIGMOID: return z - t;
	case SIGNS: return p - (2 * t - 1);
	case MARGIN: return t > 0 ? p - 1 : -p;
	case P_ONLY: return p;
	case NOTHING: return 0;
	default: return p - t;
	}
	/* clang-format on */
}

static void make_slopes(const void *given, int way, double dz[])
{
	const Logistic *c = given;
	for (int m = 0; m < c->rows; m++)
		dz[m] = way == NOT_ADDED ? 0 : (double)c->before[m];
	for (int m = 0; m < c->rows; m++) {
		if ((way == LAST_ONLY && m < c->rows - 1) || (way == FIRST_ONLY && m > 0))
			continue;
		dz[way == ALL_IN_ONE ? 0 : m] +=
		        slope_of(c, m, way) / (way == SUMMED ? 1 : c->rows);
	}
}

/* clang-format off */
static const Mistake slope_mistakes[] = {
	{ EXCHANGED, "the sign: it is p - t, not t - p" },
	{ SUMMED, "not divided by the number of rows. The loss is a mean" },
	{ NOT_ADDED, "= where += has to be: what was in dz is lost" },
	{ NO_SIGMOID, "the sigmoid is missing: z - t instead of p - t" },
	{ SQUARED, "the factor p (1 - p) is too much. It belongs to the squared error" },
	{ SIGNS, "t is taken as 1 or -1. Here it is 1 or 0" },
	{ ONLY_ANGRY, "rows with t = 0 add nothing" },
	{ ONLY_GLAD, "rows with t = 1 add nothing" },
	{ MARGIN, "the sign of rows with t = 0. Their derivative is p" },
	{ P_ONLY, "t is not subtracted: p instead of p - t" },
	{ LAST_ONLY, "only the last row is reached: is a line outside of the loop" },
	{ FIRST_ONLY, "only the first row is reached: a return inside of the loop?" },
	{ ALL_IN_ONE, "all rows are added to dz[0]. Each has its own" },
	{ NOTHING,
	  "nothing is added to dz. Is it computed yet? And is something divided in "
	  "whole numbers, as in 1 / rows" },
};
/* clang-format on */

START_TEST(gradient_of_the_loss)
{
	Logistic c = new_logistic(checks_seed());
	real dz[MOST];
	for (int m = 0; m < c.rows; m++)
		dz[m] = c.before[m];
	CALL("logistic_backward", WRITES(dz, c.rows), READS(c.z, c.rows),
	        READS(c.t, c.rows), INT(c.rows));
	JUDGE("dz", dz, c.rows, 0, make_slopes, &c, slope_mistakes);
}
END_TEST

/* --- the layer ---------------------------------------------------------------------------- */

/* No two of the sizes are the same, so that one in place of another is seen. */
typedef struct Layer {
	int rows, inputs, outputs;
	real x[ROOM], w[ROOM], b[ROOM], dy[ROOM];
	real before[3][ROOM]; /* what y, or dx, dw and db, hold at first */
} Layer;

static Layer new_layer(int seed)
{
	Rng rng = rng_new((uint64_t)seed);
	int few = 2 + seed % 2, more = 4 + seed / 2 % 2;
	bool turned = seed / 4 % 2;
	Layer c = { .rows = 6 + seed % 2,
		.inputs = turned ? few : more,
		.outputs = turned ? more : few };
	fill(c.x, ROOM, &rng);
	fill(c.w, ROOM, &rng);
	fill(c.b, ROOM, &rng);
	fill(c.dy, ROOM, &rng);
	for (int k = 0; k < 3; k++)
		fill(c.before[k], ROOM, &rng);
	return c;
}

/* clang-format off */
enum {
	NO_BIAS = RIGHT + 1, BIAS_EACH, BIAS_OF_ROW, BIAS_FIRST, W_TURNED, W_WIDTH,
	W_FIRST, X_WIDTH, X_FIRST, LAST_INPUT, LAST_WITH_BIAS, ONE_SHORT, FIRST_MISSING,
	BY_OUTPUTS, CARRIED_ON, NOT_CLEARED, Y_TURNED, Y_WIDTH, LAST_ROW_MISSING,
	LAST_OUTPUT_MISSING, UNTOUCHED
};
/* clang-format on */

static double input_of(const Layer *c, int m, int i, int way)
{
	int width = way == X_WIDTH ? c->outputs : c->inputs;
	return (double)c->x[(way == X_FIRST ? 0 : m * width) + i];
}

static double weight_of(const Layer *c, int o, int i, int way)
{
	int at = way == W_TURNED || way == W_WIDTH ? c->outputs : c->inputs;
	if (way == W_TURNED)
		return (double)c->w[i * at + o];
	return (double)c->w[(way == W_FIRST ? 0 : o * at) + i];
}

static double sum_of(const Layer *c, int m, int o, int way)
{
	int from = way == FIRST_MISSING, to = c->inputs - (way == ONE_SHORT);
	if (way == LAST_INPUT || way == LAST_WITH_BIAS)
		from = to - 1;
	if (way == BY_OUTPUTS)
		to = c->outputs;
	double sum = 0;
	for (int i = from; i < to; i++)
		sum += input_of(c, m, i, way) * weight_of(c, o, i, way);
	double bias = (double)c->b[way == BIAS_OF_ROW ? m : way == BIAS_FIRST ? 0 : o];
	if (way == NO_BIAS || way == LAST_INPUT)
		return sum;
	return sum + bias * (way == BIAS_EACH ? c->inputs : 1);
}

static void make_outputs(const void *given, int way, double y[])
{
	const Layer *c = given;
	double carried = 0;
	for (int e = 0; e < ROOM; e++)
		y[e] = (double)c->before[0][e];
	for (int m = 0; m < c->rows - (way == LAST_ROW_MISSING) && way != UNTOUCHED; m++)
		for (int o = 0; o < c->outputs - (way == LAST_OUTPUT_MISSING); o++) {
			int at = way == Y_TURNED  ? o * c->rows + m
			         : way == Y_WIDTH ? m * c->inputs + o
			                          : m * c->outputs + o;
			carried += sum_of(c, m, o, way);
			y[at] = way == CARRIED_ON
			                ? carried
			                : sum_of(c, m, o, way) +
			                          (way == NOT_CLEARED ? y[at] : 0);
		}
}

/* clang-format off */
static const Mistake output_mistakes[] = {
	{ NO_BIAS, "the bias is not added" },
	{ BIAS_EACH,
	  "the bias is added for every input. It belongs outside of the loop over "
	  "inputs" },
	{ BIAS_OF_ROW,
	  "the bias has the index of the row. It belongs to the output: b[o]" },
	{ BIAS_FIRST, "every output gets b[0]. Each has its own bias: b[o]" },
	{ W_TURNED,
	  "w is read as (inputs,outputs). It is (outputs,inputs): row o has the "
	  "weights of output o" },
	{ W_WIDTH, "row o of w begins at o * inputs, not at o * outputs" },
	{ W_FIRST,
	  "every output has the weights of output 0. Row o begins at o * inputs" },
	{ X_WIDTH, "row m of x begins at m * inputs, not at m * outputs" },
	{ X_FIRST, "every row reads row 0 of x. Row m begins at m * inputs" },
	{ LAST_INPUT,
	  "only the last input is left: = where += has to be, which also loses the "
	  "bias" },
	{ LAST_WITH_BIAS, "only the last input is left: = where += has to be" },
	{ ONE_SHORT, "the last input is left out: the loop ends one too early" },
	{ FIRST_MISSING, "the first input is left out: indices begin at 0" },
	{ BY_OUTPUTS, "the sum goes over as many inputs as there are outputs" },
	{ CARRIED_ON,
	  "the sum goes on from the output before. It begins anew for every output" },
	{ NOT_CLEARED, "y is added to. It has to be set: it may hold anything before" },
	{ Y_TURNED,
	  "y is written as (outputs,rows). Element (m,o) is y[m * outputs + o]" },
	{ Y_WIDTH, "row m of y begins at m * outputs, not at m * inputs" },
	{ LAST_ROW_MISSING, "the last row is not computed: the loop ends one too early" },
	{ LAST_OUTPUT_MISSING,
	  "the last output is not computed: the loop ends one too early" },
	{ UNTOUCHED, "nothing is written to y. Is it computed yet" },
};
/* clang-format on */

START_TEST(layer_forward)
{
	Layer c = new_layer(checks_seed());
	real *y = c.before[1]; /* its own beginning is kept in before[0] */
	for (int e = 0; e < ROOM; e++)
		y[e] = c.before[0][e];
	const int count = c.rows * c.outputs + BEYOND;
	CALL("linear_forward", WRITES(y, count), READS(c.x, ROOM), READS(c.w, ROOM),
	        READS(c.b, ROOM), INT(c.rows), INT(c.inputs), INT(c.outputs));
	JUDGE("y", y, count, c.outputs, make_outputs, &c, output_mistakes);
}
END_TEST

/* --- its gradients ------------------------------------------------------------------------ */

enum { DX, DW, DB };

/* clang-format off */
enum {
	G_ASSIGNED = RIGHT + 1, G_SET, G_ZEROED_LATE, G_TURNED, G_OTHER_FACTOR,
	G_FACTOR_TURNED, G_DY_WIDTH, G_DY_FIRST, G_FIRST_ROW, G_MEAN, G_NO_FACTOR, G_EACH,
	G_BY_ROW, G_ALL_IN_ONE, G_SIGN, G_UNTOUCHED
};
/* clang-format on */

/* One term of a gradient: what row m and output o bring to input i. */
static double term_of(const Layer *c, int part, int m, int o, int i, int way)
{
	int width = way == G_DY_WIDTH ? c->inputs : c->outputs;
	double dy = (double)c->dy[(way == G_DY_FIRST ? 0 : m * width) + o];
	double x = (double)c->x[m * c->inputs + i], w = (double)c->w[o * c->inputs + i];
	if (way == G_FACTOR_TURNED)
		w = (double)c->w[i * c->outputs + o];
	if (way == G_SIGN || way == G_MEAN)
		dy *= way == G_SIGN ? -1 : 1.0 / c->rows;
	if (part == DB || way == G_NO_FACTOR)
		return dy;
	return dy * ((part == DX) == (way == G_OTHER_FACTOR) ? x : w);
}

static int place_of(const Layer *c, int part, int m, int o, int i, int way)
{
	if (way == G_ALL_IN_ONE)
		return part == DB ? 0 : i;
	if (part == DX)
		return m * c->inputs + i;
	if (part == DB)
		return way == G_BY_ROW ? m : o;
	return way == G_TURNED ? i * c->outputs + o : o * c->inputs + i;
}

typedef struct Gradient {
	const Layer *layer;
	int part;
} Gradient;

static void make_gradient(const void *given, int way, double grad[])
{
	const Gradient *g = given;
	const Layer *c = g->layer;
	const int rows = way == G_FIRST_ROW ? 1 : c->rows;
	const int inputs = g->part == DB && way != G_EACH ? 1 : c->inputs;
	bool written[ROOM] = { false };
	for (int e = 0; e < ROOM; e++)
		grad[e] = (double)c->before[g->part][e];
	for (int m = 0; m < rows && way != G_UNTOUCHED; m++)
		for (int o = 0; o < c->outputs; o++)
			for (int i = 0; i < inputs; i++) {
				int at = place_of(c, g->part, m, o, i, way);
				if (way == G_ASSIGNED || (way == G_SET && !written[at]))
					grad[at] = 0;
				written[at] = true;
				grad[at] += term_of(c, g->part, m, o, i, way);
			}
}

/* clang-format off */
static const Mistake dx_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each output replaces what the one before gave" },
	{ G_SET, "dx is set. It has to be added to: what was there is lost" },
	{ G_OTHER_FACTOR,
	  "the factor is x. dy has to be multiplied by the weight: y grows by w when "
	  "x grows by 1" },
	{ G_FACTOR_TURNED, "w is read as (inputs,outputs). It is (outputs,inputs)" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN,
	  "divided by the number of rows. Only a mean is divided, and this is none" },
	{ G_NO_FACTOR, "the weight is missing as a factor" },
	{ G_ALL_IN_ONE, "all rows are added to row 0 of dx. Row m begins at m * inputs" },
	{ G_SIGN, "the sign" },
	{ G_UNTOUCHED, "nothing is added to dx. Is it computed yet" },
};
/* clang-format on */

/* clang-format off */
static const Mistake dw_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each row replaces what the one before gave" },
	{ G_SET, "dw is set. It has to be added to: what was there is lost" },
	{ G_OTHER_FACTOR,
	  "the factor is w. dy has to be multiplied by the input: y grows by x when w "
	  "grows by 1" },
	{ G_TURNED,
	  "dw is written as (inputs,outputs). It has the shape of w, (outputs,inputs)" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN, "divided by the number of rows. The mean is taken in the loss, once" },
	{ G_NO_FACTOR, "the input is missing as a factor" },
	{ G_ALL_IN_ONE,
	  "all outputs are added to row 0 of dw. Row o begins at o * inputs" },
	{ G_SIGN, "the sign. The gradient is added here; the step subtracts it" },
	{ G_UNTOUCHED, "nothing is added to dw. Is it computed yet" },
};
/* clang-format on */

/* clang-format off */
static const Mistake db_mistakes[] = {
	{ G_ASSIGNED,
	  "= where += has to be: each row replaces what the one before gave" },
	{ G_SET, "db is set. It has to be added to: what was there is lost" },
	{ G_EACH,
	  "db is added to once for every input. It belongs outside of the loop over "
	  "inputs" },
	{ G_DY_WIDTH, "row m of dy begins at m * outputs, not at m * inputs" },
	{ G_DY_FIRST, "every row reads row 0 of dy. Row m begins at m * outputs" },
	{ G_FIRST_ROW, "only the first row is reached" },
	{ G_MEAN, "divided by the number of rows. The mean is taken in the loss, once" },
	{ G_BY_ROW, "db has the index of the row. It belongs to the output: db[o]" },
	{ G_ALL_IN_ONE, "all outputs are added to db[0]. Each has its own" },
	{ G_SIGN, "the sign. The gradient is added here; the step subtracts it" },
	{ G_UNTOUCHED, "nothing is added to db. Is it computed yet" },
};
/* clang-format on */

static void check_gradient(int part)
{
	Layer c = new_layer(checks_seed());
	real grad[3][ROOM];
	for (int k = 0; k < 3; k++)
		for (int e = 0; e < ROOM; e++)
			grad[k][e] = c.before[k][e];
	const int counts[] = { c.rows * c.inputs + BEYOND, c.outputs * c.inputs + BEYOND,
		c.outputs + BEYOND };
	CALL("linear_backward", WRITES(grad[DX], counts[DX]),
	        WRITES(grad[DW], counts[DW]), WRITES(grad[DB], counts[DB]),
	        READS(c.dy, ROOM), READS(c.x, ROOM), READS(c.w, ROOM), INT(c.rows),
	        INT(c.inputs), INT(c.outputs));
	const Gradient g = { &c, part };
	if (part == DX)
		JUDGE("dx", grad[DX], counts[DX], c.inputs, make_gradient, &g,
		        dx_mistakes);
	else if (part == DW)
		JUDGE("dw", grad[DW], counts[DW], c.inputs, make_gradient, &g,
		        dw_mistakes);
	else
		JUDGE("db", grad[DB], counts[DB], 0, make_gradient, &g, db_mistakes);
}

START_TEST(layer_dx)
{
	check_gradient(DX);
}
END_TEST

START_TEST(layer_dw)
{
	check_gradient(DW);
}
END_TEST

START_TEST(layer_db)
{
	check_gradient(DB);
}
END_TEST

CHECKS({ loss_of_a_batch, 1, "logistic_forward: the mean loss" },
        { loss_of_the_very_sure, 1, "logistic_forward: where z is very large" },
        { gradient_of_the_loss, 2, "logistic_backward: dz" },
        { layer_forward, 2, "linear_forward: y" }, { layer_dx, 1, "linear_backward: dx" },
        { layer_dw, 2, "linear_backward: dw" }, { layer_db, 1, "linear_backward: db" })
