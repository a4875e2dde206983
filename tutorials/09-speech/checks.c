/* Each function is compared with its definition. Where it is wrong, the likely mistakes are
 * made on purpose, by loops like a student's, and compared with what was found: all numbers
 * have to agree. */
#include "tutorials/grader/checks.h"
#include "tensor/rng.h"

#include <math.h>
#include <string.h>

/* Behind each array lie more numbers, so that an index which is wrong by little reads a
 * wrong number, or writes where it must not, and can be told by it. */
enum { MOST = 140, BEYOND = 100, ROOM = MOST + BEYOND, B = 3 };

/* No two of the sizes are the same, so that one in place of another is seen. */
typedef struct Pool {
	int T, F, lengths[B];
	real x[ROOM], dy[ROOM], before[ROOM];
	int kept[ROOM]; /* what winner holds before; for backward, the winners */
} Pool;

static void fill(real numbers[], Rng *rng)
{
	for (int i = 0; i < ROOM; i++)
		numbers[i] = (real)rng_normal(rng);
}

static int at_x(const Pool *c, int b, int t, int f)
{
	return (b * c->T + t) * c->F + f;
}

/* Padding holds large numbers. One feature is below 0 everywhere, one far below. */
static Pool new_pool(int seed, bool equals)
{
	Rng rng = rng_new((uint64_t)seed);
	const int turned = seed / 2 % 2;
	Pool c = { .T = 7 + seed % 3, .F = turned ? 5 : 4 };
	fill(c.x, &rng);
	fill(c.dy, &rng);
	fill(c.before, &rng);
	for (int i = 0; i < ROOM; i++)
		c.kept[i] = 90 + i;
	for (int b = 0; b < B; b++) {
		c.lengths[b] = b == seed % B ? c.T : 4 + (seed + b) % (c.T - 4);
		for (int t = 0; t < c.T; t++)
			for (int f = 0; f < c.F; f++) {
				real *x = &c.x[at_x(&c, b, t, f)];
				if (equals)
					*x = (real)floor((double)*x);
				if (f == 1)
					*x = -(real)0.5 - (real)fabs((double)*x);
				if (f == 2)
					*x -= 5000;
				if (t >= c.lengths[b])
					*x = (real)20.3 + (real)t + (real)f / 8;
			}
	}
	return c;
}

/* --- what to be wrong about ------------------------------------------------------------- */

/* clang-format off */
enum {
	RIGHT, UNTOUCHED, PADDING, ZERO, FIRST_LENGTH, SHORT, LONG, SMALLEST, CARRIED, OVER_FEATURES,
	STRIDE, TURNED, ONE_UTTERANCE, OUT_TURNED, MEAN, LAST_FRAME, FIRST_FRAME, LAST_FEATURE, LAST_UTTERANCE, RETURNED,
	LAST_EQUAL, FROM_ONE, FLAT, FEATURE, UNSET, NO_WINNER,
	ALL_FRAMES, ASSIGNED, CLEARED, SHARED, SIGN, DY_BY_WINNER,
	NO_SCALE, TIMES_P, TIMES_1_P, BY_P, TURNED_MASK, NO_MASK, ADDED, NOT_SET, LAST_NUMBER,
	FIRST_UTTERANCE, PACKED, BEFORE, BRACKETS
};
/* clang-format on */

typedef struct Mistake {
	int way;
	const char *text;
} Mistake;

static double number(const real array[], int at)
{
	return at >= 0 && at < ROOM ? (double)array[at] : 0;
}

/* --- max pooling, forward --------------------------------------------------------------- */

static int place_of_x(const Pool *c, int b, int t, int f, int way)
{
	int packed = 0; /* frames of the utterances before, without their padding */
	for (int k = 0; k < b; k++)
		packed += c->lengths[k];
	return way == STRIDE          ? (b * c->lengths[b] + t) * c->F + f
	       : way == PACKED        ? (packed + t) * c->F + f
	       : way == TURNED        ? (b * c->F + f) * c->T + t
	       : way == ONE_UTTERANCE ? t * c->F + f
	       : way == OVER_FEATURES ? at_x(c, b, f, t)
	                              : at_x(c, b, t, f);
}

