/* print.c: the tables in a terminal. */
#include "emotionnet/comparison/print.h"
#include "emotionnet/comparison/fold_scores.h"
#include "emotionnet/comparison/print_costs.h"
#include "emotionnet/corpus/provenance.h"
#include "tensor/plot/columns.h"
#include "tensor/plot/escape.h"

#include <inttypes.h>
#include <string.h>

/* "0.657", or "0.657 ± 0.012" where there are several seeds. */
static void print_spread(FILE *out, const Summary *summary, Spread spread)
{
	if (summary->seeds > 1)
		fprintf(out, "  %.3f ± %.3f", spread.mean, spread.deviation);
	else
		fprintf(out, "  %13.3f", spread.mean);
}

int print_name_width(const Comparison *c)
{
	int width = 12;
	for (int i = 0; i < c->strategy_count; i++) {
		int length = columns_of(c->strategies[i]);
		width = length > width ? length : width;
	}
	return width;
}

/* Its name, and how much it learnt from where there are several sizes. */
static void print_name(FILE *out, const Comparison *c, const Summary *summary)
{
	terminal_print(out, "%-*s", print_name_width(c), summary->strategy);
	if (c->size_count > 1)
		fprintf(out, "  %6d", summary->size);
}

static void print_head_of_names(FILE *out, const Comparison *c)
{
	fprintf(out, "%-*s", print_name_width(c), "strategy");
	if (c->size_count > 1)
		fprintf(out, "  %6s", "learnt");
}

static void print_what(FILE *out, const Comparison *c)
{
	terminal_print(out, "%s: ", c->source);
	if (c->fold_count)
		fprintf(out,
		        "%d utterances in %d folds, each of which is the test once, with %d to learn from and %d to validate on average; %d classes",
		        c->test_count, c->fold_count, c->train, c->validation,
		        c->labels.count);
	else
		fprintf(out,
		        "%d utterances to learn from, %d to validate, %d to test; %d classes",
		        c->train, c->validation, c->test_count, c->labels.count);
	if (c->seed_count > 1)
		fprintf(out, "; mean ± deviation over %d seeds", c->seed_count);
	fprintf(out, "\n\n");
}

/* ---- the scores -------------------------------------------------------------------- */

static void print_score(FILE *out, const Comparison *c, const Summary *summary)
{
	const Score *accuracy = &summary->scores[SCORE_ACCURACY];
	print_name(out, c, summary);
	if (!summary->seeds) {
		fprintf(out, "  not finished\n");
		return;
	}
	print_spread(out, summary, accuracy->seeds);
	fprintf(out, "  %.3f..%.3f", accuracy->interval.low, accuracy->interval.high);
	print_spread(out, summary, summary->scores[SCORE_UAR].seeds);
	if (!strcmp(summary->strategy, c->baseline))
		fprintf(out, "  %-22s", "baseline");
	else
		fprintf(out, "  %+.3f (%+.3f..%+.3f)", accuracy->gain,
		        accuracy->gain_interval.low, accuracy->gain_interval.high);
	fprintf(out, "  %10" PRIu64 "  %7.1f\n", summary->most.parameters,
	        summary->train_seconds.mean);
}

static void print_scores(FILE *out, const Comparison *c)
{
	print_head_of_names(out, c);
	fprintf(out, "  %13s  %12s  %13s  %-22s  %10s  %7s\n", "accuracy", "95 %", "UAR",
	        "gain in accuracy, 95 %", "parameters", "seconds");
	for (int i = 0; i < c->summary_count; i++)
		print_score(out, c, &c->summaries[i]);
	fprintf(out, "\n95 %%: percentiles of %d draws of the %d ", BOOTSTRAP_DRAWS,
	        c->clusters);
	if (c->by_speaker)
		fprintf(out, "speakers of the test, with replacement. ");
	else
		fprintf(out,
		        "utterances of the test, with replacement: there are not two speakers, so other speakers may differ by more. ");
	terminal_print(out, "Gains are over %s, on the same draws.\n", c->baseline);
	if (c->by_speaker && c->clusters < 10)
		fprintf(out, "Note: intervals from %d speakers are too narrow.\n",
		        c->clusters);
}

