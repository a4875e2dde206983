/* report_notes.c: what fusion shows of how it joined the modalities, over all the
 * utterances that are shown one by one: the mean of a gate in each kind (or emotion),
 * how broad attention is. */
#include "emotionnet/page/explanation_html.h"
#include "emotionnet/page/report_sections.h"

#include <string.h>

typedef struct Groups {
	const char *const *names;
	int count;
	const int *of; /* of each example */
} Groups;

/* Kinds of utterances where the corpus has any, else the labels. */
static Groups groups_of(const Report *report)
{
	const Comparison *c = report->comparison;
	const ReportExamples *examples = report->examples;
	int *of = ARENA_ARRAY(report->arena, int, (size_t)examples->count + 1);
	for (int i = 0; i < examples->count; i++) {
		const Compared *test = &c->test[examples->tests[i]];
		of[i] = c->kind_count ? test->kind : test->label;
	}
	return c->kind_count ? (Groups){ c->kinds, c->kind_count, of }
	                     : (Groups){ c->labels.names, c->labels.count, of };
}

static double note_number(const ExplainedNote *note)
{
	return note->looks ? note_breadth(note) : note_range(note).mean;
}

/* One row: the mean of the n-th note in each group; group -1 is all of them. */
static void print_row(
        const Report *report, const ReportModel *model, int n, const Groups *groups)
{
	FILE *out = report->out;
	const ExplainedNote *first = &model->explanations[0].notes[n];
	const char *title =
	        first->looks ? arena_format(report->arena, "%s of %s to %s, breadth",
	                               first->name, modality_name(first->of),
	                               modality_name(first->at))
	                     : note_title(report->arena, first);
	html_print(out, "<tr><th scope=\"row\">%s: %s</th>", model->strategy, title);
	for (int g = 0; g <= groups->count; g++) {
		double sum = 0;
		int count = 0;
		for (int i = 0; i < report->examples->count; i++)
			if (g == groups->count || groups->of[i] == g) {
				sum += note_number(&model->explanations[i].notes[n]);
				count++;
			}
		if (count)
			html_print(out, "<td data-v=\"%.9g\">%.2f</td>", sum / count,
			        sum / count);
		else
			html_print(out, "<td class=\"faint\">–</td>");
	}
	html_print(out, "</tr>\n");
}

/* ---- against deletion -------------------------------------------------------------- */

/* Sums over the examples in which there was something to take away. */
typedef struct Deletions {
	int count;
	OrderCheck deletion, insertion;
	int better_away,
	        better_back; /* in how many attention beats the mean random order */
} Deletions;

static void add_check(OrderCheck *sum, const OrderCheck *one)
{
	sum->shown += one->shown;
	sum->gradients += one->gradients;
	sum->random += one->random;
}

static Deletions deletions_of(const Report *report, const ReportModel *model, int n)
{
	Deletions all = { 0 };
	for (int i = 0; i < report->examples->count; i++) {
		const NoteCheck *check = &model->explanations[i].notes[n].check;
		if (!check->done)
			continue;
		all.count++;
		add_check(&all.deletion, &check->deletion);
		add_check(&all.insertion, &check->insertion);
		all.better_away += check->deletion.shown < check->deletion.random;
		all.better_back += check->insertion.shown > check->insertion.random;
	}
	return all;
}

static void print_order(const Report *report, const char *title, const char *how,
        const OrderCheck *sum, int better, int count)
{
	html_print(report->out,
	        "<tr><th scope=\"row\">%s, %s</th><td>%+.2f</td><td>%+.2f</td><td>%+.2f</td><td>%d of %d</td></tr>\n",
	        title, how, sum->shown / count, sum->gradients / count,
	        sum->random / count, better, count);
}

static void print_deletion(const Report *report, const ReportModel *model, int n)
{
	const ExplainedNote *note = &model->explanations[0].notes[n];
	const char *title = arena_format(report->arena, "%s: %s to %s", model->strategy,
	        modality_name(note->of), modality_name(note->at));
	Deletions d = deletions_of(report, model, n);
	if (!d.count)
		return;
	print_order(report, title, "taken away", &d.deletion, d.better_away, d.count);
	print_order(report, title, "put back", &d.insertion, d.better_back, d.count);
}

