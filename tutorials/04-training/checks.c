/* Each array that a step changes is checked by itself, against the formulas in double. Where
 * a known mistake's numbers fit, its name is told. How far w moved is compared, not where it
 * is: a step is small beside w. */
#include "tutorials/grader/checks.h"

#include "tensor/rng.h"

#include <math.h>

enum { MOST = 8 };

typedef struct State {
	int n, step;
	real w[MOST], g[MOST];
	real a[MOST], b[MOST]; /* velocity; or m and v */
	double rate, momentum, beta1, beta2, epsilon;
} State;

/* Numbers that are far from 0 and from each other, by the seed. */
static State state_new(void)
{
	State s = { .n = 3 + checks_seed() % 5, .step = 1 };
	Rng rng = rng_new((uint64_t)checks_seed());
	for (int i = 0; i < s.n; i++) {
		s.w[i] = (real)rng_normal(&rng);
		s.g[i] = (real)((rng_below(&rng, 2) ? 1 : -1) *
		                (0.5 + 2 * rng_uniform_double(&rng)));
		s.a[i] = (real)(0.3 + rng_uniform_double(&rng));
		s.b[i] = (real)(0.5 + rng_uniform_double(&rng));
	}
	s.rate = 0.05 + 0.1 * rng_uniform_double(&rng);
	s.momentum = 0.6 + 0.3 * rng_uniform_double(&rng);
	s.beta1 = 0.7 + 0.2 * rng_uniform_double(&rng);
	s.beta2 = 0.9 + 0.08 * rng_uniform_double(&rng);
	s.epsilon = 1e-8;
	return s;
}

typedef struct Known {
	const char *mistake;
	double at[MOST];
} Known;

static bool close_to(double found, double wanted)
{
	return fabs(found - wanted) <= 2e-6 + 3e-4 * fabs(wanted);
}

/* `found` must be `right`; where it is what a known mistake gives, that is told. */
static void compare(const char *what, int n, const double found[], const double right[],
        int count, const Known known[])
{
	int bad = 0;
	while (bad < n && close_to(found[bad], right[bad]))
		bad++;
	if (bad == n)
		return;
	for (int k = 0; k < count; k++) {
		int same = 0;
		while (same < n && close_to(found[same], known[k].at[same]))
			same++;
		if (same == n)
			MISTAKE(known[k].mistake, "%s of number %d is %g, expected %g",
			        what, bad, found[bad], right[bad]);
	}
	if (bad == n - 1 && bad > 0)
		MISTAKE("the loop ends too early: the last number is not reached",
		        "%s of number %d, the last, is %g, expected %g", what, bad,
		        found[bad], right[bad]);
	int still = 1;
	while (still < n && found[still] == 0)
		still++;
	if (bad == 1 && still == n)
		MISTAKE("only the first number takes a step. Loop over all n, and return "
		        "after the loop",
		        "%s of number 1 is 0, expected %g", what, right[1]);
	ck_abort_msg(
	        "%s of number %d is %g, expected %g. No mistake that is known here fits: do one step on paper, as hint 1 says, and print what your code has.",
	        what, bad, found[bad], right[bad]);
}

/* --- SGD -------------------------------------------------------------------------------- */

static void call_sgd(State *s, double moved[])
{
	State before = *s;
	CALL("sgd_update", WRITES(s->w, s->n), WRITES(s->a, s->n), READS(s->g, s->n),
	        INT(s->n), REAL((real)s->rate), REAL((real)s->momentum));
	for (int i = 0; i < s->n; i++)
		moved[i] = (double)s->w[i] - (double)before.w[i];
}

/* Without momentum a step is plain gradient descent. */
START_TEST(sgd_without_momentum)
{
	State s = state_new();
	double moved[MOST], right[MOST];
	Known known[] = { { "the step goes uphill: a step is subtracted from w", { 0 } },
		{ "w does not move", { 0 } } };
	s.momentum = 0;
	for (int i = 0; i < s.n; i++) {
		right[i] = -s.rate * (double)s.g[i];
		known[0].at[i] = -right[i];
	}
	call_sgd(&s, moved);
	compare("the move of w", s.n, moved, right, 2, known);
}
END_TEST

