/* report_table.c: how good each strategy is, and what it costs. */
#include "emotionnet/page/report_sections.h"

#include <string.h>

static int best_row(const Report *report)
{
	int best = 0;
	for (int i = 1; i < report->count; i++)
		if (report->rows[i]->scores[SCORE_UAR].seeds.mean >
		        report->rows[best]->scores[SCORE_UAR].seeds.mean)
			best = i;
	return best;
}

static void print_name(const Report *report, const Summary *summary)
{
	html_print(report->out, "<th scope=\"row\">%s", summary->strategy);
	if (summary->seeds < report->comparison->seed_count)
		html_print(report->out, "<small> (%d of %d runs)</small>", summary->seeds,
		        report->comparison->seed_count);
	html_print(report->out, "</th>");
}

static void print_gain(const Report *report, const Summary *summary)
{
	const Score *accuracy = &summary->scores[SCORE_ACCURACY];
	if (!strcmp(summary->strategy, report->comparison->baseline)) {
		html_print(report->out, "<td data-v=\"0\">baseline</td>");
		return;
	}
	html_print(report->out,
	        "<td data-v=\"%.9g\">%+.3f<small>%+.3f to %+.3f</small></td>",
	        accuracy->gain, accuracy->gain, accuracy->gain_interval.low,
	        accuracy->gain_interval.high);
}

void report_scores(const Report *report)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	report_heading(report, "scores", "Scores",
	        arena_format(report->arena,
	                "Mean over the runs, with its deviation; below it the 95 %% interval, had other %s been tested (%d of them, drawn again 2000 times). Gain: accuracy less that of %s on the same draws.",
	                c->by_speaker ? "speakers" : "utterances", c->clusters,
	                c->baseline));
	html_table_begin(out, "sortable",
	        "Scores on the test split, the best UAR on a green ground");
	html_columns(out, (const char *const[]){ "strategy", "reads", "UAR", "as a bar",
	                          "accuracy", "gain", "macro F1", "weighted F1", NULL });
	int best = best_row(report);
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		const Score *uar = &s->scores[SCORE_UAR];
		html_print(out, "<tr class=\"%s\">", i == best ? "best" : "");
		print_name(report, s);
		html_print(out, "<td>%s</td>", s->reads[0] ? s->reads : "nothing");
		report_cell(report, s, uar->seeds, &uar->interval);
		html_print(out,
		        "<td data-v=\"%.9g\"><span class=\"bar\"><i style=\"width:%.1f%%\"></i></span></td>",
		        uar->seeds.mean, 100 * uar->seeds.mean);
		report_cell(report, s, s->scores[SCORE_ACCURACY].seeds,
		        &s->scores[SCORE_ACCURACY].interval);
		print_gain(report, s);
		report_cell(report, s, s->scores[SCORE_MACRO_F1].seeds,
		        &s->scores[SCORE_MACRO_F1].interval);
		report_cell(report, s, s->scores[SCORE_WEIGHTED_F1].seeds,
		        &s->scores[SCORE_WEIGHTED_F1].interval);
		html_print(out, "</tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

void report_costs(const Report *report)
{
	FILE *out = report->out;
	report_heading(report, "costs", "Costs",
	        "Times are of the machine that ran the comparison. Operations: of products for one utterance, a multiply-add is two; read: weights that are read for it. Memory: the most while training, beside what is mapped from the disk. Latency: one utterance, from features to probabilities, on one thread. An asterisk: nothing was trained, and CPU and memory are those of answering the whole test.");
	html_table_begin(out, "sortable", "What training and answering take");
	html_columns(out,
	        (const char *const[]){ "strategy", "parameters", "operations (millions)",
	                "read (MB)", "training (s)", "CPU (s)", "on disk (MB)",
	                "memory (MB)", "latency p50 (ms)", "p95 (ms)", NULL });
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		html_print(out, "<tr>");
		print_name(report, s);
		report_cost(report, s->most.parameters, 1);
		report_cost(report, s->most.operations, 1e6);
		report_cost(report, s->most.read, 1e6);
		html_print(out, "<td data-v=\"%.9g\">%.1f</td>", s->train_seconds.mean,
		        s->train_seconds.mean);
		html_print(out, "<td data-v=\"%.9g\">%.1f%s</td>", s->cpu_seconds.mean,
		        s->cpu_seconds.mean, s->most.asked ? "*" : "");
		report_cost(report, s->most.disk, 1e6);
		report_cost(report, s->most.memory, 1e6);
		html_print(out,
		        "<td data-v=\"%.9g\">%.2f</td><td data-v=\"%.9g\">%.2f</td></tr>\n",
		        s->latency_p50.mean, s->latency_p50.mean, s->latency_p95.mean,
		        s->latency_p95.mean);
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}
