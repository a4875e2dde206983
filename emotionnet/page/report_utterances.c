/* report_utterances.c: utterances one by one: the words, the sound, what every
 * strategy says and what that rests on. */
#include "emotionnet/page/explanation_html.h"
#include "emotionnet/page/report_sections.h"

#include <string.h>

static const Explanation *explanation_of(
        const Report *report, const char *strategy, int example)
{
	const ReportExamples *examples = report->examples;
	for (int m = 0; m < examples->model_count; m++)
		if (!strcmp(examples->models[m].strategy, strategy))
			return &examples->models[m].explanations[example];
	return NULL;
}

/* The Shapley value of a modality that the model reads, or an empty cell. */
static void print_share(FILE *out, const Explanation *e, ModalityKind kind)
{
	for (int m = 0; e && m < e->modality_count; m++)
		if (e->modality[m] == kind) {
			html_print(out, "<td>%+.2f</td>", e->shapley.value[m]);
			return;
		}
	html_print(out, "<td></td>");
}

static void print_strategy(
        const Report *report, const Summary *summary, int example, ModalitySet columns)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	int test = report->examples->tests[example];
	const Cell *cell = summary->cells[0];
	int C = c->labels.count, truth = c->test[test].label;
	const float *p = cell->probabilities + (size_t)test * (size_t)C;
	int says = cell_answer(c, cell, test);
	const Explanation *e = explanation_of(report, summary->strategy, example);
	html_print(out,
	        "<tr><th scope=\"row\">%s</th><td class=\"answer\">%s %s</td><td>%.2f</td><td>%.2f</td>",
	        summary->strategy, says == truth ? "✓" : "✗", c->labels.names[says],
	        (double)p[says], (double)p[truth]);
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (columns.has[kind])
			print_share(out, e, kind);
	if (report->examples->model_count) {
		html_print(out, "<td class=\"words\">");
		if (e)
			explanation_words(out, e);
		html_print(out, "</td>");
	}
	html_print(out, "</tr>\n");
}

/* The modalities that any model reads. */
static ModalitySet columns_of(const Report *report)
{
	ModalitySet columns = { 0 };
	for (int m = 0; m < report->examples->model_count; m++)
		for (ModalityKind kind = 0; kind < MODALITIES; kind++)
			columns.has[kind] |= report->examples->models[m]
			                             .checkpoint.config.reads.has[kind];
	return columns;
}

static void print_strategies(const Report *report, int example)
{
	FILE *out = report->out;
	ModalitySet columns = columns_of(report);
	html_table_begin(out, "says",
	        arena_format(report->arena, "What each strategy says of %s",
	                report->comparison->test[report->examples->tests[example]].id));
	html_print(out,
	        "<thead><tr><th scope=\"col\">strategy</th><th scope=\"col\">says</th><th scope=\"col\">sure</th><th scope=\"col\">of the truth</th>");
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		if (columns.has[kind])
			html_print(out, "<th scope=\"col\">Shapley of %s</th>",
			        modality_name(kind));
	if (report->examples->model_count)
		html_print(out, "<th scope=\"col\" class=\"words\">its words</th>");
	html_print(out, "</tr></thead><tbody>\n");
	for (int i = 0; i < report->count; i++)
		print_strategy(report, report->rows[i], example, columns);
	html_print(out, "</tbody>");
	html_table_end(out);
}

static bool print_utterance(const Report *report, int example, Error *error)
{
	const Comparison *c = report->comparison;
	const ReportExamples *examples = report->examples;
	const Compared *test = &c->test[examples->tests[example]];
	FILE *out = report->out;
	html_print(out, "<article>\n<h3>%s: %s", test->id, c->labels.names[test->label]);
	if (test->kind >= 0)
		html_print(
		        out, " <span class=\"faint\">(%s)</span>", c->kinds[test->kind]);
	html_print(out, "</h3>\n");
	const Explanation *shown =
	        examples->shown ? &examples->shown->explanations[example] : NULL;
	if (shown && shown->word_count)
		explanation_words(out, shown);
	else if (test->text[0])
		html_print(out, "<p class=\"said\">%s</p>\n", test->text);
	if (examples->clips &&
	        !explanation_audio(out, report->arena, &examples->clips[example], error))
		return false;
	if (shown) {
		explanation_sound(out, report->arena, shown);
		explanation_face(out, report->arena, shown);
		explanation_face_table(out, report->arena, shown);
	}
	print_strategies(report, example);
	report_notes_of(report, example);
	html_print(out, "</article>\n");
	return true;
}

bool report_utterances(const Report *report, Error *error)
{
	const ReportExamples *examples = report->examples;
	if (!examples->count)
		return true;
	report_heading(report, "utterances", "Utterances",
	        arena_format(report->arena,
	                "%d of the %d test utterances, evenly chosen, and the answers of the first seed.",
	                examples->count, report->comparison->test_count));
	if (examples->missing[0])
		html_print(report->out, "<p class=\"note\">%s</p>\n", examples->missing);
	if (examples->shown) {
		html_print(report->out,
		        "<p>Large words and sound are coloured by what they add for %s, the best of those that read most, to the log-odds of its own answer. A Shapley value says what a modality adds to them.</p>\n",
		        examples->shown->strategy);
		explanation_key(report->out);
	}
	for (int i = 0; i < examples->count; i++) {
		ArenaMark mark = arena_mark(report->arena);
		bool done = print_utterance(report, i, error);
		arena_rewind(report->arena, mark);
		if (!done)
			return false;
	}
	return true;
}
