/* report_curves.c: training epoch by epoch, accuracy by the amount of data, and whether a
 * strategy is as often right as it says. */
#include "emotionnet/comparison/curve.h"
#include "emotionnet/page/report_sections.h"
#include "tensor/plot/plot.h"

#include <string.h>

static real *reals(const Report *report, int count)
{
	return ARENA_ARRAY(report->arena, real, (size_t)count);
}

static void print_chart(const Report *report, const PlotChart *chart, const char *caption)
{
	html_print(report->out, "<figure>");
	plot_chart_svg(report->out, chart);
	html_print(report->out, "<figcaption>%s</figcaption></figure>\n", caption);
}

/* ---- training ---------------------------------------------------------------------- */

static void print_training(const Report *report, const Summary *summary)
{
	const Cell *cell = summary->cells[0];
	int n = cell->epoch_count;
	if (!n)
		return;
	real *loss = reals(report, n), *score = reals(report, n);
	for (int i = 0; i < n; i++) {
		loss[i] = (real)cell->epochs[i].loss;
		score[i] = (real)cell->epochs[i].score;
	}
	const PlotSeries series[] = {
		{ .name = "training loss (nats)", .count = n, .y = loss },
		{ .name = "validation score", .count = n, .y = score },
	};
	PlotChart chart = {
		.title = cell->strategy, .x = "epoch", .count = 2, .series = series
	};
	if (cell->parts)
		print_chart(report, &chart,
		        arena_format(report->arena,
		                "seed %llu, mean over the folds that trained so long; epoch %d was kept on average",
		                (unsigned long long)cell->seed, cell->best_epoch));
	else
		print_chart(report, &chart,
		        arena_format(report->arena,
		                "seed %llu; epoch %d was kept, score %.3f",
		                (unsigned long long)cell->seed, cell->best_epoch,
		                cell->best_epoch
		                        ? cell->epochs[cell->best_epoch - 1].score
		                        : 0));
}

void report_training(const Report *report)
{
	report_heading(report, "training", "Training",
	        "Loss on the training split and score on the validation split after each epoch, of the first seed.");
	report_tiles(report, "charts", print_training);
}

/* ---- the amount of data ------------------------------------------------------------ */

/* One strategy's own line of the chart of all. */
static void print_size(const Report *report, const Summary *summary)
{
	PlotChart chart = curve_chart(report->comparison, report->arena);
	const PlotSeries *line = chart.series;
	while (strcmp(line->name, summary->strategy))
		line++;
	chart.title = summary->strategy;
	chart.count = 1;
	chart.series = line;
	int last = line->count - 1;
	print_chart(report, &chart,
	        arena_format(report->arena, "%.3f with %d utterances, %.3f with %d",
	                (double)line->y[0], (int)line->x[0], (double)line->y[last],
	                (int)line->x[last]));
}

static void print_needs(const Report *report)
{
	const Comparison *c = report->comparison;
	double goal = curve_goal(c);
	html_table_begin(report->out, "sortable",
	        arena_format(report->arena,
	                "Utterances needed for an accuracy of %.3f, which is what %s reaches with %d",
	                goal, c->baseline, c->sizes[c->size_count - 1]));
	html_columns(report->out,
	        (const char *const[]){ "strategy", "utterances needed", NULL });
	for (int i = 0; i < report->count; i++) {
		const char *strategy = report->rows[i]->strategy;
		double needs = curve_needs(c, strategy, goal);
		html_print(report->out,
		        "<tr><th scope=\"row\">%s</th><td data-v=\"%.9g\">%s</td></tr>\n",
		        strategy, needs < 0 ? 1e30 : needs,
		        curve_needs_text(report->arena, c, needs));
	}
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}

void report_sizes(const Report *report)
{
	if (report->comparison->size_count < 2)
		return;
	report_heading(report, "sizes", "Amount of data",
	        "Accuracy of the same models on growing shares of the training split, with 95 % intervals. All else on this page is of the largest.");
	PlotChart all = curve_chart(report->comparison, report->arena);
	html_print(report->out,
	        "<div class=\"wide one\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">",
	        all.title);
	print_chart(report, &all, "each strategy's own line stands below");
	html_print(report->out, "</div>\n");
	print_needs(report);
	report_tiles(report, "charts", print_size);
}

/* ---- calibration ------------------------------------------------------------------- */

static int bins_of(const Report *report, const CalibrationBin bins[], real **x, real **y)
{
	int n = 0;
	*x = reals(report, CALIBRATION_BINS);
	*y = reals(report, CALIBRATION_BINS);
	for (int b = 0; b < CALIBRATION_BINS; b++) {
		if (!bins[b].count)
			continue;
		(*x)[n] = (real)bins[b].confidence;
		(*y)[n++] = (real)bins[b].accuracy;
	}
	return n;
}

static void print_reliability(const Report *report, const Summary *s)
{
	static const real ends[] = { 0, 1 };
	real *x, *y, *x_after, *y_after;
	int n = bins_of(report, s->before, &x, &y);
	int n_after = bins_of(report, s->after, &x_after, &y_after);
	const PlotSeries series[] = {
		{ .name = "exact", .count = 2, .x = ends, .y = ends },
		{ .name = "as it is", .mark = PLOT_POINTS, .count = n, .x = x, .y = y },
		{ .name = "with temperature",
		        .mark = PLOT_POINTS,
		        .count = n_after,
		        .x = x_after,
		        .y = y_after },
	};
	PlotChart chart = { .title = s->strategy,
		.x = "how sure it is",
		.y = "how often it is right",
		.count = 3,
		.series = series };
	print_chart(report, &chart,
	        arena_format(report->arena, "ECE %.3f, with temperature %.2f: %.3f",
	                s->ece.mean, s->temperature.mean, s->ece_after.mean));
}

static void print_calibration_table(const Report *report)
{
	FILE *out = report->out;
	html_table_begin(out, "sortable",
	        "As it is, and with the temperature that fits the validation split");
	html_columns(out, (const char *const[]){ "strategy", "ECE", "after", "NLL",
	                          "after", "Brier", "after", "temperature", NULL });
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		const Spread values[] = { s->ece, s->ece_after, s->nll, s->nll_after,
			s->brier, s->brier_after, s->temperature };
		html_print(out, "<tr><th scope=\"row\">%s</th>", s->strategy);
		for (size_t v = 0; v < sizeof values / sizeof values[0]; v++)
			report_cell(report, s, values[v], NULL);
		html_print(out, "</tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

void report_calibration(const Report *report)
{
	report_heading(report, "calibration", "Calibration",
	        "Of the utterances that a strategy is so sure of, how many are right? On the line, as many as it says; below it, it is too sure. ECE is the mean distance.");
	report_tiles(report, "charts", print_reliability);
	print_calibration_table(report);
}