START_TEST(sgd_velocity)
{
	State s = state_new();
	double moved[MOST], right[MOST], found[MOST];
	Known known[] = { { "the old velocity is forgotten. Keep momentum times it",
		                  { 0 } },
		{ "the gradient is multiplied by 1 - momentum. That is Adam's mean; here g is added whole",
		        { 0 } },
		{ "the rate is inside the velocity. It belongs where w moves", { 0 } },
		{ "the gradient is subtracted. The velocity gathers g, and w moves against it",
		        { 0 } },
		{ "momentum multiplies the gradient too", { 0 } },
		{ "the velocity is not changed", { 0 } },
		{ "the old velocity is kept whole. Only momentum times it is kept",
		        { 0 } } };
	for (int i = 0; i < s.n; i++) {
		double v = (double)s.a[i], g = (double)s.g[i], u = s.momentum;
		right[i] = u * v + g;
		known[0].at[i] = g;
		known[1].at[i] = u * v + (1 - u) * g;
		known[2].at[i] = u * v + s.rate * g;
		known[3].at[i] = u * v - g;
		known[4].at[i] = u * (v + g);
		known[5].at[i] = v;
		known[6].at[i] = v + g;
	}
	call_sgd(&s, moved);
	for (int i = 0; i < s.n; i++)
		found[i] = (double)s.a[i];
	compare("the velocity", s.n, found, right, 7, known);
}
END_TEST

/* w follows the velocity that was left in the array, whatever it is: the check before this
 * one is about that. */
START_TEST(sgd_moves_along_the_velocity)
{
	State s = state_new(), before = s;
	double moved[MOST], right[MOST];
	Known known[] = {
		{ "w moves along the gradient. It has to move along the velocity",
		        { 0 } },
		{ "w moves along the velocity before this step. Change the velocity first",
		        { 0 } },
		{ "the step goes uphill: a step is subtracted from w", { 0 } },
		{ "w moves by the velocity. The rate is missing", { 0 } }
	};
	call_sgd(&s, moved);
	for (int i = 0; i < s.n; i++) {
		double v = (double)s.a[i];
		right[i] = -s.rate * v;
		known[0].at[i] = -s.rate * (double)s.g[i];
		known[1].at[i] = -s.rate * (double)before.a[i];
		known[2].at[i] = s.rate * v;
		known[3].at[i] = -v;
	}
	if (s.momentum * fabs((double)before.a[0]) > 0 &&
	        close_to((double)s.a[0], (double)s.rate * (double)s.g[0] +
	                                         s.momentum * (double)before.a[0]))
		for (int i = 0; i < s.n;
		        i++) /* the rate is inside: told by the check before */
			right[i] = moved[i];
	compare("the move of w", s.n, moved, right, 4, known);
}
END_TEST

/* --- Adam ------------------------------------------------------------------------------- */

static void call_adam(State *s, double moved[])
{
	State before = *s;
	CALL("adam_update", WRITES(s->w, s->n), WRITES(s->a, s->n), WRITES(s->b, s->n),
	        READS(s->g, s->n), INT(s->n), INT(s->step), REAL((real)s->rate),
	        REAL((real)s->beta1), REAL((real)s->beta2), REAL((real)s->epsilon));
	for (int i = 0; i < s->n; i++)
		moved[i] = (double)s->w[i] - (double)before.w[i];
}

START_TEST(adam_mean)
{
	State s = state_new();
	double moved[MOST], right[MOST], found[MOST];
	Known known[] = { { "the gradient is added whole. Its mean takes 1 - beta1 of it",
		                  { 0 } },
		{ "m is divided by its correction for good. Correct a copy: m itself goes on",
		        { 0 } },
		{ "beta2 is taken for the mean. m goes with beta1", { 0 } },
		{ "the gradient is squared in m. Only v takes squares", { 0 } },
		{ "m is not changed", { 0 } }, { "m and v are exchanged", { 0 } } };
	s.step = 3;
	for (int i = 0; i < s.n; i++) {
		double m = (double)s.a[i], g = (double)s.g[i], b = s.beta1;
		right[i] = b * m + (1 - b) * g;
		known[0].at[i] = b * m + g;
		known[1].at[i] = right[i] / (1 - pow(b, s.step));
		known[2].at[i] = s.beta2 * m + (1 - s.beta2) * g;
		known[3].at[i] = b * m + (1 - b) * g * g;
		known[4].at[i] = m;
		known[5].at[i] = s.beta2 * m + (1 - s.beta2) * g * g;
	}
	call_adam(&s, moved);
	for (int i = 0; i < s.n; i++)
		found[i] = (double)s.a[i];
	compare("m", s.n, found, right, 6, known);
}
END_TEST

START_TEST(adam_mean_square)
{
	State s = state_new();
	double moved[MOST], right[MOST], found[MOST];
	Known known[] = { { "g is not squared in v", { 0 } },
		{ "the gradient's square is added whole. The mean takes 1 - beta2 of it",
		        { 0 } },
		{ "v is divided by its correction for good. Correct a copy: v itself goes on",
		        { 0 } },
		{ "beta1 is taken for the mean square. v goes with beta2", { 0 } },
		{ "v is not changed", { 0 } },
		{ "1 - beta2 is squared with the gradient. Only g is squared", { 0 } },
		{ "m and v are exchanged", { 0 } } };
	s.step = 3;
	for (int i = 0; i < s.n; i++) {
		double v = (double)s.b[i], g = (double)s.g[i], b = s.beta2;
		right[i] = b * v + (1 - b) * g * g;
		known[0].at[i] = b * v + (1 - b) * g;
		known[1].at[i] = b * v + g * g;
		known[2].at[i] = right[i] / (1 - pow(b, s.step));
		known[3].at[i] = s.beta1 * v + (1 - s.beta1) * g * g;
		known[4].at[i] = v;
		known[5].at[i] = b * v + (1 - b) * (1 - b) * g * g;
		known[6].at[i] = s.beta1 * v + (1 - s.beta1) * g;
	}
	call_adam(&s, moved);
	for (int i = 0; i < s.n; i++)
		found[i] = (double)s.b[i];
	compare("v", s.n, found, right, 7, known);
}
END_TEST

