/* Each function is compared with its definition in double. Where it is wrong, the likely
 * mistakes are made on purpose, by loops like a student's, and compared with what was
 * found: all numbers of an array have to agree. */
#include "tutorials/grader/checks.h"
#include "tensor/rng.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 160, BEYOND = 96, ROOM = MOST + BEYOND };
/* Behind each array lie so many more numbers, so that an index which is wrong by little
 * reads a wrong number, or writes where it must not, and can be told by it. */

/* No two of the sizes are the same, so that one in place of another is seen. */
typedef struct Conv {
	int T, F, O, k;
	real x[ROOM], w[ROOM], b[ROOM], dy[ROOM];
	real before[3][ROOM]; /* what y, or dx, dw and db, hold at first */
} Conv;

static void fill(real numbers[], Rng *rng)
{
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (real)rng_normal(rng);
}

static Conv new_conv(int seed, int k)
{
	Rng rng = rng_new((uint64_t)seed);
	const bool turned = seed / 2 % 2;
	Conv c = { .T = 8 + seed % 3, .F = turned ? 5 : 4, .O = turned ? 4 : 5, .k = k };
	fill(c.x, &rng);
	fill(c.w, &rng);
	fill(c.b, &rng);
	fill(c.dy, &rng);
	for (int part = 0; part < 3; part++)
		fill(c.before[part], &rng);
	return c;
}

static int window_of(int seed)
{
	return 2 + seed / 4 % 2; /* 2 or 3 */
}

/* --- what to be wrong about ------------------------------------------------------------- */

enum { Y, DX, DW, DB };

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, NO_BIAS, BIAS_EACH, BIAS_TAP, BIAS_FEATURE, BIAS_STEP, FLIPPED, LATE, ONE_STEP,
	W_BY_TAP, W_NO_FEATURE, W_TAPS_FIRST, X_TURNED, X_WIDTH, OUT_TURNED, OUT_WIDTH, LAST_STEP,
	BEYOND_STEPS, LAST_TAP, LAST_FEATURE, FIRST_TAP, FIRST_FEATURE, LAST_TERM, LAST_TERM_BIAS,
	CARRIED_ON, ADDED, ASSIGNED, SET, OTHER_FACTOR, NO_FACTOR, MEAN, EACH_TAP, EACH_TERM,
	BY_STEP, ALL_IN_ONE, SIGN, LAST_FILTER, FIRST_STEP, WINDOWS,
	WINDOWS_K, ONE_TAP, ONE_FEATURE, X_HALF, W_HALF, SAME_LENGTH, FIRST_OUTPUT, DY_SHIFTED,
	DY_LATE
};
/* clang-format on */

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

/* The index of w and dw, wrong in some ways. */
static int place_of_w(const Conv *c, int o, int f, int j, int way)
{
	switch (way) {
	case W_BY_TAP:
		return (o * c->k + j) * c->F + f;
	case W_HALF:
		return o * c->F + f * c->k + j;
	case W_NO_FEATURE:
		return o * c->k + j;
	case W_TAPS_FIRST:
		return (j * c->O + o) * c->F + f;
	default:
		return (o * c->F + f) * c->k + j;
	}
}

/* The index of x and dx. */
static int place_of_x(const Conv *c, int t, int f, int j, int way)
{
	int step = t + j;
	switch (way) {
	case DY_SHIFTED:
		step = t;
		break;
	case FLIPPED:
		step = t + c->k - 1 - j;
		break;
	case LATE:
		step = t + j + 1;
		break;
	case ONE_STEP:
		step = t;
		break;
	case WINDOWS:
		step = t * c->k + j;
		break;
	default:
		break;
	}
	if (way == WINDOWS_K)
		return t * c->F + j;
	if (way == X_HALF)
		return t + j * c->F + f;
	if (way == X_TURNED)
		return f * c->T + step;
	return step * (way == X_WIDTH ? c->O : c->F) + f;
}

static int place_of_y(const Conv *c, int t, int o, int way)
{
	if (way == OUT_TURNED)
		return o * (c->T - c->k + 1) + t;
	return t * (way == OUT_WIDTH ? c->F : c->O) + o;
}

