/* report_heat.c: tables whose cells are coloured by their number: strategy by kind,
 * strategy by condition, truth by answer. Tables and not pictures, so that they can be
 * read by ear, searched, and copied. */
#include "emotionnet/page/report_sections.h"
#include "tensor/plot/colours.h"

/* ---- kinds ------------------------------------------------------------------------- */

static void print_ceilings(const Report *report)
{
	const Comparison *c = report->comparison;
	for (int i = 0; i < c->ceiling_count; i++) {
		const Ceiling *ceiling = &c->ceilings[i];
		html_print(report->out,
		        "<tr class=\"ceiling\"><th scope=\"row\">ceiling: %s</th>",
		        ceiling->reads);
		for (int k = 0; k < c->kind_count; k++)
			report_shade(report, ceiling->kinds[k], 0);
		report_shade(report, ceiling->all, 0);
		html_print(report->out, "</tr>\n");
	}
}

void report_kinds(const Report *report)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	if (!c->kind_count)
		return;
	report_heading(report, "kinds", "Kinds of utterances",
	        c->ceiling_count
	                ? "Accuracy in each kind. A ceiling is the best that anybody can reach who sees so much: what a strategy lacks to its own ceiling it could still learn."
	                : "Accuracy in each kind.");
	html_table_begin(out, "heat sortable",
	        "Accuracy by strategy and kind; the lighter, the better");
	report_columns(report, "strategy", c->kinds, c->kind_count, "all");
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		html_print(out, "<tr><th scope=\"row\">%s</th>", s->strategy);
		for (int k = 0; k < c->kind_count; k++)
			report_shade(report, s->kinds[k].mean, 0);
		report_shade(report, s->scores[SCORE_ACCURACY].seeds.mean, 0);
		html_print(out, "</tr>\n");
	}
	print_ceilings(report);
	html_print(out, "</tbody>");
	html_table_end(out);
}

/* ---- conditions -------------------------------------------------------------------- */

/* The conditions from..to, each kind that has levels with the area under them after
 * its last one. */
typedef struct Range {
	ConditionKind from, to;
	const char *title;
} Range;

static bool area_follows(const Comparison *c, int k)
{
	ConditionKind kind = c->conditions[k].kind;
	return kind >= CONDITION_NOISE &&
	       (k + 1 == c->condition_count || c->conditions[k + 1].kind != kind);
}

/* -1: the strategy does not read what the condition changes. */
static void print_score(const Report *report, double score)
{
	if (score < 0)
		html_print(report->out, "<td class=\"faint\" data-v=\"-1\">–</td>");
	else
		report_shade(report, score, 0);
}

static void print_conditions(const Report *report, Range range)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	const char **names = ARENA_ARRAY(
	        report->arena, const char *, 2 * (size_t)c->condition_count + 1);
	int count = 0;
	names[count++] = "as it is";
	for (int k = 0; k < c->condition_count; k++) {
		ConditionKind kind = c->conditions[k].kind;
		if (kind < range.from || kind > range.to)
			continue;
		names[count++] = c->conditions[k].name;
		if (area_follows(c, k))
			names[count++] = "area under these";
	}
	if (count == 1)
		return;
	html_table_begin(out, "heat sortable", range.title);
	report_columns(report, "strategy", names, count, NULL);
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		html_print(out, "<tr><th scope=\"row\">%s</th>", s->strategy);
		report_shade(report, s->scores[SCORE_ACCURACY].seeds.mean, 0);
		for (int k = 0; k < c->condition_count; k++) {
			ConditionKind kind = c->conditions[k].kind;
			if (kind < range.from || kind > range.to)
				continue;
			print_score(report, s->conditions[k].mean);
			if (area_follows(c, k))
				print_score(
				        report, s->conditions[k].mean < 0
				                        ? -1
				                        : s->robustness[kind].area.mean);
		}
		html_print(out, "</tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

void report_conditions(const Report *report)
{
	if (!report->comparison->condition_count)
		return;
	report_heading(report, "conditions", "Less and worse input",
	        "Accuracy where a modality is alone, missing, or another utterance's, and where sound is noisy or words are lost or mistyped. Nothing was trained anew. Of two modalities, one alone is the other missing.");
	print_conditions(report,
	        (Range){ CONDITION_ALONE, CONDITION_SWAPPED,
	                "Accuracy with a modality alone, missing, or another utterance's" });
	print_conditions(
	        report, (Range){ CONDITION_NOISE, CONDITION_NOISE,
	                        "Accuracy under white noise, and the area under it" });
	print_conditions(report,
	        (Range){ CONDITION_DROPPED, CONDITION_TYPOS,
	                "Accuracy where words are lost or mistyped, each with the area under it" });
}

/* ---- confusions -------------------------------------------------------------------- */

static void print_confusion(const Report *report, const Summary *summary)
{
	const Labels *labels = &report->comparison->labels;
	const Confusion *confusion = &summary->confusion;
	FILE *out = report->out;
	int C = confusion->classes;
	html_table_begin(out, "heat", summary->strategy);
	report_columns(report, "truth", labels->names, C, NULL);
	for (int truth = 0; truth < C; truth++) {
		const int *row = confusion->counts + (size_t)truth * (size_t)C;
		double all = 0;
		for (int guess = 0; guess < C; guess++)
			all += row[guess];
		html_print(out, "<tr><th scope=\"row\">%s</th>", labels->names[truth]);
		for (int guess = 0; guess < C; guess++) {
			double share = all > 0 ? row[guess] / all : 0;
			Colour ground = colour_sequential(share);
			html_print(out, "<td style=\"background:%s;color:%s\">%d</td>",
			        colour_hex(ground).text,
			        colour_hex(colour_ink(ground)).text, row[guess]);
		}
		html_print(out, "</tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

void report_confusions(const Report *report)
{
	report_heading(report, "confusions", "Confusions",
	        "How many test utterances of each emotion (row) got which answer (column), all runs together; coloured by the share of the row.");
	report_tiles(report, "tables", print_confusion);
}
