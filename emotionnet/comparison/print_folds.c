/* print_folds.c: what folds tell, in a terminal and as JSON (fold_scores.c says which
 * means). */
#include "emotionnet/comparison/fold_scores.h"
#include "emotionnet/comparison/print.h"
#include "tensor/file/json_write.h"
#include "tensor/plot/columns.h"
#include "tensor/plot/escape.h"

#include <inttypes.h>
#include <string.h>

/* Over folds and seeds, against the baseline, and what a fold costs. */
static void print_means(FILE *out, const Comparison *c)
{
	int width = print_name_width(c);
	fprintf(out, "%-*s  %15s  %6s  %12s  %-22s  %8s  %7s  %10s\n", width, "strategy",
	        "mean of folds", "pooled", "95 %", "gain in pooled, 95 %", "speakers",
	        "CPU, s", "parameters");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		const Score *uar = &s->scores[SCORE_UAR];
		if (!s->seeds)
			continue;
		terminal_print(out, "%-*s", width, s->strategy);
		fprintf(out, "  %7.3f ± %.3f  %6.3f  %.3f..%.3f", s->folds->mean,
		        s->folds->over_folds, uar->seeds.mean, uar->interval.low,
		        uar->interval.high);
		if (!strcmp(s->strategy, c->baseline))
			fprintf(out, "  %-22s", "baseline");
		else
			fprintf(out, "  %+.3f (%+.3f..%+.3f)", uar->gain,
			        uar->gain_interval.low, uar->gain_interval.high);
		fprintf(out, "  %8.3f  %7.1f  %10" PRIu64 "\n", s->folds->speakers.mean,
		        s->cpu_seconds.mean, s->most.parameters);
	}
	fprintf(out,
	        "\nUAR: mean of folds ± deviation over the folds; pooled: of all utterances together, with its interval over %s; speakers: the mean over speakers of each one's own. CPU: seconds of processors to train one fold.\n",
	        c->by_speaker ? "speakers" : "utterances");
}

static void print_seeds(FILE *out, const Comparison *c)
{
	int width = print_name_width(c);
	fprintf(out,
	        "\n%-*s  %15s  %6s   each seed's mean of folds ± deviation, and pooled\n",
	        width, "strategy", "over seeds", "");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		if (!s->seeds)
			continue;
		terminal_print(out, "%-*s", width, s->strategy);
		fprintf(out, "  %7.3f ± %.3f         ", s->folds->mean,
		        s->folds->over_seeds);
		for (int k = 0; k < s->seeds; k++)
			fprintf(out, "  %.3f ± %.3f %.3f", s->folds->seeds[k].mean,
			        s->folds->seeds[k].deviation, s->folds->pooled[k]);
		fprintf(out, "\n");
	}
}

/* A line a fold, a column a strategy. */
static void print_each(FILE *out, const Comparison *c)
{
	int width = 6;
	for (int f = 0; f < c->fold_count; f++) {
		int length = columns_of(c->folds[f].name);
		width = length > width ? length : width;
	}
	fprintf(out, "\nUAR of each fold%s\n\n%-*s  %5s",
	        c->seed_count > 1 ? ", mean over the seeds" : "", width, "fold", "test");
	for (int i = 0; i < c->summary_count; i++)
		if (c->summaries[i].seeds)
			terminal_print(out, "  %12.12s", c->summaries[i].strategy);
	fprintf(out, "\n");
	for (int f = 0; f < c->fold_count; f++) {
		terminal_print(out, "%-*s", width, c->folds[f].name);
		fprintf(out, "  %5d", c->folds[f].test);
		for (int i = 0; i < c->summary_count; i++)
			if (c->summaries[i].seeds)
				fprintf(out, "  %12.3f",
				        c->summaries[i].folds->each[f].mean);
		fprintf(out, "\n");
	}
}

void fold_print(FILE *out, const Comparison *c)
{
	fprintf(out, "\nFolds: UAR, each utterance tested once\n\n");
	print_means(out, c);
	if (c->seed_count > 1)
		print_seeds(out, c);
	print_each(out, c);
}

/* ---- JSON -------------------------------------------------------------------------- */

void fold_put_json(FILE *out, const Comparison *c)
{
	fprintf(out, ",\"folds\":[");
	for (int f = 0; f < c->fold_count; f++) {
		const Fold *fold = &c->folds[f];
		fprintf(out, "%s{\"fold\":", f ? "," : "");
		json_text(out, fold->name);
		fprintf(out, ",\"train\":%d,\"validation\":%d,\"test\":%d}", fold->train,
		        fold->validation, fold->test);
	}
	fputc(']', out);
}

void fold_put_scores_json(FILE *out, const Comparison *c, const Summary *s)
{
	const FoldScores *scores = s->folds;
	fprintf(out, ",\"folds\":{\"uar\":");
	json_number(out, scores->mean);
	json_put(out, "uar_deviation_over_folds", scores->over_folds);
	json_put(out, "uar_deviation_over_seeds", scores->over_seeds);
	json_put(out, "uar_mean_of_speakers", scores->speakers.mean);
	json_put(out, "uar_mean_of_speakers_deviation", scores->speakers.deviation);
	fprintf(out, ",\"each\":[");
	for (int f = 0; f < c->fold_count; f++) {
		fprintf(out, "%s", f ? "," : "");
		json_number(out, scores->each[f].mean);
	}
	fprintf(out, "],\"seeds\":[");
	for (int k = 0; k < s->seeds; k++) {
		fprintf(out, "%s{\"seed\":%" PRIu64, k ? "," : "", s->cells[k]->seed);
		json_put(out, "uar", scores->seeds[k].mean);
		json_put(out, "uar_deviation", scores->seeds[k].deviation);
		json_put(out, "uar_pooled", scores->pooled[k]);
		fputc('}', out);
	}
	fprintf(out, "]}");
}