static int utterances(int way)
{
	return way == UNTOUCHED         ? 0
	       : way == FIRST_UTTERANCE ? 1
	                                : B - (way == LAST_UTTERANCE);
}

static int frames_of(const Pool *c, int b, int way)
{
	return way == PADDING         ? c->T
	       : way == FIRST_LENGTH  ? c->lengths[0]
	       : way == OVER_FEATURES ? c->F
	       : way == FIRST_FRAME   ? 1
	                              : c->lengths[b] - (way == SHORT) + (way == LONG);
}

static bool takes_over(double x, double best, int way)
{
	return way == LAST_FRAME   ? true
	       : way == LAST_EQUAL ? x >= best
	       : way == SMALLEST   ? x < best
	                           : x > best;
}

/* What a winner's frame is written as. */
static int written(const Pool *c, int b, int t, int f, int way)
{
	return way == FROM_ONE  ? t + 1
	       : way == FLAT    ? at_x(c, b, t, f)
	       : way == FEATURE ? f
	                        : t;
}

static void pool(const Pool *c, int way, double y[], double winner[])
{
	double best = 0, sum;
	for (int i = 0; i < ROOM; i++) {
		y[i] = (double)c->before[i];
		winner[i] = c->kept[i];
	}
	for (int b = 0; b < utterances(way); b++)
		for (int f = 0; f < c->F - (way == LAST_FEATURE); f++) {
			const int out = way == OUT_TURNED ? f * B + b : b * c->F + f;
			const int frames = frames_of(c, b, way);
			int first = 0;
			if (way != CARRIED || (b == 0 && f == 0))
				best = number(c->x, place_of_x(c, b, 0, f, way));
			if (way == ZERO || way == BEFORE)
				best = way == ZERO ? 0 : (double)c->before[out];
			sum = 0;
			for (int t = 0; t < frames; t++) {
				const double x =
				        number(c->x, place_of_x(c, b, t, f, way));
				sum += x;
				if (t > 0 || way == CARRIED || way == ZERO ||
				        way == BEFORE) {
					const bool wins = takes_over(x, best, way);
					best = wins ? x : best;
					first = wins ? t : first;
				}
			}
			y[out] = way == MEAN ? sum / frames : best;
			if (way != NO_WINNER && (way != UNSET || first > 0))
				winner[out] = written(c, b, first, f, way);
			if (way == RETURNED)
				return;
		}
}

/* clang-format off */
static const Mistake pool_mistakes[] = {
	{ PADDING, "padding wins: the loop over t runs to T. It ends at lengths[b]" },
	{ ZERO, "the maximum starts at 0. If all numbers are below 0, none of them takes over: start with frame 0" },
	{ FIRST_LENGTH, "all utterances get the length of the first one. Utterance b has lengths[b]" },
	{ SHORT, "the last frame is not looked at: the loop over t ends one too early" },
	{ LONG, "the loop over t ends one too late: frame lengths[b] is padding" },
	{ SMALLEST, "that is the smallest. Look at the direction of the comparison" },
	{ CARRIED, "the maximum goes on from the feature before. It begins anew for each utterance and feature" },
	{ OVER_FEATURES, "the maximum is taken over features. The loop inside goes over time" },
	{ STRIDE, "the stride: each utterance has room for T frames, however long it is. Utterance b begins at b * T * F" },
	{ PACKED, "the stride: each utterance has room for T frames, however long it is. Utterance b begins at b * T * F" },
	{ BEFORE, "the maximum starts with what y happens to hold. Start with frame 0" },
	{ TURNED, "x is read as (B,F,T). It is (B,T,F): frame t of utterance b begins at (b * T + t) * F" },
	{ ONE_UTTERANCE, "the index of x has no b in it: every utterance reads the first one" },
	{ OUT_TURNED, "y is written as (F,B). It is (B,F): utterance b begins at b * F" },
	{ MEAN, "that is the mean. Max pooling keeps the largest" },
	{ LAST_FRAME, "every frame takes over, whatever it holds, so the last one is left" },
	{ FIRST_FRAME, "only frame 0 is looked at: is the loop over t missing" },
	{ LAST_FEATURE, "the last feature is left out: f goes from 0 to F-1" },
	{ LAST_UTTERANCE, "the last utterance is left out: b goes from 0 to B-1" },
	{ FIRST_UTTERANCE, "only the first utterance is done: is the loop over b missing" },
	{ RETURNED, "only y(0,0) is computed: a return inside of the loops" },
	{ LAST_EQUAL, "of equal numbers the last one wins. The first one has to: a later frame takes over only if it is larger" },
	{ FROM_ONE, "winner is counted from 1. Frames are counted from 0" },
	{ FLAT, "winner holds an index into x. It is the frame t alone" },
	{ FEATURE, "winner holds the feature. It is the frame t of the largest number" },
	{ UNSET, "winner is not set where frame 0 wins. It starts at 0" },
	{ NO_WINNER, "winner is not written. Backward will need it" },
	{ UNTOUCHED, "nothing is written to y. Is it computed yet" },
};
/* clang-format on */
#define COUNT_OF(table) (int)(sizeof(table) / sizeof(table)[0])

