/* report_folds.c: cross-validation: how every strategy does on each fold, as a picture and
 * as a table, and what that comes to. */
#include "emotionnet/page/report_sections.h"
#include "tensor/plot/plot.h"

#include <string.h>

/* ---- the picture ------------------------------------------------------------------- */

/* A point for each fold, the strategies beside each other within the fold's place; over
 * several seeds a bar of one deviation to either side. */
static PlotSeries series_of(const Report *report, int row)
{
	const Comparison *c = report->comparison;
	const Summary *s = report->rows[row];
	size_t count = (size_t)c->fold_count;
	real *x = ARENA_ARRAY(report->arena, real, count);
	real *y = ARENA_ARRAY(report->arena, real, count);
	real *low = ARENA_ARRAY(report->arena, real, count);
	real *high = ARENA_ARRAY(report->arena, real, count);
	for (int f = 0; f < c->fold_count; f++) {
		Spread uar = s->folds->each[f];
		double aside = (row + 0.5) / report->count - 0.5;
		x[f] = (real)(f + 1 + 0.6 * aside);
		y[f] = (real)uar.mean;
		low[f] = (real)(uar.mean - uar.deviation);
		high[f] = (real)(uar.mean + uar.deviation);
	}
	PlotSeries series = { .name = s->strategy,
		.mark = PLOT_POINTS,
		.count = c->fold_count,
		.x = x,
		.y = y };
	if (s->seeds > 1) {
		series.low = low;
		series.high = high;
	}
	return series;
}

static void print_picture(const Report *report)
{
	PlotSeries *series =
	        ARENA_ARRAY(report->arena, PlotSeries, (size_t)report->count);
	for (int i = 0; i < report->count; i++)
		series[i] = series_of(report, i);
	PlotChart chart = { .title = "UAR of each fold",
		.x = "fold, counted from 1 as in the table below",
		.y = "UAR",
		.count = report->count,
		.series = series };
	html_print(report->out,
	        "<div class=\"wide one\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><figure>",
	        chart.title);
	plot_chart_svg(report->out, &chart);
	html_print(report->out,
	        "<figcaption>each fold's test, answered by a model that knows none of its speakers%s</figcaption></figure></div>\n",
	        report->comparison->seed_count > 1
	                ? "; mean over the runs, with one deviation to either side"
	                : "");
}

/* ---- the tables -------------------------------------------------------------------- */

static void print_each(const Report *report)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	const char **names =
	        ARENA_ARRAY(report->arena, const char *, (size_t)report->count);
	for (int i = 0; i < report->count; i++)
		names[i] = report->rows[i]->strategy;
	html_table_begin(out, "heat sortable", "UAR by fold and strategy");
	report_columns(report, "fold", names, report->count, "utterances");
	for (int f = 0; f < c->fold_count; f++) {
		const char *number = arena_format(report->arena, "%d", f + 1);
		const char *name = c->folds[f].name;
		html_print(out, "<tr><th scope=\"row\">%s%s%s</th>", number,
		        strcmp(name, number) ? ": " : "",
		        strcmp(name, number) ? name : "");
		for (int i = 0; i < report->count; i++)
			report_shade(report, report->rows[i]->folds->each[f].mean, 0);
		html_print(out, "<td data-v=\"%d\">%d</td></tr>\n", c->folds[f].test,
		        c->folds[f].test);
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

static void print_number(const Report *report, double value, int decimals)
{
	html_print(report->out, "<td data-v=\"%.9g\">%s</td>", value,
	        arena_format(report->arena, "%.*f", decimals, value));
}

static void print_mean(const Report *report, const Summary *s)
{
	const FoldScores *folds = s->folds;
	const Score *uar = &s->scores[SCORE_UAR];
	FILE *out = report->out;
	html_print(out,
	        "<tr><th scope=\"row\">%s</th><td data-v=\"%.9g\">%.3f ± %.3f</td>",
	        s->strategy, folds->mean, folds->mean, folds->over_folds);
	print_number(report, folds->over_seeds, 3);
	report_cell(report, s, uar->seeds, &uar->interval);
	if (!strcmp(s->strategy, report->comparison->baseline))
		html_print(out, "<td data-v=\"0\">baseline</td>");
	else
		html_print(out,
		        "<td data-v=\"%.9g\">%+.3f<small>%+.3f to %+.3f</small></td>",
		        uar->gain, uar->gain, uar->gain_interval.low,
		        uar->gain_interval.high);
	print_number(report, folds->speakers.mean, 3);
	print_number(report, s->cpu_seconds.mean, 1);
	print_number(report, (double)s->most.parameters, 0);
	html_print(out, "</tr>\n");
}

static void print_means(const Report *report)
{
	FILE *out = report->out;
	html_table_begin(out, "sortable", "UAR over all folds");
	html_columns(out,
	        (const char *const[]){ "strategy", "mean ± deviation of folds",
	                "deviation over runs", "pooled", "gain in pooled",
	                "mean over speakers", "CPU a fold (s)", "parameters", NULL });
	for (int i = 0; i < report->count; i++)
		print_mean(report, report->rows[i]);
	html_print(out, "</tbody>");
	html_table_end(out);
}

void report_folds(const Report *report)
{
	if (!report->comparison->fold_count)
		return;
	report_heading(report, "folds", "Folds",
	        "Cross-validation: each fold is the test once. Pooled: of the answers to all utterances together, with its 95 % interval had other speakers been recorded; everything else on this page is of these. Confusions are of all folds.");
	print_picture(report);
	print_means(report);
	print_each(report);
}