static int steps_of(const Conv *c, int way)
{
	const int steps = c->T - c->k + 1;
	return way == UNTOUCHED                            ? 0
	       : way == FIRST_STEP                         ? 1
	       : way == LAST_STEP                          ? steps - 1
	       : way == BEYOND_STEPS || way == SAME_LENGTH ? c->T
	                                                   : steps;
}

/* --- forward ---------------------------------------------------------------------------- */

static double number(const real array[], int at)
{
	return at < ROOM ? (double)array[at] : 0;
}

static double sum_of(const Conv *c, int t, int o, int way)
{
	double sum = 0, term = 0;
	const int features = way == ONE_FEATURE ? 1 : c->F - (way == LAST_FEATURE);
	const int taps = way == ONE_TAP ? 1 : c->k - (way == LAST_TAP);
	for (int f = way == FIRST_FEATURE; f < features; f++)
		for (int j = way == FIRST_TAP; j < taps; j++) {
			if (way == SAME_LENGTH && t + j >= c->T)
				continue;
			term = number(c->x, place_of_x(c, t, f, j, way)) *
			       number(c->w, place_of_w(c, o, f, j, way));
			sum += term;
		}
	const double bias = (double)c->b[way == BIAS_STEP ? t : o];
	switch (way) {
	case LAST_TERM:
		return term;
	case LAST_TERM_BIAS:
		return term + bias;
	case NO_BIAS:
		return sum;
	case BIAS_EACH:
		return sum + bias * c->F * c->k;
	case BIAS_TAP:
		return sum + bias * c->k;
	case BIAS_FEATURE:
		return sum + bias * c->F;
	default:
		return sum + bias;
	}
}

static void make_outputs(const Conv *c, int way, double y[])
{
	double carried = 0;
	for (int i = 0; i < ROOM; i++)
		y[i] = (double)c->before[0][i];
	for (int t = 0; t < steps_of(c, way); t++)
		for (int o = 0; o < c->O - (way == LAST_FILTER); o++) {
			const int at = place_of_y(c, t, o, way);
			const double sum = sum_of(c, t, o, way);
			carried += sum;
			if (way == FIRST_OUTPUT && t + o > 0)
				continue;
			y[at] = way == CARRIED_ON ? carried
			        : way == ADDED    ? y[at] + sum
			                          : sum;
		}
}

/* clang-format off */
static const Mistake output_mistakes[] = {
	{ NO_BIAS, "the bias is not added" },
	{ BIAS_EACH,
	  "the bias is added for every term. It belongs outside of the two inner "
	  "loops" },
	{ BIAS_TAP,
	  "the bias is added for every tap. It is added once for each step and "
	  "filter" },
	{ BIAS_FEATURE,
	  "the bias is added for every feature. It is added once for each step "
	  "and filter" },
	{ BIAS_STEP,
	  "the bias has the index of the step. It belongs to the filter: b[o]" },
	{ FLIPPED,
	  "the filter is flipped: its last tap meets the first step of the "
	  "window. Tap j belongs to step t + j" },
	{ LATE, "the window begins one step late: tap 0 belongs to step t" },
	{ ONE_STEP, "all taps read the same step t. Tap j reads step t + j" },
	{ WINDOWS,
	  "the windows do not overlap: window t begins at step t, not at step t * "
	  "k" },
	{ WINDOWS_K, "a step of x has F numbers: step t + j begins at (t + j) * F" },
	{ W_BY_TAP,
	  "w is read as (O,k,F). It is (O,F,k): the taps of one feature lie side "
	  "by side" },
	{ W_NO_FEATURE,
	  "the index of w has no feature in it. Each feature has weights of its "
	  "own" },
	{ W_TAPS_FIRST,
	  "w is read as (k,O,F). It is (O,F,k): the taps of one feature lie side "
	  "by side" },
	{ X_TURNED, "x is read as (F,T). It is (T,F): step t begins at t * F" },
	{ X_WIDTH, "a step of x has F numbers, not O: step t + j begins at (t + j) * F" },
	{ OUT_TURNED,
	  "y is written as (O,T-k+1). It is (T-k+1,O): step t begins at t * O" },
	{ OUT_WIDTH, "a step of y has O numbers, not F: step t begins at t * O" },
	{ LAST_STEP,
	  "the last window is not computed. There are T-k+1 of them: the loop "
	  "ends one too early" },
	{ BEYOND_STEPS,
	  "y has T steps here. Only T-k+1 windows fit into x; the others read "
	  "behind its end" },
	{ LAST_TAP, "the last tap is left out: j goes from 0 to k-1" },
	{ LAST_FEATURE, "the last feature is left out: f goes from 0 to F-1" },
	{ FIRST_TAP, "the first tap is left out: j begins at 0" },
	{ FIRST_FEATURE, "the first feature is left out: f begins at 0" },
	{ LAST_TERM,
	  "only the last term is left: = where += has to be, which also loses the "
	  "bias" },
	{ LAST_TERM_BIAS, "only the last term is left: = where += has to be" },
	{ CARRIED_ON,
	  "the sum goes on from the output before. It begins anew for every step "
	  "and filter" },
	{ ADDED, "y is added to. It has to be set: it may hold anything before" },
	{ LAST_FILTER, "the last filter is not computed: o goes from 0 to O-1" },
	{ FIRST_STEP, "only the first window is computed: a return inside of the loop" },
	{ ONE_TAP, "only tap 0 is read: is the loop over j missing" },
	{ ONE_FEATURE, "only feature 0 is read: is the loop over f missing" },
	{ X_HALF, "the brackets in the index of x: step t + j begins at (t + j) * F" },
	{ W_HALF, "the brackets in the index of w: it is (o * F + f) * k + j" },
	{ SAME_LENGTH,
	  "y has T steps here, as if zeros stood behind x. Without padding there are "
	  "T-k+1 windows" },
	{ FIRST_OUTPUT, "only y(0,0) is computed: a return inside of the loops" },
	{ UNTOUCHED, "nothing is written to y. Is it computed yet" },
};
/* clang-format on */