/* The first place where they differ; -1: nowhere. */
static int difference(const real found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (!(fabs((double)found[i] - expected[i]) <=
		            1e-5 + 1e-5 * fabs(expected[i])))
			return i;
	return -1;
}

static bool same(const int found[], const double expected[], int count)
{
	for (int i = 0; i < count; i++)
		if (found[i] != (int)expected[i])
			return false;
	return true;
}

static const char *likely_of(const Pool *c, const real y[], const int winner[])
{
	double expected[ROOM], frames[ROOM];
	const char *by_y = NULL;
	for (int m = 0; m < COUNT_OF(pool_mistakes); m++) {
		pool(c, pool_mistakes[m].way, expected, frames);
		if (difference(y, expected, B * c->F + BEYOND) >= 0)
			continue;
		if (same(winner, frames, B * c->F + BEYOND))
			return pool_mistakes[m].text;
		by_y = by_y ? by_y : pool_mistakes[m].text;
	}
	pool(c, RIGHT, expected, frames);
	const int at = difference(y, expected, B * c->F);
	if (at < 0)
		return "none that is known here. winner has to change together with the "
		       "maximum, in the same two braces";
	if (by_y)
		return by_y;
	bool read = false; /* from x */
	for (int i = 0; i < ROOM; i++)
		read = read || fabs((double)(y[at] - c->x[i])) < 1e-6;
	if ((double)y[at] > expected[at] && !read)
		return "the maximum starts at a number that is too large. Start with frame 0 "
		       "of this utterance, then no number can be too small";
	int whole = 0;
	for (int i = 0; i < B * c->F; i++)
		whole += (double)y[i] == floor((double)y[i]);
	if (whole == B * c->F)
		return "all numbers are whole: is the maximum kept in an int";
	return "none that is known here. Do it on paper with B = 1, F = 1 and three "
	       "frames, and compare with your loops";
}

/* --- the checks of pooling -------------------------------------------------------------- */

