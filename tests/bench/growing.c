/* In log-log a power n^k is a straight line, and k its slope: 1 where twice as much takes
 * twice as long. */
#include "tests/bench/growing.h"
#include "tensor/clock.h"
#include "tensor/plot/save.h"
#include "tests/bench/child.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_POINTS = 8, MOST_LINES = 64, FEWEST_RUNS = 2 };

static const double point_seconds = 0.5, megabyte = 0x1p20, tolerance = 0.1;

typedef struct Line {
	const Growing *growing;
	int count; /* of points */
	real size[MOST_POINTS], seconds[MOST_POINTS], megabytes[MOST_POINTS];
} Line;

/* ---- measuring --------------------------------------------------------------------- */

typedef struct Task {
	const Growing *growing;
	const char *program;
	int size;
} Task;

static void measure_point(const void *config, void *result)
{
	const Task *task = config;
	task->growing->measure(task->growing, task->program, task->size, result);
}

/* The fastest of some, each in a process that has touched none of its memory before, as
 * whoever does it once meets it. */
static GrowthPoint best_point(const Task *task)
{
	GrowthPoint best = { 0 }, point;
	double end = seconds_now() + point_seconds;
	for (int i = 0; i < FEWEST_RUNS || seconds_now() < end; i++) {
		child_run(task->growing->what, measure_point, task, &point, sizeof point);
		if (!i || point.seconds < best.seconds)
			best = point;
	}
	return best;
}

static Line measure_line(const Growing *growing, const char *program, int most)
{
	Line line = { .growing = growing };
	long size = growing->least;
	for (int i = 0; i < growing->count && size <= most; i++, size *= growing->times) {
		Task task = { growing, program, (int)size };
		GrowthPoint point = best_point(&task);
		line.size[line.count] = (real)size;
		line.seconds[line.count] = (real)point.seconds;
		line.megabytes[line.count++] = (real)(point.bytes / megabyte);
	}
	return line;
}

/* ---- the table --------------------------------------------------------------------- */

/* Least squares of log y against log x. Of memory only what is more than a megabyte, where
 * the few pages of any process do not matter; 0: there are no two such points. */
static double slope(int count, const real *x, const real *y, double least)
{
	double n = 0, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
	for (int i = 0; i < count; i++) {
		if (!((double)y[i] > least))
			continue;
		double a = log((double)x[i]), b = log((double)y[i]);
		n++;
		sum_x += a;
		sum_y += b;
		sum_xx += a * a;
		sum_xy += a * b;
	}
	if (n < 2)
		return 0;
	return (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x);
}

static void print_numbers(int count, const real *numbers)
{
	for (int i = 0; i < count; i++)
		printf(numbers[i] < 1000 ? "%s%.3g" : "%s%.0f", i ? ", " : " ",
		        (double)numbers[i]);
	printf(" |");
}

static void print_slope(double value)
{
	if (value > 0 || value < 0)
		printf(" %.2f |", value);
	else
		printf(" - |");
}

static void print_line(const Line *line)
{
	double time = slope(line->count, line->size, line->seconds, 0);
	printf("| %s | %s |", line->growing->what, line->growing->grows);
	for (int i = 0; i < line->count; i++)
		printf("%s%.0f", i ? ", " : " ", (double)line->size[i]);
	printf(" |");
	print_numbers(line->count, line->seconds);
	printf(" %.2f%s |", time,
	        time > line->growing->allowed + tolerance ? " (!)" : "");
	print_numbers(line->count, line->megabytes);
	print_slope(slope(line->count, line->size, line->megabytes, 1));
	printf("\n");
	fflush(stdout);
}

/* ---- the picture ------------------------------------------------------------------- */

/* Lines first..end-1: seconds, or megabytes. */
static PlotChart panel(Arena *arena, const Line *lines, int first, int end, bool memory)
{
	PlotSeries *series = ARENA_ARRAY(arena, PlotSeries, (size_t)(end - first));
	for (int i = first; i < end; i++)
		series[i - first] = (PlotSeries){ .name = lines[i].growing->what,
			.count = lines[i].count,
			.x = lines[i].size,
			.y = memory ? lines[i].megabytes : lines[i].seconds };
	return (PlotChart){
		.title = arena_format(arena, "%s against %s", memory ? "Memory" : "Time",
		        lines[first].growing->grows),
		.x = lines[first].growing->grows,
		.y = memory ? "megabytes" : "seconds",
		.count = end - first,
		.series = series,
		.log_x = true,
		.log_y = true,
	};
}

/* A row of two pictures for what grows alike, of at most PLOT_SERIES lines each. */
static bool draw(const char *path, const Line *lines, int count, Error *error)
{
	Arena *arena = arena_new("growth");
	PlotChart charts[2 * MOST_LINES];
	int panels = 0;
	for (int first = 0, end; first < count; first = end) {
		for (end = first + 1;
		        end < count && end - first < PLOT_SERIES &&
		        !strcmp(lines[end].growing->grows, lines[first].growing->grows);)
			end++;
		charts[panels++] = panel(arena, lines, first, end, false);
		charts[panels++] = panel(arena, lines, first, end, true);
	}
	bool written = plot_charts_save(panels, charts, 2, path, error);
	arena_free(arena);
	return written;
}

bool growing_measure(const char *program, int most, const char *picture, Error *error)
{
	static Line lines[MOST_LINES];
	GrowingList lists[] = { growing_program(), growing_layers(), growing_threads(),
		growing_corpus() };
	int count = 0;
	printf("| what | of how many | sizes | seconds | slope | MB | slope |\n"
	       "|---|---|---|---|---|---|---|\n");
	for (size_t l = 0; l < sizeof lists / sizeof lists[0]; l++)
		for (int i = 0; i < lists[l].count && count < MOST_LINES; i++) {
			if (lists[l].items[i].least > most)
				continue;
			lines[count] = measure_line(&lists[l].items[i], program, most);
			print_line(&lines[count++]);
		}
	return draw(picture, lines, count, error);
}
