/* Output n of a resampled sound is one dot product: the taps of its phase (resample_plan.c)
 * with the inputs around n M / L. It is summed in sixteen parts, tap k in part k mod 16,
 * and then halves onto halves; so the result is the same however it is computed:
 *
 *     one at a time     sixteen taps in a vector: for the few outputs at an end
 *     many at a time    the window is cut into as many pieces as a vector has lanes, each
 *                       whole periods of L outputs long. They lie side by side, so that
 *                       one vector holds the inputs at one place of each; one tap,
 *                       broadcast, serves all pieces, and one vector of inputs serves
 *                       the RESAMPLE_TILE outputs of a tile that it lies under.
 *
 * Side by side nothing has to be loaded across the lines of the cache, and the multiplier
 * is what limits it. Where 372 taps make an output (48 to 16 kHz), this is five times as
 * fast as one at a time. */
#include "audio/resample.h"
#include "tensor/transpose.h"
#include "tensor/vector.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

enum {
	LANES = RESAMPLE_LANES,
	TILE = RESAMPLE_TILE,
	USUAL_PIECE = 16384,         /* inputs that are taken at once, about */
	LARGEST_PIECE = 1024 * 1024, /* ... and at most */
};

/* ---- one output -------------------------------------------------------------------- */

typedef real Lanes __attribute__((vector_size(LANES * sizeof(real))));

/* sum += a b, lane by lane */
VECTOR_INLINE void multiply_add(Lanes *sum, const real *a, const real *b)
{
	Lanes x, y, z = *sum;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	for (int l = 0; l < LANES; l++)
		z[l] = real_fma(x[l], y[l], z[l]);
	*sum = z;
}

/* Sixteen partial sums, then halves onto halves. `count` is a multiple of LANES. */
static real dot(const real *a, const real *b, int count)
{
	Lanes sum = { 0 };
	for (int i = 0; i < count; i += LANES)
		multiply_add(&sum, a + i, b + i);
	real lane[LANES];
	memcpy(lane, &sum, sizeof lane);
	for (int l = 0; l < 8; l++)
		lane[l] += lane[l + 8];
	for (int l = 0; l < 4; l++)
		lane[l] += lane[l + 4];
	return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

/* ---- a tile of outputs in every piece ---------------------------------------------- */

/* Only unrolled does each sum of a tile stay in a register. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

typedef struct Tile {
	const real *taps[TILE]; /* tap k of output t belongs to row first[t] + k */
	int first[TILE];        /* taps[t][j - first[t]] is 0 where no tap is */
	int rows;               /* of all its taps, and then up to whole lanes */
} Tile;

/* The sums of every LANES-th row from row `begin` on, and of those that lie half as far
 * apart. */
VECTOR_INLINE void sum_rows(
        Vector sums[TILE], const Tile *tile, const real *rows, int begin)
{
	enum { HALF = LANES / 2 };
	const real *taps[TILE];
	Vector sum[2][TILE];
	UNROLL
	for (int t = 0; t < TILE; t++) {
		taps[t] = tile->taps[t] - tile->first[t];
		sum[0][t] = sum[1][t] = (Vector){ 0 };
	}
	int j = begin;
	do { /* as often in every part, so that the processor foresees the end */
		Vector x = vector_load(rows + (size_t)j * VECTOR_LANES);
		Vector y = vector_load(rows + (size_t)(j + HALF) * VECTOR_LANES);
		UNROLL
		for (int t = 0; t < TILE; t++) {
			sum[0][t] = vector_fma(vector_all(taps[t][j]), x, sum[0][t]);
			sum[1][t] =
			        vector_fma(vector_all(taps[t][j + HALF]), y, sum[1][t]);
		}
		j += LANES;
	} while (j < tile->rows);
	UNROLL
	for (int t = 0; t < TILE; t++)
		sums[t] = sum[0][t] + sum[1][t];
}

/* out[t][lane]: output t of every piece, as dot() sums it: parts that are 8 apart are added
 * first, then 4, 2 and 1 apart. That is so counted in rows as well as in taps, so all
 * outputs of a tile go together. What waits for its other half stands on a stack. */
static void tile_run(real *out, const Tile *tile, const real *rows)
{
	static const int order[LANES / 2] = { 0, 4, 2, 6, 1, 5, 3, 7 };
	Vector stack[4][TILE];
	int top = 0;
	for (int i = 0; i < LANES / 2; i++) {
		sum_rows(stack[top++], tile, rows, order[i]);
		for (int pairs = i; pairs & 1; pairs >>= 1, top--)
			for (int t = 0; t < TILE; t++)
				stack[top - 2][t] += stack[top - 1][t];
	}
	memcpy(out, stack[0], sizeof stack[0]);
}

/* ---- a stream ---------------------------------------------------------------------- */

