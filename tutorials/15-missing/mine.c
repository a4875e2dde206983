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

/* Where the valley is flat, temperatures far apart are equally good. */
static void check_search(const float *logits, const int *labels, int N, int C,
        double found, double expected)
{
	if (found >= 0.05 && found <= 20 && fabs(found / expected - 1) < 0.01)
		return;
	const double best = loss_at(logits, labels, N, C, expected);
	const double own = found > 0 ? loss_at(logits, labels, N, C, found) : HUGE_VAL;
	if (!(own <= best + 1e-5 + 1e-4 * best))
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
	const double found = (double)temperature_fit(p, logits, labels, count, classes);
	check_search(logits, labels, count, classes, found, expected);
	arena_free(arena);
	return found;
}