/* --- backward --------------------------------------------------------------------------- */

static double term_of(const Conv *c, int part, int t, int o, int f, int j, int way)
{
	const int from = way == DY_SHIFTED ? t + j : way == DY_LATE ? t + 1 : t;
	const int out = place_of_y(c, from, o, way);
	double dy = number(c->dy, out);
	if (way == SIGN)
		dy = -dy;
	if (way == MEAN)
		dy /= c->T - c->k + 1;
	if (part == DB || way == NO_FACTOR)
		return dy;
	const double x = number(c->x, place_of_x(c, t, f, j, part == DW ? way : RIGHT));
	const double w = number(c->w, place_of_w(c, o, f, j, part == DX ? way : RIGHT));
	return dy * ((part == DX) == (way == OTHER_FACTOR) ? x : w);
}

static int place_of(const Conv *c, int part, int t, int o, int f, int j, int way)
{
	if (part == DX)
		return place_of_x(c, t, f, j, way);
	if (part == DW)
		return place_of_w(c, o, f, j, way);
	return way == BY_STEP ? t : way == ALL_IN_ONE ? 0 : o;
}

static void make_gradient(const Conv *c, int part, int way, double grad[])
{
	const bool once = part == DB && way != EACH_TERM && way != EACH_TAP;
	const bool one = once || way == ONE_FEATURE || (part == DB && way == EACH_TAP);
	const int features = one ? 1 : c->F;
	const int taps = once || way == ONE_TAP ? 1 : c->k;
	bool written[ROOM] = { false };
	for (int i = 0; i < ROOM; i++)
		grad[i] = (double)c->before[part - DX][i];
	for (int t = 0; t < steps_of(c, way); t++)
		for (int o = 0; o < c->O - (way == LAST_FILTER); o++)
			for (int f = 0; f < features - (way == LAST_FEATURE); f++)
				for (int j = 0; j < taps - (way == LAST_TAP); j++) {
					const int at = place_of(c, part, t, o, f, j, way);
					if (at >= ROOM)
						continue;
					if (way == ASSIGNED ||
					        (way == SET && !written[at]))
						grad[at] = 0;
					written[at] = true;
					grad[at] += term_of(c, part, t, o, f, j, way);
				}
}