/* Outputs that stand before input `end`. */
static int64_t outputs_before(const ResamplePlan *plan, int64_t end)
{
	return end > 0 ? (end * plan->up + plan->down - 1) / plan->down : 0;
}

static int whole_lanes(int count)
{
	return (count + LANES - 1) / LANES * LANES;
}

/* Whole periods in every lane, as many as make a piece of the usual length; if there can
 * be any. */
static int piece_of(const ResamplePlan *plan, int most)
{
	int64_t period = (int64_t)plan->down * VECTOR_LANES;
	int64_t usual = most < USUAL_PIECE ? most : USUAL_PIECE;
	int64_t piece = (usual + period - 1) / period * period;
	return (int)(piece <= LARGEST_PIECE && piece <= most ? piece : usual);
}

Resampler *resampler_new(Arena *arena, const ResamplePlan *plan, int most)
{
	Resampler *r = ARENA_NEW(arena, Resampler);
	int piece = piece_of(plan, most);
	r->plan = plan;
	r->arena = arena;
	r->held = plan->reach - 1; /* silence */
	r->begin = -(int64_t)r->held;
	/* a row of taps may end in zeros, which lie over what follows its inputs */
	r->room = 2 * plan->taps + piece;
	r->window = ARENA_ARRAY(arena, real, (size_t)r->room + LANES);
	r->rows = ARENA_ARRAY(arena, real,
	        (size_t)r->room + (size_t)(plan->taps + LANES) * VECTOR_LANES);
	r->sums = ARENA_ARRAY(
	        arena, real, (size_t)outputs_before(plan, r->room) + TILE * VECTOR_LANES);
	r->whole = plan->down / plan->up;
	r->fraction = plan->down % plan->up;
	if (!plan->table)
		r->taps = ARENA_ARRAY(arena, real, (size_t)plan->row);
	return r;
}

/* Where an output stands: rest / up after an input; its inputs begin at `at`, counted
 * from r->begin. */
typedef struct Place {
	const real *taps; /* of its phase */
	int phase, rest;
	size_t at;
} Place;

static Place place_of(Resampler *r, int64_t n)
{
	const ResamplePlan *plan = r->plan;
	Place place = { .phase = (int)(n % plan->up),
		.rest = (int)(n * plan->down % plan->up) };
	place.at = (size_t)(n * plan->down / plan->up - (plan->reach - 1) - r->begin);
	place.taps = resample_taps(plan, place.phase, r->taps, r->arena);
	return place;
}

/* The next output's, without a division. */
static void place_step(Place *place, const Resampler *r)
{
	const ResamplePlan *plan = r->plan;
	place->at += (size_t)r->whole;
	place->rest += r->fraction;
	if (place->rest >= plan->up) {
		place->rest -= plan->up;
		place->at++;
	}
	place->phase = place->phase + 1 < plan->up ? place->phase + 1 : 0;
	place->taps = resample_taps(plan, place->phase, r->taps, r->arena);
}

/* rows[j][lane] = inputs[lane * stride + j] for `count` of j, and then rows of 0, since a
 * tile is summed in whole lanes. */
static void lay_side_by_side(real *rows, const real *inputs, int stride, int count)
{
	Matrix pieces = matrix_view(inputs, VECTOR_LANES, count, stride);
	matrix_copy(matrix_view(rows, count, VECTOR_LANES, VECTOR_LANES),
	        matrix_transpose(pieces));
	memset(rows + count * VECTOR_LANES, 0, LANES * VECTOR_LANES * sizeof(real));
}

/* `each` outputs of every lane, whole periods of them, from r->given on. */
static void give_many(Resampler *r, real *out, const real *inputs, int each)
{
	const ResamplePlan *plan = r->plan;
	int needed = 2 * plan->reach, stride = each / plan->up * plan->down;
	Place place = place_of(r, r->given);
	size_t first = place.at;
	lay_side_by_side(r->rows, inputs + first, stride, stride + needed);
	for (int n = 0; n < each; n += TILE) {
		Tile tile = { .rows = needed };
		size_t begin = place.at;
		for (int t = 0; t < TILE; t++) {
			tile.first[t] = (int)(place.at - begin);
			tile.taps[t] = place.taps;
			if (n + t + 1 < each) /* else the last again */
				place_step(&place, r);
		}
		tile.rows = whole_lanes(needed + tile.first[TILE - 1]);
		tile_run(r->sums + (size_t)n * VECTOR_LANES, &tile,
		        r->rows + (begin - first) * VECTOR_LANES);
	}
	Matrix sums = matrix_view(r->sums, each, VECTOR_LANES, VECTOR_LANES);
	matrix_copy(matrix_view(out, VECTOR_LANES, each, each), matrix_transpose(sums));
}

