/* report_heat.c: tables whose cells are coloured by their number: strategy by kind, strategy by condition, truth by
 * answer. Tables and not pictures, so that they can be read by ear, searched, and copied. */
#include "emotionnet/report_sections.h"
#include "tensor/colours.h"

#include <string.h>

/* A number from 0 to 1 on its colour; what is below `least` is as dark as that. */
static void print_shade(FILE *out, double value, double least)
{
	Colour ground = colour_sequential((value - least) / (1 - least));
	html_print(out, "<td data-v=\"%.9g\" style=\"background:%s;color:%s\">%.2f</td>",
	        value, colour_hex(ground).text, colour_hex(colour_ink(ground)).text,
	        value);
}

static void print_columns(
        FILE *out, const char *first, const char *const names[], int count)
{
	html_print(out, "<thead><tr><th scope=\"col\">%s</th>", first);
	for (int i = 0; i < count; i++)
		html_print(out, "<th scope=\"col\">%s</th>", names[i]);
	html_print(out, "</tr></thead><tbody>\n");
}

/* ---- kinds ------------------------------------------------------------------------------------- */

static void print_ceilings(const Report *report)
{
	const Comparison *c = report->comparison;
	for (int i = 0; i < c->ceiling_count; i++) {
		const Ceiling *ceiling = &c->ceilings[i];
		html_print(report->out,
		        "<tr class=\"ceiling\"><th scope=\"row\">ceiling: %s</th>",
		        ceiling->reads);
		for (int k = 0; k < c->kind_count; k++)
			print_shade(report->out, ceiling->kinds[k], 0);
		print_shade(report->out, ceiling->all, 0);
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
	                ? "Accuracy in each kind. A ceiling is the best that anybody "
	                  "can reach who sees so much: what a strategy lacks to its "
	                  "own ceiling it could still learn."
	                : "Accuracy in each kind.");
	const char **names =
	        ARENA_ARRAY(report->arena, const char *, (size_t)c->kind_count + 1);
	memcpy(names, c->kinds, (size_t)c->kind_count * sizeof *names);
	names[c->kind_count] = "all";
	html_table_begin(out, "heat sortable",
	        "Accuracy by strategy and kind; the lighter, the better");
	print_columns(out, "strategy", names, c->kind_count + 1);
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		html_print(out, "<tr><th scope=\"row\">%s</th>", s->strategy);
		for (int k = 0; k < c->kind_count; k++)
			print_shade(out, s->kinds[k].mean, 0);
		print_shade(out, s->scores[SCORE_ACCURACY].seeds.mean, 0);
		html_print(out, "</tr>\n");
	}
	print_ceilings(report);
	html_print(out, "</tbody>");
	html_table_end(out);
}

/* ---- conditions -------------------------------------------------------------------------------- */

void report_conditions(const Report *report)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	if (!c->condition_count)
		return;
	report_heading(report, "conditions", "Less and worse input",
	        "Accuracy where a modality is alone, missing, or another utterance's, "
	        "and where "
	        "sound is noisy or words are lost or mistyped. Nothing was trained "
	        "anew.");
	const char **names =
	        ARENA_ARRAY(report->arena, const char *, (size_t)c->condition_count + 1);
	names[0] = "as it is";
	for (int i = 0; i < c->condition_count; i++)
		names[i + 1] = c->conditions[i].name;
	html_table_begin(out, "heat sortable", "Accuracy by strategy and condition");
	print_columns(out, "strategy", names, c->condition_count + 1);
	for (int i = 0; i < report->count; i++) {
		const Summary *s = report->rows[i];
		html_print(out, "<tr><th scope=\"row\">%s</th>", s->strategy);
		print_shade(out, s->scores[SCORE_ACCURACY].seeds.mean, 0);
		for (int k = 0; k < c->condition_count; k++)
			if (s->conditions[k].mean < 0)
				html_print(
				        out, "<td class=\"faint\" data-v=\"-1\">–</td>");
			else
				print_shade(out, s->conditions[k].mean, 0);
		html_print(out, "</tr>\n");
	}
	html_print(out, "</tbody>");
	html_table_end(out);
}

/* ---- confusions -------------------------------------------------------------------------------- */

static void print_confusion(const Report *report, const Summary *summary)
{
	const Labels *labels = &report->comparison->labels;
	const Confusion *confusion = &summary->confusion;
	FILE *out = report->out;
	int C = confusion->classes;
	html_table_begin(out, "heat", summary->strategy);
	print_columns(out, "truth", labels->names, C);
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
	        "How many test utterances of each emotion (row) got which answer "
	        "(column), all "
	        "runs together; coloured by the share of the row.");
	html_print(report->out, "<div class=\"tiles tables\">");
	for (int i = 0; i < report->count; i++)
		print_confusion(report, report->rows[i]);
	html_print(report->out, "</div>\n");
}