enum { BAR = 60 }; /* columns from accuracy 0 to 1 */

static int column_of(double share)
{
	int column = (int)(share * BAR);
	return column < 0 ? 0 : column < BAR ? column : BAR - 1;
}

/* The mean as a bar, its interval in brackets: ########[##--]       */
static void print_bar(FILE *out, const Score *score)
{
	int mean = column_of(score->seeds.mean), low = column_of(score->interval.low);
	int high = column_of(score->interval.high);
	fputc('|', out);
	for (int i = 0; i < BAR; i++)
		fputc(i == low      ? '['
		        : i == high ? ']'
		        : i < mean  ? '#'
		        : i < high  ? '-'
		                    : ' ',
		        out);
	fputc('|', out);
}

static void print_bars(FILE *out, const Comparison *c)
{
	fprintf(out, "\n%-*s  accuracy, from 0 to 1, and its interval\n",
	        print_name_width(c), "");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *summary = &c->summaries[i];
		if (!summary->seeds)
			continue;
		print_name(out, c, summary);
		fprintf(out, "  ");
		print_bar(out, &summary->scores[SCORE_ACCURACY]);
		fprintf(out, "\n");
	}
}

static void print_notes(FILE *out, const Comparison *c)
{
	if (c->skipped)
		fprintf(out, "Note: %d utterances were left out.\n", c->skipped);
	if (c->leaking)
		fprintf(out,
		        "Note: %d speakers are in the train split and in another: the result says less about new speakers.\n",
		        c->leaking);
	if (c->paired)
		fputs(provenance_paired, out);
	if (comparison_enrolled(c))
		fprintf(out, "Note: %s\n", comparison_enrolment);
}

static void print_known(FILE *out, const Known *known)
{
	if (!known_told(known))
		return;
	terminal_print(out, "\nHas %s read the test before? ", known->model);
	fprintf(out,
	        "Its perplexity on %d texts of it is %.1f (%d tokens), on %d sentences written for this comparison %.1f (%d tokens). %s\n",
	        known->test.texts, known->test.value, known->test.tokens,
	        known->fresh.texts, known->fresh.value, known->fresh.tokens,
	        known_meaning);
}

/* ---- the details ------------------------------------------------------------------- */

/* So wide that the longest ceiling's name fits: "best: text+speech+face". */
static int kinds_name_width(const Comparison *c)
{
	int width = print_name_width(c) + 6;
	for (int i = 0; i < c->ceiling_count; i++) {
		int name = (int)strlen("best: ") + (int)strlen(c->ceilings[i].reads);
		width = name > width ? name : width;
	}
	return width;
}

static void print_ceilings(FILE *out, const Comparison *c)
{
	for (int i = 0; i < c->ceiling_count; i++) {
		const Ceiling *ceiling = &c->ceilings[i];
		char name[64];
		snprintf(name, sizeof name, "best: %s", ceiling->reads);
		terminal_print(out, "%-*s", kinds_name_width(c), name);
		fprintf(out, "  %8.3f", ceiling->all);
		for (int k = 0; k < c->kind_count; k++)
			fprintf(out, "  %8.3f", ceiling->kinds[k]);
		fprintf(out, "\n");
	}
}

static void print_kinds(FILE *out, const Comparison *c)
{
	if (!c->kind_count)
		return;
	fprintf(out, "\nAccuracy in each kind of utterance%s\n\n",
	        c->ceiling_count
	                ? ", and the best that anybody can reach who reads as much"
	                : "");
	fprintf(out, "%-*s  %8s", kinds_name_width(c), "strategy", "all");
	for (int k = 0; k < c->kind_count; k++)
		terminal_print(out, "  %8.8s", c->kinds[k]);
	fprintf(out, "\n");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		if (!s->seeds)
			continue;
		terminal_print(out, "%-*s  %8.3f", kinds_name_width(c), s->strategy,
		        s->scores[SCORE_ACCURACY].seeds.mean);
		for (int k = 0; k < c->kind_count; k++)
			fprintf(out, "  %8.3f", s->kinds[k].mean);
		fprintf(out, "\n");
	}
	print_ceilings(out, c);
}