/* The outputs before `end` from `count` inputs, the first of which is r->begin; those that
 * do not fill all lanes only if these are `last`. Returns how many inputs are done with. */
static int give(
        Resampler *r, real **out, const real *inputs, int count, int64_t end, bool last)
{
	const ResamplePlan *plan = r->plan;
	int64_t ready = outputs_before(plan, r->begin + count - plan->reach);
	end = ready < end ? ready : end;
	int64_t each = (end - r->given) / plan->up / VECTOR_LANES * plan->up;
	int64_t many = plan->table && each > 0 ? each * VECTOR_LANES : 0;
	if (many)
		give_many(r, *out, inputs, (int)each);
	*out += many;
	r->given += many;
	Place place = place_of(r, r->given);
	for (; (last || !many) && r->given < end; r->given++) {
		*(*out)++ = dot(inputs + place.at, place.taps, plan->taps);
		place_step(&place, r);
	}
	r->begin += (int64_t)place.at;
	return (int)place.at;
}

/* The next inputs, through the window; NULL: silence. */
static void take(Resampler *r, real **out, const real *samples, int count, int64_t end)
{
	while (count) {
		int some = r->room - r->held;
		some = some < count ? some : count;
		real *to = r->window + r->held;
		if (samples)
			memcpy(to, samples, (size_t)some * sizeof(real));
		else
			memset(to, 0, (size_t)some * sizeof(real));
		samples = samples ? samples + some : NULL;
		count -= some;
		r->held += some;
		int done = give(r, out, r->window, r->held, end, !count);
		r->held -= done;
		memmove(r->window, r->window + done, (size_t)r->held * sizeof(real));
	}
}

/* From the samples where they stand, once the window has passed what came before them; in
 * the end the window has the last ones. Returns how many it has taken. */
static int take_in_place(Resampler *r, real **out, const real *samples, int count)
{
	int before = r->plan->taps, used = 0;
	if (count < 2 * r->room)
		return 0;
	take(r, out, samples, before, INT64_MAX);
	used = before - r->held;
	/* `give` must leave a window of taps: outputs stand up to whole + 1 inputs apart */
	while (count - used >= r->room + LANES + r->whole + 1)
		used += give(r, out, samples + used, r->room, INT64_MAX, false);
	r->held = r->plan->taps;
	memcpy(r->window, samples + used, (size_t)r->held * sizeof(real));
	return used + r->held;
}

int64_t resampler_gives(const Resampler *r, int count)
{
	return outputs_before(r->plan, r->fed + count - r->plan->reach) - r->given;
}

int64_t resampler_feed(Resampler *r, real *out, const real *samples, int count)
{
	real *end = out;
	int taken = take_in_place(r, &end, samples, count);
	take(r, &end, samples + taken, count - taken, INT64_MAX);
	r->fed += count;
	return end - out;
}

int64_t resampler_left(const Resampler *r)
{
	return outputs_before(r->plan, r->fed) - r->given;
}

int64_t resampler_end(Resampler *r, real *out)
{
	real *end = out;
	take(r, &end, NULL, r->plan->reach, outputs_before(r->plan, r->fed));
	return end - out;
}

/* ---- a whole clip ------------------------------------------------------------------ */

static Clip whole(Site site, Arena *arena, Clip clip, int rate, ResamplePlans *plans)
{
	if (rate <= 0 || clip.rate <= 0)
		error_stop(site, "resample",
		        "from %d to %d samples a second: both must be positive",
		        clip.rate, rate);
	if (rate == clip.rate)
		return clip;
	double many = (double)clip.count * rate / clip.rate;
	if (many > INT_MAX)
		error_stop(site, "resample",
		        "%d samples at %d become %.0f at %d: a clip holds up to %d",
		        clip.count, clip.rate, many, rate, INT_MAX);
	int64_t count = ((int64_t)clip.count * rate + clip.rate - 1) / clip.rate;
	Clip out = { .count = (int)count, .rate = rate };
	out.samples = arena_alloc(arena, (size_t)count * sizeof(real));
	Arena *scratch = arena_child(arena, "resampling");
	const ResamplePlan *plan =
	        plans ? resample_plans_get(plans, clip.rate, rate)
	              : resample_plan(scratch, clip.rate, rate, out.count);
	Resampler *resampler = resampler_new(scratch, plan, clip.count);
	int64_t given = resampler_feed(resampler, out.samples, clip.samples, clip.count);
	resampler_end(resampler, out.samples + given);
	arena_free(scratch);
	return out;
}

Clip resample_at(Site site, Arena *arena, Clip clip, int rate)
{
	return whole(site, arena, clip, rate, NULL);
}

Clip resample_planned_at(
        Site site, Arena *arena, Clip clip, int rate, ResamplePlans *plans)
{
	return whole(site, arena, clip, rate, plans);
}
