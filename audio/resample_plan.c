/* Shannon: a sound without content above fc can be computed at any moment t from its
 * samples x_i,
 *
 *     y(t) = sum_i x_i h(t - i),    h(t) = 2 fc sinc(2 fc t),    sinc(u) = sin(pi u) / (pi u)
 *
 * (t and i in input samples, fc in cycles a sample). h is infinite, so it is faded out by
 * a window; Kaiser's (1974) has one knob, beta, that trades stop band for width:
 *
 *     w(u) = I0(beta sqrt(1 - u^2)) / I0(beta)  for |u| < 1,    I0(x) = sum_k ((x/2)^k / k!)^2
 *
 * For A dB of stop band: beta = 0.1102 (A - 8.7), and a transition of d radians a sample
 * takes (A - 7.95) / (2.285 d) coefficients. Ours begins at 0.9 of the lower Nyquist
 * frequency and ends at it: A = 96 and d = 0.1 pi give 123 coefficients at the lower
 * rate, HALF_WIDTH = 62 to either side.
 *
 * Polyphase: with input and output rates in the ratio M : L (lowest terms), output n
 * stands at input n M / L, of which only L different fractions exist. Each has one row of
 * coefficients, divided by its sum: a constant stays that constant. */
#include "audio/resample_plan.h"
#include "tensor/elementary.h"

#include <math.h>
#include <pthread.h>

enum {
	HALF_WIDTH = 62,   /* of the window, in samples of the lower rate */
	BESSEL_TERMS = 26, /* enough for I0(9.63) to 15 digits */
	/* numbers in a table, at most: rates without a common divisor have one row for
	 * each output of a second */
	LARGEST_TABLE = 16 * 1024 * 1024,
};

#define STOP_BAND   96.0 /* dB */
#define KAISER_BETA (0.1102 * (STOP_BAND - 8.7))
#define CUT_OFF     0.95 /* of the lower Nyquist frequency, the middle of the transition */

struct ResampleKernel {
	double half; /* width of the window to either side, in input samples */
	int reach;   /* `half` rounded up */
	int count;   /* of taps: 2 reach, and zeros up to whole lanes */
	double step; /* 2 pi fc: the angle of the sinc from one tap to the next */
	double *sin_k, *cos_k; /* of that angle at whole taps */
};

/* `scale`: min(1, output rate / input rate). */
static ResampleKernel *kernel_new(Arena *arena, double scale)
{
	ResampleKernel *kernel = ARENA_NEW(arena, ResampleKernel);
	kernel->half = HALF_WIDTH / scale;
	kernel->step = PI * CUT_OFF * scale;
	kernel->reach = (int)ceil(kernel->half);
	kernel->count = (2 * kernel->reach + RESAMPLE_LANES - 1) / RESAMPLE_LANES *
	                RESAMPLE_LANES;
	kernel->sin_k = ARENA_ARRAY(arena, double, (size_t)kernel->count);
	kernel->cos_k = ARENA_ARRAY(arena, double, (size_t)kernel->count);
	for (int k = 0; k < kernel->count; k++) {
		double angle = kernel->step * (k - (kernel->reach - 1));
		kernel->sin_k[k] = double_sin(angle);
		kernel->cos_k[k] = double_cos(angle);
	}
	return kernel;
}

/* I0 of each tap's argument x, from y = (x/2)^2: 1 + y/1 (1 + y/4 (1 + y/9 (...))). Term
 * by term over all taps, which makes vectors of them. */
static void bessel(double *restrict sum, const double *restrict y, int count)
{
	for (int k = 0; k < count; k++)
		sum[k] = 1;
	for (int term = BESSEL_TERMS; term > 0; term--) {
		double factor = 1.0 / (term * term);
		for (int k = 0; k < count; k++)
			sum[k] = y[k] * factor * sum[k] + 1;
	}
}

/* For an output that stands `fraction` (0..1) after an input sample: tap k belongs to the
 * input k - (reach - 1) after that one. By sin(a - b) = sin a cos b - cos a sin b, one
 * sine serves all. */
