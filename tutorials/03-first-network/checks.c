/* Each function is compared with its definition in double. Where it is wrong, the likely
 * mistakes are made on purpose, by loops like a student's, and compared with what was
 * found: all numbers of an array have to agree. */
#include "tutorials/grader/checks.h"
#include "tensor/rng.h"
#include "tutorials/03-first-network/mistakes.h"

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

/* --- comparing ---------------------------------------------------------------------- */

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
	const char *likely = "none that is known here, or two at once. Print each term "
	                     "of this one number and compare it with the formula";
	for (int m = known - 1; m >= 0; m--) {
		make(given, mistakes[m].way, other);
		if (difference(found, other, count) < 0)
			likely = mistakes[m].text;
	}
	if (fabs((double)found[at]) > 1e30)
		likely = "a variable is used before it gets a value";
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

/* --- the loss ----------------------------------------------------------------------- */

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
	case LOG10: return softplus(t > 0 ? -z : z) / log(10);
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
			        "rounded to 0 or 1 and log 0 is taken. The first hint says more",
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

START_TEST(gradient_of_the_loss)
{
	Logistic c = new_logistic(checks_seed());
	real dz[MOST];
	for (int m = 0; m < c.rows; m++)
		dz[m] = c.before[m];
	CALL("logistic_backward", WRITES(dz, c.rows), READS(c.z, c.rows),
	        READS(c.t, c.rows), INT(c.rows));
	JUDGE("dz", dz, c.rows, 0, make_slopes, &c, slope_mistakes);
	for (int m = 0; m < c.rows; m++) {
		c.z[m] *= 150;
		dz[m] = c.before[m];
	}
	CALL("logistic_backward", WRITES(dz, c.rows), READS(c.z, c.rows),
	        READS(c.t, c.rows), INT(c.rows));
	JUDGE("dz, where z is very large,", dz, c.rows, 0, make_slopes, &c,
	        slope_mistakes);
}
END_TEST

/* --- the layer ---------------------------------------------------------------------- */

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
	int from = way == FIRST_MISSING,
	    to = c->inputs - (way == ONE_SHORT) + (way == ONE_MORE);
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
	const int rows = c->rows - (way == LAST_ROW_MISSING) + (way == ROW_MORE);
	for (int m = 0; m < rows && way != UNTOUCHED; m++)
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

/* --- its gradients ------------------------------------------------------------------ */

enum { DX, DW, DB };

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
	if (way == G_BY_ROW)
		return m * c->inputs + i;
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
	const int rows = way == G_FIRST_ROW ? 1 : c->rows + (way == G_ROW_MORE);
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