/* clang-format off */
static const Mistake dx_mistakes[] = {
	{ ASSIGNED,
	  "= where += has to be: each window replaces what the one before gave to "
	  "this step" },
	{ SET, "dx is set. It has to be added to: what was there is lost" },
	{ OTHER_FACTOR,
	  "the factor is x. dy has to be multiplied by the weight: y grows by w "
	  "when x grows by 1" },
	{ NO_FACTOR, "the weight is missing as a factor" },
	{ ONE_STEP,
	  "everything goes to step t, which is the place of y. Tap j has read "
	  "step t + j" },
	{ FLIPPED,
	  "the filter is flipped: tap j has read step t + j, and dy goes back "
	  "there" },
	{ LATE, "the window begins one step late: tap 0 belongs to step t" },
	{ WINDOWS,
	  "the windows do not overlap: window t begins at step t, not at step t * "
	  "k" },
	{ WINDOWS_K, "a step of dx has F numbers: step t + j begins at (t + j) * F" },
	{ W_BY_TAP,
	  "w is read as (O,k,F). It is (O,F,k): the taps of one feature lie side "
	  "by side" },
	{ W_NO_FEATURE,
	  "the index of w has no feature in it. Each feature has weights of its "
	  "own" },
	{ W_TAPS_FIRST,
	  "w is read as (k,O,F). It is (O,F,k): the taps of one feature lie side "
	  "by side" },
	{ X_TURNED, "dx is written as (F,T). It is (T,F): step t begins at t * F" },
	{ X_WIDTH,
	  "a step of dx has F numbers, not O: step t + j begins at (t + j) * F" },
	{ OUT_TURNED,
	  "dy is read as (O,T-k+1). It is (T-k+1,O): step t begins at t * O" },
	{ OUT_WIDTH, "a step of dy has O numbers, not F: step t begins at t * O" },
	{ LAST_STEP,
	  "the last window is left out. There are T-k+1 of them: the loop ends "
	  "one too early" },
	{ BEYOND_STEPS, "the loop goes over T steps of dy. It has T-k+1" },
	{ LAST_TAP, "the last tap is left out: j goes from 0 to k-1" },
	{ LAST_FEATURE, "the last feature is left out: f goes from 0 to F-1" },
	{ MEAN,
	  "divided by the number of windows. Only a mean is divided, and this is "
	  "a sum" },
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" },
	{ LAST_FILTER, "the last filter is left out: o goes from 0 to O-1" },
	{ FIRST_STEP, "only the first window is reached: a return inside of the loop" },
	{ ONE_TAP, "only tap 0 is reached: is the loop over j missing" },
	{ ONE_FEATURE, "only feature 0 is reached: is the loop over f missing" },
	{ X_HALF, "the brackets in the index of dx: step t + j begins at (t + j) * F" },
	{ W_HALF, "the brackets in the index of w: it is (o * F + f) * k + j" },
	{ DY_SHIFTED,
	  "t and t + j are exchanged: dy has the index t, and dx has the index t + j" },
	{ DY_LATE, "dy is read one step late: window t has the gradient dy(t,o)" },
	{ UNTOUCHED, "nothing is added to dx. Is it computed yet" },
};
static const Mistake dw_mistakes[] = {
	{ ASSIGNED,
	  "= where += has to be: each window replaces what the one before gave to "
	  "this weight" },
	{ SET, "dw is set. It has to be added to: what was there is lost" },
	{ OTHER_FACTOR,
	  "the factor is w. dy has to be multiplied by the input: y grows by x "
	  "when w grows by 1" },
	{ NO_FACTOR, "the input is missing as a factor" },
	{ ONE_STEP, "all taps read step t of x. Tap j has read step t + j" },
	{ FLIPPED, "the filter is flipped: tap j has read step t + j" },
	{ LATE, "the window begins one step late: tap 0 belongs to step t" },
	{ WINDOWS,
	  "the windows do not overlap: window t begins at step t, not at step t * "
	  "k" },
	{ WINDOWS_K, "a step of x has F numbers: step t + j begins at (t + j) * F" },
	{ W_BY_TAP, "dw is written as (O,k,F). It has the shape of w, (O,F,k)" },
	{ W_NO_FEATURE,
	  "the index of dw has no feature in it. Each feature has weights of its "
	  "own" },
	{ W_TAPS_FIRST, "dw is written as (k,O,F). It has the shape of w, (O,F,k)" },
	{ X_TURNED, "x is read as (F,T). It is (T,F): step t begins at t * F" },
	{ X_WIDTH, "a step of x has F numbers, not O: step t + j begins at (t + j) * F" },
	{ OUT_TURNED,
	  "dy is read as (O,T-k+1). It is (T-k+1,O): step t begins at t * O" },
	{ OUT_WIDTH, "a step of dy has O numbers, not F: step t begins at t * O" },
	{ LAST_STEP,
	  "the last window is left out. There are T-k+1 of them: the loop ends "
	  "one too early" },
	{ BEYOND_STEPS, "the loop goes over T steps of dy. It has T-k+1" },
	{ LAST_TAP, "the last tap is left out: j goes from 0 to k-1" },
	{ LAST_FEATURE, "the last feature is left out: f goes from 0 to F-1" },
	{ MEAN,
	  "divided by the number of windows. A weight is used in every window, "
	  "and the shares are added" },
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" },
	{ LAST_FILTER, "the last filter is left out: o goes from 0 to O-1" },
	{ FIRST_STEP, "only the first window is reached: a return inside of the loop" },
	{ ONE_TAP, "only tap 0 is reached: is the loop over j missing" },
	{ ONE_FEATURE, "only feature 0 is reached: is the loop over f missing" },
	{ X_HALF, "the brackets in the index of x: step t + j begins at (t + j) * F" },
	{ W_HALF, "the brackets in the index of dw: it is (o * F + f) * k + j" },
	{ DY_SHIFTED,
	  "t and t + j are exchanged: dy has the index t, and x has the index t + j" },
	{ DY_LATE, "dy is read one step late: window t has the gradient dy(t,o)" },
	{ UNTOUCHED, "nothing is added to dw. Is it computed yet" },
};
static const Mistake db_mistakes[] = {
	{ ASSIGNED,
	  "= where += has to be: only the last step is left. The bias is in every "
	  "step, and all are added" },
	{ SET, "db is set. It has to be added to: what was there is lost" },
	{ EACH_TERM,
	  "db is added to for every tap and feature. It belongs outside of the "
	  "two inner loops" },
	{ EACH_TAP,
	  "db is added to for every tap. It belongs outside of the loop over taps" },
	{ BY_STEP, "db has the index of the step. It belongs to the filter: db[o]" },
	{ ALL_IN_ONE, "all filters are added to db[0]. Each has its own" },
	{ OUT_TURNED,
	  "dy is read as (O,T-k+1). It is (T-k+1,O): step t begins at t * O" },
	{ OUT_WIDTH, "a step of dy has O numbers, not F: step t begins at t * O" },
	{ LAST_STEP,
	  "the last window is left out. There are T-k+1 of them: the loop ends "
	  "one too early" },
	{ BEYOND_STEPS, "the loop goes over T steps of dy. It has T-k+1" },
	{ MEAN,
	  "divided by the number of windows. The bias is in every step, and the "
	  "shares are added" },
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" },
	{ LAST_FILTER, "the last filter is left out: o goes from 0 to O-1" },
	{ FIRST_STEP,
	  "only the first window is reached: a return inside of the loop, or db "
	  "outside of the loop over t" },
	{ DY_LATE, "dy is read one step late: window t has the gradient dy(t,o)" },
	{ UNTOUCHED, "nothing is added to db. Is it computed yet" },
};
/* clang-format on */
#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

