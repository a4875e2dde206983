/* Williams, Waterman & Patterson, "Roofline: an insightful visual performance model for
 * multicore architectures", Communications of the ACM 52(4), 2009: how many operations a
 * second against how many there are for each byte. What a level of memory can deliver is a
 * slope, what the processor can compute a flat roof; how far a case lies under them is
 * what it has left to gain. */
#include "tensor/plot/save.h"
#include "tests/bench/bench.h"

#include <math.h>
#include <string.h>

enum { ENDS = 3 }; /* of a ceiling: where it begins, where it turns, where it ends */

/* What is drawn lies between these, operations a byte. */
static void find_range(const Bench *bench, double *low, double *high)
{
	*low = 0.3;
	*high = 100;
	for (int i = 0; i < bench->count; i++) {
		const Work *work = &bench->results[i].work;
		if (!(work->flops > 0) || !(work->bytes > 0))
			continue;
		*low = fmin(*low, work->flops / work->bytes);
		*high = fmax(*high, 2 * work->flops / work->bytes);
	}
}

static PlotSeries ceiling(
        Arena *arena, const Limits *limits, Level level, double low, double high)
{
	real *x = ARENA_ARRAY(arena, real, ENDS), *y = ARENA_ARRAY(arena, real, ENDS);
	double turn = limits->flops / limits->read[level];
	x[0] = (real)low;
	x[1] = (real)fmax(turn, low);
	x[2] = (real)high;
	for (int i = 0; i < ENDS; i++)
		y[i] = (real)(1e-9 *
		              fmin((double)x[i] * limits->read[level], limits->flops));
	return (PlotSeries){ .name = level_name(level), .count = ENDS, .x = x, .y = y };
}

/* Products and convolutions are many and alike: theirs are dots without a name. */
static const struct {
	const char *name, *prefix;
} kinds[] = { { "products", "gemm:" }, { "convolutions", "conv1d:" }, { "steps", "" } };
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static int kind_of(const BenchResult *result)
{
	int kind = 0;
	while (strncmp(kinds[kind].prefix, result->name, strlen(kinds[kind].prefix)))
		kind++;
	return kind;
}

static PlotSeries cases(Arena *arena, const Bench *bench, int threads, int kind)
{
	size_t most = (size_t)bench->count;
	real *x = ARENA_ARRAY(arena, real, most), *y = ARENA_ARRAY(arena, real, most);
	const char **names = ARENA_ARRAY(arena, const char *, most);
	int count = 0;
	for (int i = 0; i < bench->count; i++) {
		const BenchResult *result = &bench->results[i];
		if (result->threads != threads || !(result->work.flops > 0) ||
		        kind_of(result) != kind)
			continue;
		x[count] = (real)(result->work.flops / result->work.bytes);
		y[count] = (real)(result->work.flops / result->least * 1e-9);
		names[count++] = result->name;
	}
	return (PlotSeries){ .name = count ? kinds[kind].name : NULL,
		.mark = PLOT_POINTS,
		.count = count,
		.x = x,
		.y = y,
		.names = *kinds[kind].prefix ? NULL : names };
}

static PlotChart panel(Arena *arena, const Bench *bench, const Limits *limits)
{
	PlotSeries *series = ARENA_ARRAY(arena, PlotSeries, LEVELS + KINDS);
	double low, high;
	find_range(bench, &low, &high);
	for (Level level = 0; level < LEVELS; level++)
		series[level] = ceiling(arena, limits, level, low, high);
	for (int kind = 0; kind < KINDS; kind++)
		series[LEVELS + kind] = cases(arena, bench, limits->threads, kind);
	return (PlotChart){
		.title = arena_format(arena, "What the machine allows, %d thread%s",
		        limits->threads, limits->threads > 1 ? "s" : ""),
		.x = "operations for each byte",
		.y = "GFLOP/s",
		.count = LEVELS + KINDS,
		.series = series,
		.log_x = true,
		.log_y = true,
	};
}

bool roofline_write(const char *path, const Bench *bench, int count,
        const Limits limits[], Error *error)
{
	Arena *arena = arena_new("roofline");
	PlotChart *panels = ARENA_ARRAY(arena, PlotChart, (size_t)count);
	for (int i = 0; i < count; i++)
		panels[i] = panel(arena, bench, &limits[i]);
	bool written = plot_charts_save(count, panels, count, path, error);
	arena_free(arena);
	return written;
}
