/* curve.c: how many training utterances a strategy needs to reach a goal, told and
 * drawn. */
#include "emotionnet/comparison/curve.h"
#include "emotionnet/comparison/print.h"
#include "tensor/file/json_write.h"
#include "tensor/elementary.h"
#include "tensor/plot/escape.h"
#include "tensor/plot/save.h"

#include <string.h>

static const Summary *summary_of(const Comparison *c, int strategy, int size)
{
	return &c->summaries[strategy * c->size_count + size];
}

static double accuracy_of(const Summary *summary)
{
	return summary->scores[SCORE_ACCURACY].seeds.mean;
}

static int index_of(const Comparison *c, const char *strategy)
{
	int at = 0;
	while (at < c->strategy_count && strcmp(c->strategies[at], strategy))
		at++;
	return at;
}

double curve_goal(const Comparison *c)
{
	int at = index_of(c, c->baseline);
	return at < c->strategy_count && c->size_count
	               ? accuracy_of(summary_of(c, at, c->size_count - 1))
	               : 0;
}

double curve_needs(const Comparison *c, const char *strategy, double accuracy)
{
	int at = index_of(c, strategy);
	for (int z = 0; at < c->strategy_count && z < c->size_count; z++) {
		double here = accuracy_of(summary_of(c, at, z));
		if (here < accuracy)
			continue;
		if (!z)
			return c->sizes[0];
		double before = accuracy_of(summary_of(c, at, z - 1));
		double low = double_log(c->sizes[z - 1]), high = double_log(c->sizes[z]);
		return double_exp(
		        low + (high - low) * (accuracy - before) / (here - before));
	}
	return -1;
}

const char *curve_needs_text(Arena *arena, const Comparison *c, double needs)
{
	if (needs < 0)
		return "more than there are";
	if (c->size_count && needs <= c->sizes[0])
		return arena_format(arena, "%d or fewer", c->sizes[0]);
	return arena_format(arena, "%.0f", needs);
}

/* ---- drawing ----------------------------------------------------------------------- */

PlotChart curve_chart(const Comparison *c, Arena *arena)
{
	PlotSeries *series = ARENA_ARRAY(arena, PlotSeries, (size_t)c->strategy_count);
	size_t sizes = (size_t)c->size_count;
	for (int s = 0; s < c->strategy_count; s++) {
		real *numbers = ARENA_ARRAY(arena, real, 4 * sizes);
		int n = 0;
		for (int z = 0; z < c->size_count; z++) {
			const Summary *summary = summary_of(c, s, z);
			const Score *score = &summary->scores[SCORE_ACCURACY];
			if (!summary->seeds)
				continue;
			numbers[n] = (real)c->sizes[z];
			numbers[sizes + (size_t)n] = (real)score->seeds.mean;
			numbers[2 * sizes + (size_t)n] = (real)score->interval.low;
			numbers[3 * sizes + (size_t)n++] = (real)score->interval.high;
		}
		series[s] = (PlotSeries){ .name = c->strategies[s],
			.count = n,
			.x = numbers,
			.y = numbers + sizes,
			.low = numbers + 2 * sizes,
			.high = numbers + 3 * sizes };
	}
	return (PlotChart){ .title = "Accuracy by the number of utterances learnt from",
		.x = "utterances learnt from",
		.y = "accuracy, 95 % interval",
		.count = c->strategy_count,
		.series = series };
}

bool curve_save_svg(const Comparison *c, const char *path, Error *error)
{
	Arena *arena = arena_new("curve");
	PlotChart chart = curve_chart(c, arena);
	bool done = plot_chart_save(&chart, path, error);
	arena_free(arena);
	return done;
}

/* ---- telling ----------------------------------------------------------------------- */

static void print_needs(FILE *out, const Comparison *c, Arena *arena)
{
	double goal = curve_goal(c);
	terminal_print(out,
	        "\nUtterances needed for an accuracy of %.3f, which is what %s reaches with %d:\n\n",
	        goal, c->baseline, c->size_count ? c->sizes[c->size_count - 1] : 0);
	for (int s = 0; s < c->strategy_count; s++) {
		double needs = curve_needs(c, c->strategies[s], goal);
		terminal_print(out, "  %-14s %s\n", c->strategies[s],
		        curve_needs_text(arena, c, needs));
	}
}

void curve_print(FILE *out, const Comparison *c)
{
	Arena *arena = arena_new("curve");
	PlotChart chart = curve_chart(c, arena);
	plot_chart(plot_screen(out, 80), &chart);
	print_needs(out, c, arena);
	arena_free(arena);
}

void curve_print_json(FILE *out, const Comparison *c)
{
	double goal = curve_goal(c);
	fprintf(out, "{\"goal\":");
	json_number(out, goal);
	fprintf(out, ",\"needs\":{");
	for (int s = 0; s < c->strategy_count; s++) {
		double needs = curve_needs(c, c->strategies[s], goal);
		if (s)
			fputc(',', out);
		json_text(out, c->strategies[s]);
		if (needs < 0)
			fprintf(out, ":null");
		else
			fprintf(out, ":%.1f", needs);
	}
	fprintf(out, "},\"comparison\":");
	comparison_print_json(out, c);
	fprintf(out, "}\n");
}