/* --- comparing -------------------------------------------------------------------------- */

static void make(const Conv *c, int part, int way, double numbers[])
{
	if (part == Y)
		make_outputs(c, way, numbers);
	else
		make_gradient(c, part, way, numbers);
}

/* The first place where they differ; -1: nowhere. */
static int difference(const real found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            1e-4 + 1e-4 * fabs(expected[i])))
			return i;
	return -1;
}

static bool all_whole(const real found[], int count)
{
	for (int i = 0; i < count; i++)
		if (!((double)found[i] == floor((double)found[i])))
			return false;
	return true;
}

/* Element `at` of an array, as one writes it: dw(1,0,2). */
static const char *place_text(const Conv *c, int part, int at)
{
	static char text[40];
	if (part == DW)
		snprintf(text, sizeof text, "dw(%d,%d,%d)", at / c->k / c->F,
		        at / c->k % c->F, at % c->k);
	else if (part == DB)
		snprintf(text, sizeof text, "db(%d)", at);
	else if (part == DX)
		snprintf(text, sizeof text, "dx(%d,%d)", at / c->F, at % c->F);
	else
		snprintf(text, sizeof text, "y(%d,%d)", at / c->O, at % c->O);
	return text;
}

/* Fails with the mistake that gives just what was found; `count` numbers are its own. */
static void judge(const Conv *c, int part, const real found[], int count,
        const Mistake mistakes[], int known)
{
	static const char *const names[] = { "y", "dx", "dw", "db" };
	double expected[ROOM], other[ROOM];
	make(c, part, RIGHT, expected);
	const int at = difference(found, expected, count + BEYOND);
	if (at < 0)
		return;
	const char *likely = "none that is known here. Write the sum for this number on "
	                     "paper, with O = 1, F = 1 and k = 2, and compare it with "
	                     "your loops";
	if (all_whole(found, count))
		likely = "all numbers are whole: is the sum kept in an int";
	if (fabs((double)found[at]) > 1e6)
		likely =
		        "the sum begins with what happens to be in memory. It begins with "
		        "the bias";
	for (int m = known - 1; m >= 0; m--) {
		make(c, part, mistakes[m].way, other);
		if (difference(found, other, count + BEYOND) < 0)
			likely = mistakes[m].text;
	}
	if (at >= count)
		MISTAKE(likely,
		        "%s is written behind its end (T = %d, F = %d, O = %d, k = %d)",
		        names[part], c->T, c->F, c->O, c->k);
	MISTAKE(likely, "%s is %.6g, expected %.6g (T = %d, F = %d, O = %d, k = %d)",
	        place_text(c, part, at), (double)found[at], expected[at], c->T, c->F,
	        c->O, c->k);
}