static void check_pool(bool equals)
{
	const Pool c = new_pool(checks_seed(), equals);
	real y[ROOM];
	int winner[ROOM];
	double expected[ROOM], frames[ROOM];
	memcpy(y, c.before, sizeof y);
	memcpy(winner, c.kept, sizeof winner);
	pool(&c, RIGHT, expected, frames);
	CALL("max_pool_forward", WRITES(y, B * c.F + BEYOND),
	        WRITES_INTS(winner, B * c.F + BEYOND), READS(c.x, ROOM),
	        READS_INTS(c.lengths, B), INT(B), INT(c.T), INT(c.F));
	const int at = difference(y, expected, B * c.F + BEYOND);
	if (at >= B * c.F)
		MISTAKE(likely_of(&c, y, winner),
		        "y is written behind its end (B = %d, T = %d, F = %d)", B, c.T,
		        c.F);
	if (at >= 0)
		MISTAKE(likely_of(&c, y, winner),
		        "y(%d,%d) is %.6g, expected %.6g (B = %d, T = %d, F = %d, "
		        "lengths[%d] = %d)",
		        at / c.F, at % c.F, (double)y[at], expected[at], B, c.T, c.F,
		        at / c.F, c.lengths[at / c.F]);
	for (int i = 0; equals && i < B * c.F; i++)
		if (winner[i] != (int)frames[i])
			MISTAKE(likely_of(&c, y, winner),
			        "winner(%d,%d) is %d, expected %d (B = %d, T = %d, "
			        "F = %d, lengths[%d] = %d)",
			        i / c.F, i % c.F, winner[i], (int)frames[i], B, c.T, c.F,
			        i / c.F, c.lengths[i / c.F]);
}

START_TEST(largest)
{
	check_pool(false);
}
END_TEST

START_TEST(winners)
{
	check_pool(true);
}
END_TEST

/* --- max pooling, backward -------------------------------------------------------------- */

static void pool_back(const Pool *c, int way, double dx[])
{
	for (int i = 0; i < ROOM; i++)
		dx[i] = way == CLEARED && i < B * c->T * c->F ? 0 : (double)c->before[i];
	for (int b = 0; b < utterances(way); b++)
		for (int f = 0; f < c->F - (way == LAST_FEATURE); f++) {
			const int out = way == OUT_TURNED ? f * B + b : b * c->F + f;
			const int t = way == FIRST_FRAME ? 0 : c->kept[out];
			double d = number(c->dy, way == DY_BY_WINNER ? t : out);
			d = way == SIGN ? -d : way == SHARED ? d / c->T : d;
			const int place = way == FLAT ? t : place_of_x(c, b, t, f, way);
			const bool all = way == ALL_FRAMES || way == SHARED;
			for (int u = 0; all && u < c->T; u++)
				dx[at_x(c, b, u, f)] += d;
			if (!all && place < ROOM)
				dx[place] = d + (way == ASSIGNED ? 0 : dx[place]);
			if (way == RETURNED)
				return;
		}
}

/* clang-format off */
static const Mistake back_mistakes[] = {
	{ ALL_FRAMES, "the gradient goes to all frames. Only the winner moved the maximum, so only the winner gets it" },
	{ ASSIGNED, "= where += has to be: what other functions have added is lost" },
	{ CLEARED, "dx is set to 0 first. It has to be added to: what was there is lost" },
	{ SHARED, "the gradient is shared by all frames. That is the mean's gradient; here the winner gets all of it" },
	{ SIGN, "the sign. The gradient is added here; the training step subtracts it" },
	{ FIRST_FRAME, "the gradient goes to frame 0. It goes to the frame that winner tells" },
	{ FLAT, "winner is taken for an index into dx. It is the frame t: its place is (b * T + t) * F + f" },
	{ TURNED, "dx is written as (B,F,T). It is (B,T,F): frame t of utterance b begins at (b * T + t) * F" },
	{ STRIDE, "the stride: each utterance has room for T frames. Utterance b begins at b * T * F" },
	{ ONE_UTTERANCE, "the index of dx has no b in it: all gradients go to the first utterance" },
	{ OUT_TURNED, "dy and winner are read as (F,B). They are (B,F): utterance b begins at b * F" },
	{ DY_BY_WINNER, "dy is read at the winner's frame. It has one number for each utterance and feature: dy[b * F + f]" },
	{ LAST_FEATURE, "the last feature is left out: f goes from 0 to F-1" },
	{ LAST_UTTERANCE, "the last utterance is left out: b goes from 0 to B-1" },
	{ FIRST_UTTERANCE, "only the first utterance is done: is the loop over b missing" },
	{ RETURNED, "only one gradient goes back: a return inside of the loops" },
	{ UNTOUCHED, "nothing is added to dx. Is it computed yet" },
};
/* clang-format on */