static bool is_level(const Condition *condition)
{
	return condition->kind >= CONDITION_NOISE;
}

/* One table of conditions: those that have levels, or those that have none. */
static void print_conditions(FILE *out, const Comparison *c, ConditionKind from,
        ConditionKind to, const char *title)
{
	int shown = 0;
	for (int k = 0; k < c->condition_count; k++)
		shown += c->conditions[k].kind >= from && c->conditions[k].kind <= to;
	if (!shown)
		return;
	fprintf(out, "\n%s\n\n%-*s  %7s", title, print_name_width(c), "strategy",
	        "as is");
	for (int k = 0; k < c->condition_count; k++) {
		const Condition *condition = &c->conditions[k];
		if (condition->kind < from || condition->kind > to)
			continue;
		const char *at = strstr(condition->name, " at ");
		if (is_level(condition) && condition->kind == CONDITION_NOISE)
			terminal_print(out, "  %8s", at ? at + 4 : condition->name);
		else if (is_level(condition))
			fprintf(out, "  %6g %%", 100 * condition->level);
		else
			terminal_print(out, "  %14s", condition->name);
	}
	fprintf(out, "%s\n", from == to && from >= CONDITION_NOISE ? "      area" : "");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		bool tested = false;
		for (int k = 0; k < c->condition_count; k++)
			tested |= c->conditions[k].kind >= from &&
			          c->conditions[k].kind <= to && s->seeds &&
			          s->conditions[k].mean >= 0;
		if (!tested)
			continue;
		terminal_print(out, "%-*s  %7.3f", print_name_width(c), s->strategy,
		        s->scores[SCORE_ACCURACY].seeds.mean);
		for (int k = 0; k < c->condition_count; k++) {
			const Condition *condition = &c->conditions[k];
			if (condition->kind < from || condition->kind > to)
				continue;
			fprintf(out, is_level(condition) ? "  %8.3f" : "  %14.3f",
			        s->conditions[k].mean);
		}
		if (from == to && from >= CONDITION_NOISE)
			fprintf(out, "  %8.3f", s->robustness[from].area.mean);
		fprintf(out, "\n");
	}
}

static void print_calibration(FILE *out, const Comparison *c)
{
	fprintf(out,
	        "\nHow sure, and how right: as it is, and at the temperature that fits the validation split\n\n%-*s  %6s %6s  %6s %6s  %6s %6s  %11s\n",
	        print_name_width(c), "strategy", "ECE", "after", "NLL", "after", "Brier",
	        "after", "temperature");
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = &c->summaries[i];
		if (s->seeds)
			terminal_print(out,
			        "%-*s  %6.3f %6.3f  %6.3f %6.3f  %6.3f %6.3f  %11.2f\n",
			        print_name_width(c), s->strategy, s->ece.mean,
			        s->ece_after.mean, s->nll.mean, s->nll_after.mean,
			        s->brier.mean, s->brier_after.mean, s->temperature.mean);
	}
}

static void print_details(FILE *out, const Comparison *c)
{
	print_kinds(out, c);
	print_conditions(out, c, CONDITION_ALONE, CONDITION_SWAPPED,
	        "Accuracy with a modality alone, missing, or another utterance's");
	print_conditions(out, c, CONDITION_NOISE, CONDITION_NOISE,
	        "Accuracy under white noise, and the area under it against the noise's amplitude");
	print_conditions(out, c, CONDITION_DROPPED, CONDITION_DROPPED,
	        "Accuracy where words are lost, and the area under it");
	print_conditions(out, c, CONDITION_TYPOS, CONDITION_TYPOS,
	        "Accuracy where words are mistyped, and the area under it");
	print_calibration(out, c);
}

void comparison_print(FILE *out, const Comparison *c, bool details)
{
	fprintf(out, "\n");
	print_what(out, c);
	print_scores(out, c);
	print_notes(out, c);
	if (c->fold_count)
		fold_print(out, c);
	if (details && c->size_count == 1)
		print_details(out, c);
	print_costs(out, c);
	print_known(out, &c->known);
	if (c->size_count == 1)
		print_bars(out, c);
	fprintf(out, "\n");
}