static void kernel_fill(
        const ResampleKernel *kernel, double fraction, real *taps, Arena *scratch)
{
	ArenaMark mark = arena_mark(scratch);
	double *y = ARENA_ARRAY(scratch, double, (size_t)kernel->count);
	double *exact = ARENA_ARRAY(scratch, double, (size_t)kernel->count);
	double sum = 0, first = kernel->reach - 1 + fraction;
	double sin_f = double_sin(kernel->step * fraction);
	double cos_f = double_cos(kernel->step * fraction);
	for (int k = 0; k < kernel->count; k++) {
		double u = (k - first) / kernel->half;
		y[k] = KAISER_BETA * KAISER_BETA / 4 * (1 - u * u);
	}
	bessel(exact, y, kernel->count);
	for (int k = 0; k < kernel->count; k++) {
		double angle = kernel->step * (k - first);
		double sine = kernel->sin_k[k] * cos_f - kernel->cos_k[k] * sin_f;
		double sinc = angle == 0 ? 1 : sine / angle;
		exact[k] = y[k] > 0 ? exact[k] * sinc : 0;
	}
	for (int k = 0; k < kernel->count; k++)
		sum += exact[k];
	for (int k = 0; k < kernel->count; k++)
		taps[k] = (real)(exact[k] / sum);
	arena_rewind(scratch, mark);
}

static int greatest_common_divisor(int a, int b)
{
	while (b) {
		int rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

static void make_row(const ResamplePlan *plan, int phase, real *row, Arena *scratch)
{
	int place = (int)((int64_t)phase * plan->down % plan->up);
	kernel_fill(plan->kernel, (double)place / plan->up, row + plan->before, scratch);
}

const real *resample_taps(const ResamplePlan *plan, int phase, real *room, Arena *scratch)
{
	if (plan->table)
		return plan->table + (size_t)phase * (size_t)plan->row + plan->before;
	make_row(plan, phase, room, scratch);
	return room + plan->before;
}

const ResamplePlan *resample_plan(Arena *arena, int from, int to, int outputs)
{
	int divisor = greatest_common_divisor(to, from);
	ResamplePlan *plan = ARENA_NEW(arena, ResamplePlan);
	plan->from = from;
	plan->to = to;
	plan->up = to / divisor;
	plan->down = from / divisor;
	double ratio = (double)plan->up / plan->down;
	plan->kernel = kernel_new(arena, ratio < 1 ? ratio : 1);
	plan->reach = plan->kernel->reach;
	plan->taps = plan->kernel->count;
	/* the last output of a tile begins so much after the first */
	int spread = (int)ceil((RESAMPLE_TILE - 1) / ratio) + 1;
	plan->before = (spread / RESAMPLE_LANES + 2) * RESAMPLE_LANES;
	plan->row = plan->taps + 2 * plan->before;
	size_t row = (size_t)plan->row, rows = (size_t)plan->up;
	if (rows > LARGEST_TABLE / row || (outputs && outputs < plan->up))
		return plan;
	plan->table = ARENA_ARRAY(arena, real, rows * row);
	Arena *scratch = arena_child(arena, "resampling, scratch");
	for (int phase = 0; phase < plan->up; phase++)
		make_row(plan, phase, plan->table + (size_t)phase * row, scratch);
	arena_free(scratch);
	return plan;
}

/* ---- kept plans -------------------------------------------------------------------- */

typedef struct Kept {
	const ResamplePlan *plan;
	struct Kept *next;
} Kept;

struct ResamplePlans {
	pthread_mutex_t mutex; /* of all that follows */
	Arena *arena;
	Kept *first;
};

static void plans_free(void *context)
{
	ResamplePlans *plans = context;
	pthread_mutex_destroy(&plans->mutex);
	arena_free(plans->arena);
}

ResamplePlans *resample_plans_new(Arena *arena)
{
	ResamplePlans *plans = ARENA_NEW(arena, ResamplePlans);
	plans->arena = arena_new("resampling");
	pthread_mutex_init(&plans->mutex, NULL);
	arena_at_end(arena, plans_free, plans);
	return plans;
}

const ResamplePlan *resample_plans_get(ResamplePlans *plans, int from, int to)
{
	pthread_mutex_lock(&plans->mutex);
	Kept *kept = plans->first;
	while (kept && (kept->plan->from != from || kept->plan->to != to))
		kept = kept->next;
	if (!kept) {
		kept = ARENA_NEW(plans->arena, Kept);
		kept->plan = resample_plan(plans->arena, from, to, 0);
		kept->next = plans->first;
		plans->first = kept;
	}
	pthread_mutex_unlock(&plans->mutex);
	return kept->plan;
}