START_TEST(pool_gradient)
{
	Pool c = new_pool(checks_seed(), false);
	real dx[ROOM];
	double expected[ROOM], other[ROOM], y[ROOM], frames[ROOM];
	pool(&c, RIGHT, y, frames);
	for (int i = 0; i < B * c.F; i++)
		c.kept[i] = (int)frames[i];
	for (int i = B * c.F; i < ROOM; i++)
		c.kept[i] = 0;
	memcpy(dx, c.before, sizeof dx);
	pool_back(&c, RIGHT, expected);
	CALL("max_pool_backward", WRITES(dx, ROOM), READS(c.dy, ROOM),
	        READS_INTS(c.kept, ROOM), INT(B), INT(c.T), INT(c.F));
	const int at = difference(dx, expected, ROOM);
	if (at < 0)
		return;
	const char *likely = "none that is known here. Draw one utterance with one "
	                     "feature and three frames, and mark where dy goes";
	for (int m = COUNT_OF(back_mistakes) - 1; m >= 0; m--) {
		pool_back(&c, back_mistakes[m].way, other);
		if (difference(dx, other, ROOM) < 0)
			likely = back_mistakes[m].text;
	}
	if (at >= B * c.T * c.F)
		MISTAKE(likely, "dx is written behind its end (B = %d, T = %d, F = %d)",
		        B, c.T, c.F);
	MISTAKE(likely, "dx(%d,%d,%d) is %.6g, expected %.6g (B = %d, T = %d, F = %d)",
	        at / c.F / c.T, at / c.F % c.T, at % c.F, (double)dx[at], expected[at], B,
	        c.T, c.F);
}
END_TEST

/* --- dropout ---------------------------------------------------------------------------- */

enum { LONGEST = 40, MORE = LONGEST + 8 };
typedef struct Drop {
	int n, keep[MORE];
	real p, x[MORE], before[MORE];
} Drop;

static Drop new_drop(int seed)
{
	static const real parts[] = { (real)0.25, (real)0.2, (real)0.3, (real)0.4 };
	Rng rng = rng_new((uint64_t)seed + 50);
	Drop c = { .n = 20 + seed % 9, .p = parts[seed % 4] };
	for (int i = 0; i < MORE; i++) {
		c.x[i] = (real)rng_normal(&rng);
		c.before[i] = (real)rng_normal(&rng);
		c.keep[i] = i % 5 != 1 && rng_uniform_double(&rng) >= (double)c.p;
	}
	c.keep[c.n - 1] = 1;
	return c;
}

static void drop(const Drop *c, bool adds, int way, double out[])
{
	const double p = (double)c->p;
	const int count = way == UNTOUCHED ? 0 : way == RETURNED ? 1 : c->n;
	for (int i = 0; i < MORE; i++)
		out[i] = (double)c->before[i];
	for (int i = 0; i < count - (way == LAST_NUMBER) + (way == LONG); i++) {
		const bool kept = way == NO_MASK || (way == TURNED_MASK) != c->keep[i];
		double y = (double)c->x[i] / (1 - p);
		y = way == NO_SCALE    ? (double)c->x[i]
		    : way == TIMES_P   ? (double)c->x[i] * p
		    : way == TIMES_1_P ? (double)c->x[i] * (1 - p)
		    : way == BY_P      ? (double)c->x[i] / p
		    : way == BRACKETS  ? (double)c->x[i] - p
		    : way == SIGN      ? -y
		                       : y;
		if (way == NOT_SET && !kept)
			continue;
		y = kept ? y : 0;
		const bool add = way == ADDED || (adds && way != ASSIGNED);
		out[i] = y + (add ? out[i] : 0);
	}
}

