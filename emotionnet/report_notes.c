/* report_notes.c: what fusion shows of how it joined the modalities, over all the utterances that are shown one by one:
 * the mean of a gate in each kind (or emotion), how broad attention is. */
#include "emotionnet/explanation_notes.h"
#include "emotionnet/report_sections.h"

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
	                "What fusion shows of how it joins, the mean of the %d "
	                "utterances below, which show it one by one. A gate or a weight "
	                "is the share "
	                "that is taken from a modality. Breadth is the share of the "
	                "steps that attention spreads over: near 1 it looks everywhere "
	                "alike. What is looked at need not matter to the answer: "
	                "hold it against the attributions.",
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
		explanation_notes_html(report->out, report->arena,
		        &examples->models[m].explanations[example]);
	html_print(report->out, "</details>\n");
}