static void print_deletions(const Report *report)
{
	const ReportExamples *examples = report->examples;
	int looking = 0;
	for (int m = 0; m < examples->model_count; m++)
		for (int n = 0; n < examples->models[m].explanations[0].note_count; n++)
			looking += examples->models[m].explanations[0].notes[n].looks;
	if (!looking)
		return;
	html_print(report->out,
	        "<p>Does an answer rest on what attention looks at? What is looked at is taken away piece by piece, the most attended first, and put back into nothing: the mean score on the way, low when taken away and high when put back if it does, beside the order of the integrated gradients and %d random ones.</p>\n",
	        CHECK_ORDERS);
	html_table_begin(report->out, "",
	        "Attention against deletion: mean log-odds of the answer while it is taken away, and while it is put back");
	html_columns(report->out,
	        (const char *const[]){ "strategy", "by attention", "by gradients",
	                "at random", "better than random", NULL });
	for (int m = 0; m < examples->model_count; m++) {
		const ReportModel *model = &examples->models[m];
		for (int n = 0; n < model->explanations[0].note_count; n++)
			if (model->explanations[0].notes[n].looks)
				print_deletion(report, model, n);
	}
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}

/* Whether the modality that a strategy's gates or weights favour is the one whose loss
 * costs the score most: the example's notes named as the first. -1: there is no other
 * modality's to hold it against. */
static int gate_agrees(const Explanation *e)
{
	int favoured = -1, missed = -1, count = 0;
	for (int n = 0; n < e->note_count; n++) {
		if (e->notes[n].looks || strcmp(e->notes[n].name, e->notes[0].name))
			continue;
		count++;
		if (favoured < 0 || note_range(&e->notes[n]).mean >
		                            note_range(&e->notes[favoured]).mean)
			favoured = n;
		if (missed < 0 || e->notes[n].check.lost > e->notes[missed].check.lost)
			missed = n;
	}
	return count < 2 ? -1 : favoured == missed;
}

static void print_gates(const Report *report)
{
	const ReportExamples *examples = report->examples;
	for (int m = 0; m < examples->model_count; m++) {
		const ReportModel *model = &examples->models[m];
		int agree = 0, count = 0;
		for (int i = 0; i < examples->count; i++) {
			int agrees = gate_agrees(&model->explanations[i]);
			count += agrees >= 0;
			agree += agrees > 0;
		}
		if (count)
			html_print(report->out,
			        "<p>%s: the modality with the larger %s is the one whose loss costs the answer most in %d of %d utterances.</p>\n",
			        model->strategy, model->explanations[0].notes[0].name,
			        agree, count);
	}
}

/* ---- all of it --------------------------------------------------------------------- */

bool report_has_notes(const Report *report)
{
	const ReportExamples *examples = report->examples;
	for (int m = 0; m < examples->model_count; m++)
		if (examples->count && examples->models[m].explanations[0].note_count)
			return true;
	return false;
}

void report_notes(const Report *report)
{
	const ReportExamples *examples = report->examples;
	FILE *out = report->out;
	if (!report_has_notes(report))
		return;
	Groups groups = groups_of(report);
	report_heading(report, "notes", "Gates and attention",
	        arena_format(report->arena,
	                "What fusion shows of how it joins, the mean of the %d utterances below, which show it one by one. A gate or a weight is the share that is taken from a modality. Breadth is the share of the steps that attention spreads over: near 1 it looks everywhere alike. What is looked at need not matter to the answer: hold it against the attributions.",
	                examples->count));
	html_table_begin(out, "", "Gates, numbers of FiLM, breadth of attention");
	report_columns(report, "strategy", groups.names, groups.count, "all");
	for (int m = 0; m < examples->model_count; m++) {
		const ReportModel *model = &examples->models[m];
		for (int n = 0; n < model->explanations[0].note_count; n++)
			print_row(report, model, n, &groups);
	}
	html_print(out, "</tbody>");
	html_table_end(out);
	print_gates(report);
	print_deletions(report);
}

void report_notes_of(const Report *report, int example)
{
	const ReportExamples *examples = report->examples;
	const char *names = "";
	for (int m = 0; m < examples->model_count; m++)
		if (examples->models[m].explanations[example].note_count)
			names = arena_format(report->arena, "%s%s%s", names,
			        names[0] ? ", " : "", examples->models[m].strategy);
	if (!names[0])
		return;
	html_print(report->out, "<details><summary>Gates and attention: %s</summary>\n",
	        names);
	for (int m = 0; m < examples->model_count; m++)
		explanation_notes(report->out, report->arena,
		        &examples->models[m].explanations[example]);
	html_print(report->out, "</details>\n");
}
