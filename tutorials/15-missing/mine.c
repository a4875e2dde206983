/* wrap: calibration_soften calibration_temperature */
/* The search for the temperature is the student's, and so are the probabilities at it.
 * The library keeps probabilities, not logits: their logarithms are logits as good. */
#include "emotionnet/score/calibration.h"
#include "tutorials/15-missing/exercise.h"
#include "tutorials/lesson/mine.h"

#include "tensor/arena.h"

#include <math.h>

void __real_calibration_soften(float *q, const float *p, int classes, double temperature);
void __wrap_calibration_soften(float *q, const float *p, int classes, double temperature);
double __real_calibration_temperature(
        const float *probabilities, const int *labels, int count, int classes);
double __wrap_calibration_temperature(
        const float *probabilities, const int *labels, int count, int classes);

static float *logits_of(Arena *arena, const float *p, int count)
{
	float *logits = ARENA_ARRAY(arena, float, (size_t)count);
	for (int k = 0; k < count; k++)
		logits[k] = logf(fmaxf(p[k], 0x1p-126f));
	return logits;
}

static bool promised(double temperature)
{
	return temperature >= 0.05 && temperature <= 20;
}

void __wrap_calibration_soften(float *q, const float *p, int classes, double temperature)
{
	if (!promised(temperature)) {
		__real_calibration_soften(q, p, classes, temperature);
		return;
	}
	Arena *arena = arena_new("mine");
	float *expected = ARENA_ARRAY(arena, float, (size_t)classes), loss = 0;
	const int label = 0;
	__real_calibration_soften(expected, p, classes, temperature);
	temperature_forward(&loss, q, logits_of(arena, p, classes), &label,
	        (float)temperature, 1, classes);
	const bool check = mine_check();
	for (int c = 0; c < classes && check; c++)
		mine_require(HERE, "15", "your temperature_forward's p", (size_t)c,
		        (double)q[c], (double)expected[c], 1);
	arena_free(arena);
}

/* What a temperature costs: -log p of the labels, all rows together. */
static double loss_at(const float *logits, const int *labels, int N, int C, double T)
{
	double loss = 0;
	for (int i = 0; i < N; i++) {
		const float *of_row = logits + i * C;
		double most = (double)of_row[0], sum = 0;
		for (int c = 1; c < C; c++)
			most = fmax(most, (double)of_row[c]);
		for (int c = 0; c < C; c++)
			sum += exp(((double)of_row[c] - most) / T);
		loss += log(sum) - ((double)of_row[labels[i]] - most) / T;
	}
	return loss / N;
}

/* Forward and backward at one temperature; logits that are all large give the same. */
static void check_parts(
        Arena *arena, const float *logits, const int *labels, int N, int C)
{
	static const float by[] = { 0, 1024, -1024 };
	const double T = 1.5, step = 1e-3, loss = loss_at(logits, labels, N, C, T);
	const double slope = (loss_at(logits, labels, N, C, T + step) -
	                             loss_at(logits, labels, N, C, T - step)) /
	                     (2 * step);
	const size_t count = (size_t)(N * C);
	float *moved = ARENA_ARRAY(arena, float, count);
	for (int k = 0; k < 3; k++) {
		float found = MINE_HELD, d_T = MINE_HELD, *p = mine_room(arena, count);
		for (size_t i = 0; i < count; i++)
			moved[i] = logits[i] + by[k];
		if (k == 0)
			moved[labels[0]] -= 200; /* its p is 0 in a float */
		const double expected = k ? loss : loss_at(moved, labels, N, C, T);
		temperature_forward(&found, p, moved, labels, (float)T, N, C);
		mine_room_check(HERE, "15", "your temperature_forward's p", p, count);
		if (!(fabs((double)found - expected) <= 1e-3 * (1 + expected)))
			mine_require(HERE, "15", "your temperature_forward's loss", 0,
			        (double)found, expected, 0);
		if (k == 0)
			continue;
		temperature_backward(&d_T, p, moved, labels, (float)T, N, C);
		if (!(fabs((double)d_T - MINE_HELD - slope) <= 0.03 * fabs(slope) + 2e-3))
			mine_require(HERE, "15", "your temperature_backward's d_T", 0,
			        (double)d_T, slope + MINE_HELD, 0);
	}
}

/* Where the loss hardly changes, T is free. */
static void check_search(const float *logits, const int *labels, int N, int C,
        double found, double expected)
{
	if (fabs(found / expected - 1) < 0.015)
		return;
	const double best = loss_at(logits, labels, N, C, expected);
	const double own = found > 0 ? loss_at(logits, labels, N, C, found) : HUGE_VAL;
	if (!(own <= best + 1e-7 + 1e-6 * best))
		error_stop(HERE, "MINE=1",
		        "your temperature_fit finds T = %.6g, with a loss of %.6g; at %.6g "
		        "it is %.6g. make exercise CH=15 says why.",
		        found, own, expected, best);
}

double __wrap_calibration_temperature(
        const float *probabilities, const int *labels, int count, int classes)
{
	const double expected =
	        __real_calibration_temperature(probabilities, labels, count, classes);
	if (!count || !promised(expected))
		return expected;
	Arena *arena = arena_new("mine");
	const float *logits = logits_of(arena, probabilities, count * classes);
	float *p = ARENA_ARRAY(arena, float, (size_t)(count * classes));
	if (mine_check())
		check_parts(arena, logits, labels, count, classes);
	const double found = (double)temperature_fit(p, logits, labels, count, classes);
	check_search(logits, labels, count, classes, found, expected);
	arena_free(arena);
	return found;
}
