/* report_coverage.c: how right a strategy is if it may say "not sure": accuracy of what it
 * answers, against how much it answers. */
#include "emotionnet/page/report_sections.h"
#include "emotionnet/score/coverage.h"
#include "tensor/plot/plot.h"

/* Of all runs together. */
static Coverage coverage_of_row(const Report *report, const Summary *s)
{
	const Comparison *c = report->comparison;
	int classes = c->labels.count, count = 0;
	size_t most = 0;
	for (int i = 0; i < s->seeds; i++)
		most += (size_t)cell_tests(c, s->cells[i]);
	Sure *sure = ARENA_ARRAY(report->arena, Sure, most);
	for (int i = 0; i < s->seeds; i++) {
		const Cell *cell = s->cells[i];
		const Compared *test = c->test + cell_first(c, cell);
		for (int t = 0; t < cell_tests(c, cell); t++) {
			const float *p =
			        cell->probabilities + (size_t)t * (size_t)classes;
			int answer = cell_answer(c, cell, t);
			sure[count++] =
			        (Sure){ (double)p[answer], answer == test[t].label };
		}
	}
	return coverage_of(sure, count, 0);
}

static void print_curve(const Report *report, const Summary *s)
{
	Coverage coverage = coverage_of_row(report, s);
	if (coverage.point_count < 2)
		return; /* it is always as sure: the majority */
	size_t count = (size_t)coverage.point_count;
	real *x = ARENA_ARRAY(report->arena, real, count);
	real *y = ARENA_ARRAY(report->arena, real, count);
	for (size_t i = 0; i < count; i++) {
		/* from the surest on, so that x grows */
		CoveragePoint point = coverage.points[count - 1 - i];
		x[i] = (real)coverage_share(&coverage, point);
		y[i] = (real)coverage_accuracy(point);
	}
	const PlotSeries series[] = {
		{ .name = "of what it answers", .count = (int)count, .x = x, .y = y },
	};
	PlotChart chart = { .title = s->strategy,
		.x = "share that it answers",
		.y = "accuracy",
		.count = 1,
		.series = series };
	html_print(report->out, "<figure>");
	plot_chart_svg(report->out, &chart);
	html_print(report->out, "<figcaption>");
	for (int i = 0; i < coverage.point_count; i++) {
		CoveragePoint point = coverage.points[i];
		if (coverage_share(&coverage, point) > 0.55)
			continue;
		html_print(report->out,
		        "--abstain %.2f answers %.0f %%, %.3f of it right", point.least,
		        100 * coverage_share(&coverage, point), coverage_accuracy(point));
		break;
	}
	html_print(report->out, "</figcaption></figure>\n");
}

void report_coverage(const Report *report)
{
	report_heading(report, "coverage", "Not sure",
	        "If a strategy answers only what it is surest of, how much of that is right? A curve that falls to the right: it knows what it does not know. A flat one: leaving answers out does not help. Of all runs together.");
	report_tiles(report, "charts", print_curve);
}