/* --- the checks ------------------------------------------------------------------------- */

static void check_forward(int k)
{
	const Conv c = new_conv(checks_seed(), k);
	real y[ROOM];
	memcpy(y, c.before[0], sizeof y);
	const int count = (c.T - k + 1) * c.O;
	CALL("conv1d_forward", WRITES(y, count + BEYOND), READS(c.x, ROOM),
	        READS(c.w, ROOM), READS(c.b, ROOM), INT(c.T), INT(c.F), INT(c.O), INT(k));
	judge(&c, Y, y, count, output_mistakes, COUNT_OF(output_mistakes));
}

static void check_backward(int part, int k)
{
	const Conv c = new_conv(checks_seed(), k);
	real grad[3][ROOM];
	memcpy(grad, c.before, sizeof grad);
	const int counts[] = { c.T * c.F, c.O * c.F * k, c.O };
	CALL("conv1d_backward", WRITES(grad[0], counts[0] + BEYOND),
	        WRITES(grad[1], counts[1] + BEYOND), WRITES(grad[2], counts[2] + BEYOND),
	        READS(c.dy, ROOM), READS(c.x, ROOM), READS(c.w, ROOM), INT(c.T), INT(c.F),
	        INT(c.O), INT(k));
	if (part == DX)
		judge(&c, DX, grad[0], counts[0], dx_mistakes, COUNT_OF(dx_mistakes));
	else if (part == DW)
		judge(&c, DW, grad[1], counts[1], dw_mistakes, COUNT_OF(dw_mistakes));
	else
		judge(&c, DB, grad[2], counts[2], db_mistakes, COUNT_OF(db_mistakes));
}

START_TEST(forward)
{
	check_forward(window_of(checks_seed()));
}
END_TEST

START_TEST(one_window)
{
	check_forward(window_of(checks_seed()));
	check_forward(8 + checks_seed() % 3); /* T: as long as the sequence */
	check_forward(1);
}
END_TEST

START_TEST(gradient_of_x)
{
	check_backward(DX, window_of(checks_seed()));
}
END_TEST

START_TEST(gradient_of_w)
{
	check_backward(DW, window_of(checks_seed()));
}
END_TEST

START_TEST(gradient_of_b)
{
	check_backward(DB, window_of(checks_seed()));
}
END_TEST

CHECKS({ forward, 3, "conv1d_forward: y" },
        { one_window, 1, "conv1d_forward: the longest and the shortest window" },
        { gradient_of_x, 2, "conv1d_backward: dx" },
        { gradient_of_w, 2, "conv1d_backward: dw" },
        { gradient_of_b, 2, "conv1d_backward: db" })