enum { MOVES = 13 };

/* How far w must move, and what mistakes give; m and v have checks of their own. */
static void check_move(State *s)
{
	const State before = *s;
	double moved[MOST], right[MOST];
	Known known[MOVES] = { { "the step goes uphill: a step is subtracted from w",
		                       { 0 } },
		{ "both corrections are missing: m and v began at 0 and are too small",
		        { 0 } },
		{ "the correction of m is missing", { 0 } },
		{ "the correction of v is missing", { 0 } },
		{ "the root is missing: divide by the square root of v", { 0 } },
		{ "epsilon is inside the root. It is added after it", { 0 } },
		{ "the correction is made after the root. v is corrected first", { 0 } },
		{ "the corrections are exchanged: beta1 goes with m, beta2 with v",
		        { 0 } },
		{ "the power is missing: the correction is 1 - beta to the power of step",
		        { 0 } },
		{ "the gradient itself moves w. Its mean, m, does", { 0 } },
		{ "the power is one too low: the first step is step 1, as it is given",
		        { 0 } },
		{ "epsilon is missing", { 0 } },
		{ "m and v are exchanged where w moves", { 0 } } };
	call_adam(s, moved);
	double c1 = 1 - pow(s->beta1, s->step), c2 = 1 - pow(s->beta2, s->step);
	for (int i = 0; i < s->n; i++) {
		double g = (double)before.g[i], a = s->rate, e = s->epsilon;
		double m = s->beta1 * (double)before.a[i] + (1 - s->beta1) * g;
		double v = s->beta2 * (double)before.b[i] + (1 - s->beta2) * g * g;
		right[i] = -a * (m / c1) / (sqrt(v / c2) + e);
		known[0].at[i] = -right[i];
		known[1].at[i] = -a * m / (sqrt(v) + e);
		known[2].at[i] = -a * m / (sqrt(v / c2) + e);
		known[3].at[i] = -a * (m / c1) / (sqrt(v) + e);
		known[4].at[i] = -a * (m / c1) / (v / c2 + e);
		known[5].at[i] = -a * (m / c1) / sqrt(v / c2 + e);
		known[6].at[i] = -a * (m / c1) / (sqrt(v) / c2 + e);
		known[7].at[i] = -a * (m / c2) / (sqrt(v / c1) + e);
		known[8].at[i] =
		        -a * (m / (1 - s->beta1)) / (sqrt(v / (1 - s->beta2)) + e);
		known[9].at[i] =
		        s->step == 1 ? right[i] : -a * (g / c1) / (sqrt(v / c2) + e);
		known[10].at[i] =
		        s->step == 1
		                ? right[i]
		                : -a * (m / (1 - pow(s->beta1, s->step - 1))) /
		                          (sqrt(v / (1 - pow(s->beta2, s->step - 1))) +
		                                  e);
		known[11].at[i] = s->step == 1 ? right[i] : -a * (m / c1) / sqrt(v / c2);
		known[12].at[i] =
		        s->step == 1 ? right[i] : -a * (v / c2) / (sqrt(m / c1) + e);
	}
	compare("the move of w", s->n, moved, right, MOVES, known);
}

/* Some steps later the power counts; a large epsilon shows where it stands. */
START_TEST(adam_step_later)
{
	State s = state_new();
	s.step = 2 + checks_seed() % 4;
	s.epsilon = 0.1;
	check_move(&s);
}
END_TEST

START_TEST(adam_first_step_is_the_rate)
{
	State s = state_new();
	for (int i = 0; i < s.n; i++) {
		s.a[i] = s.b[i] = 0;
		s.g[i] = (real)fabs((double)s.g[i]);
	}
	check_move(&s);
}
END_TEST

CHECKS({ sgd_without_momentum, 1, "SGD: a step without momentum" },
        { sgd_velocity, 2, "SGD: the velocity" },
        { sgd_moves_along_the_velocity, 1, "SGD: w moves along the velocity" },
        { adam_mean, 1, "Adam: the mean of the gradient" },
        { adam_mean_square, 1, "Adam: the mean of its square" },
        { adam_step_later, 2, "Adam: a step, some steps later" },
        { adam_first_step_is_the_rate, 2, "Adam: the first step is as long as the rate" })