/* clang-format off */
static const Mistake drop_mistakes[] = {
	{ NO_SCALE, "the scale is missing: what is kept is divided by 1 - p" },
	{ TIMES_P, "the scale: it is multiplied by p. What is kept is divided by 1 - p" },
	{ TIMES_1_P, "the scale: it is multiplied by 1 - p, which makes it smaller. It is divided by it" },
	{ BY_P, "the scale: it is divided by p. p is the part that is dropped; divide by the part that is kept, 1 - p" },
	{ BRACKETS, "the brackets: x / 1 - p is x - p. Write x / (1 - p)" },
	{ TURNED_MASK, "the mask is turned round: keep[i] = 1 means that the number stays" },
	{ NO_MASK, "the mask is not applied: where keep[i] is 0, the result is 0" },
	{ ADDED, "y is added to. It has to be set: it may hold anything before" },
	{ NOT_SET, "y is not written where a number is dropped. It has to be 0 there" },
	{ LAST_NUMBER, "the last number is left out: i goes from 0 to n-1" },
	{ LONG, "one number too many: i goes from 0 to n-1" },
	{ RETURNED, "only the first number is computed: a return inside of the loop" },
	{ UNTOUCHED, "nothing is written to y. Is it computed yet" },
}, drop_back_mistakes[] = {
	{ NO_MASK, "the mask is not applied backward: what was dropped did not move the result, so its gradient is 0" },
	{ NO_SCALE, "the scale is missing backward: x was divided by 1 - p, so its gradient is, too" },
	{ TIMES_P, "the scale backward: it is multiplied by p. It is divided by 1 - p, as forward" },
	{ TIMES_1_P, "the scale backward: it is multiplied by 1 - p. It is divided by it, as forward" },
	{ BY_P, "the scale backward: it is divided by p. It is divided by 1 - p, as forward" },
	{ BRACKETS, "the brackets backward: dy / 1 - p is dy - p. Write dy / (1 - p)" },
	{ TURNED_MASK, "the mask is turned round backward: only what was kept gets a gradient" },
	{ ASSIGNED, "= where += has to be in dropout_backward: what other functions have added is lost" },
	{ SIGN, "the sign backward. The gradient is added here; the training step subtracts it" },
	{ LAST_NUMBER, "the last gradient is left out: i goes from 0 to n-1" },
	{ LONG, "one gradient too many: i goes from 0 to n-1" },
	{ RETURNED, "only the first gradient is computed: a return inside of the loop" },
	{ UNTOUCHED, "nothing is added to dx of dropout. Is it computed yet" },
};
/* clang-format on */

static void check_drop(const char *name, bool adds, const Mistake mistakes[], int known)
{
	const Drop c = new_drop(checks_seed());
	real out[MORE];
	double expected[MORE], other[MORE];
	memcpy(out, c.before, sizeof out);
	drop(&c, adds, RIGHT, expected);
	CALL(adds ? "dropout_backward" : "dropout_forward", WRITES(out, MORE),
	        READS(c.x, MORE), READS_INTS(c.keep, MORE), REAL(c.p), INT(c.n));
	const int at = difference(out, expected, MORE);
	if (at < 0)
		return;
	const char *likely =
	        "none that is known here. keep says what stays; compute this number on "
	        "paper";
	for (int m = known - 1; m >= 0; m--) {
		drop(&c, adds, mistakes[m].way, other);
		if (difference(out, other, MORE) < 0)
			likely = mistakes[m].text;
	}
	if (at >= c.n)
		MISTAKE(likely, "%s is written behind its end (n = %d)", name, c.n);
	MISTAKE(likely, "%s[%d] is %.6g, expected %.6g (keep[%d] = %d, p = %.2f, n = %d)",
	        name, at, (double)out[at], expected[at], at, c.keep[at], (double)c.p,
	        c.n);
}

START_TEST(dropped)
{
	check_drop("y", false, drop_mistakes, COUNT_OF(drop_mistakes));
}
END_TEST

START_TEST(drop_gradient)
{
	check_drop("dx", true, drop_back_mistakes, COUNT_OF(drop_back_mistakes));
}
END_TEST

CHECKS({ largest, 3, "max_pool_forward: y" },
        { winners, 2, "max_pool_forward: winner, with equal numbers" },
        { pool_gradient, 2, "max_pool_backward: dx" },
        { dropped, 2, "dropout_forward: y" },
        { drop_gradient, 1, "dropout_backward: dx" })
