/* report_language.c: what a language model answers, beside the majority and a bag of words:
 * the five prompts in full, the other rows, what it costs, whether it may have read the test
 * before, and what others publish. */
#include "emotionnet/language/prompts.h"
#include "emotionnet/page/report_cited.h"
#include "emotionnet/page/report_sections.h"
#include "text/list.h"

#include <string.h>

/* ---- which rows -------------------------------------------------------------------- */

static const Summary *find(const Report *report, const char *name)
{
	for (int i = 0; i < report->count; i++)
		if (!strcmp(report->rows[i]->strategy, name))
			return report->rows[i];
	return NULL;
}

static bool begins(const Summary *row, const char *name)
{
	return !strncmp(row->strategy, name, strlen(name));
}

static bool is_language(const Summary *row)
{
	return begins(row, "zero-shot ") || begins(row, "one-shot") ||
	       begins(row, "five-shot") || begins(row, "probe") || begins(row, "tuned ");
}

bool report_has_language(const Report *report)
{
	for (int i = 0; i < report->count; i++)
		if (is_language(report->rows[i]))
			return true;
	return false;
}

/* ---- prompts ----------------------------------------------------------------------- */

static const Summary *zero_shot(const Report *report, int prompt, const char *less)
{
	return find(
	        report, arena_format(report->arena, "zero-shot %d%s", prompt + 1, less));
}

static void print_spread(const Report *report, const Summary *row, ScoreKind kind)
{
	if (row)
		report_cell(report, row, row->scores[kind].seeds, NULL);
	else
		html_print(report->out, "<td class=\"faint\">–</td>");
}

static void print_prompts(const Report *report)
{
	const Comparison *c = report->comparison;
	bool any = false;
	for (int p = 0; p < PROMPTS; p++)
		any |= zero_shot(report, p, "") != NULL;
	if (!any)
		return;
	html_print(report->out,
	        "<p>Five prompts, chosen before any was tried; all are shown. The answer is the label whose tokens are the most probable after it. \"Less empty\": what it says of an empty text is taken off first.</p>\n");
	html_table_begin(report->out, "texts", "Zero-shot: five prompts");
	html_columns(report->out,
	        (const char *const[]){ "prompt", "the words, {text} being what is said",
	                "accuracy", "UAR", "accuracy, less empty", "UAR, less empty",
	                NULL });
	const char *labels = list_or(report->arena, c->labels.names, c->labels.count);
	for (int p = 0; p < PROMPTS; p++) {
		const Summary *plain = zero_shot(report, p, "");
		const Summary *less = zero_shot(report, p, ", less empty");
		html_print(report->out,
		        "<tr><th scope=\"row\">zero-shot %d</th><td class=\"prompt\">%s%s</td>",
		        p + 1, prompt_head(report->arena, &prompts[p], labels),
		        prompt_item(report->arena, &prompts[p], labels, "{text}"));
		print_spread(report, plain, SCORE_ACCURACY);
		print_spread(report, plain, SCORE_UAR);
		print_spread(report, less, SCORE_ACCURACY);
		print_spread(report, less, SCORE_UAR);
		html_print(report->out, "</tr>\n");
	}
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}

/* ---- rows beside each other -------------------------------------------------------- */

static void print_row(const Report *report, const Summary *row)
{
	html_print(report->out, "<tr><th scope=\"row\">%s</th>", row->strategy);
	print_spread(report, row, SCORE_ACCURACY);
	print_spread(report, row, SCORE_UAR);
	print_spread(report, row, SCORE_WEIGHTED_F1);
	report_cost(report, row->most.parameters, 1);
	report_cost(report, row->most.operations, 1e6);
	report_cost(report, row->most.read, 1e6);
	html_print(report->out,
	        "<td data-v=\"%.9g\">%.1f%s</td><td data-v=\"%.9g\">%.2f</td></tr>\n",
	        row->cpu_seconds.mean, row->cpu_seconds.mean, row->most.asked ? "*" : "",
	        row->latency_p50.mean, row->latency_p50.mean);
}

static void print_rows(const Report *report)
{
	html_table_begin(
	        report->out, "sortable", "Rows of the language model, beside all others");
	html_columns(
	        report->out, (const char *const[]){ "strategy", "accuracy", "UAR",
	                             "weighted F1", "parameters", "operations (millions)",
	                             "read (MB)", "CPU (s)", "p50 (ms)", NULL });
	for (int i = 0; i < report->count; i++)
		print_row(report, report->rows[i]);
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
	html_print(report->out,
	        "<p class=\"faint\">M: millions; p50: the median latency of one text. CPU: seconds of processors to train; with an asterisk, where nothing is trained, to answer the whole test.</p>\n");
}

/* ---- what it may have read --------------------------------------------------------- */

static void print_known(const Report *report)
{
	const Known *known = &report->comparison->known;
	if (!known_told(known))
		return;
	html_print(report->out,
	        "<h3>Has it read the test before?</h3>\n<p>%s: perplexity %.1f on %d texts of the test (%d tokens), %.1f on %d sentences written for this comparison (%d tokens). %s</p>\n",
	        known->model, known->test.value, known->test.texts, known->test.tokens,
	        known->fresh.value, known->fresh.texts, known->fresh.tokens,
	        known_meaning);
}

/* ---- what others publish ----------------------------------------------------------- */

/* Whether the manifest says where it comes from. */
static bool is_known(const Comparison *c)
{
	return c->corpora && *c->corpora && strcmp(c->corpora, "own") != 0;
}

static bool concerns(const Report *report, const Cited *one)
{
	const Comparison *c = report->comparison;
	int count;
	if (!is_known(c))
		return true;
	const char *const *names = list_split(report->arena, c->corpora, ' ', &count);
	for (int i = 0; i < count; i++)
		if (!strcmp(names[i], one->corpus))
			return true;
	return false;
}

static void print_cited(const Report *report)
{
	int shown = 0;
	for (const Cited *one = cited; one->corpus; one++)
		shown += concerns(report, one);
	html_print(report->out, "<h3>Cited, not run</h3>\n");
	if (!shown) {
		html_print(report->out,
		        "<p>No published figures of language models on this corpus are known to this program.</p>\n");
		return;
	}
	html_print(report->out,
	        "<p>What others publish, in per cent, on their own splits, often with the utterances before. Nothing in this table was run here%s.</p>\n",
	        is_known(report->comparison)
	                ? ""
	                : "; the corpus of this comparison does not say where it comes from, so all are shown");
	html_table_begin(report->out, "sortable texts", "Cited, not run");
	html_columns(report->out, (const char *const[]){ "model", "figure", "score",
	                                  "corpus", "kind", "source", NULL });
	for (const Cited *one = cited; one->corpus; one++)
		if (concerns(report, one))
			html_print(report->out,
			        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"prompt\">%s</td></tr>\n",
			        one->model, one->figure, one->score, one->title,
			        one->kind, one->source);
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}

void report_language(const Report *report)
{
	if (!report_has_language(report))
		return;
	report_heading(report, "language", "Language model",
	        "One model answers from a prompt alone (zero-shot), from a prompt with examples (one-shot, five-shot), by logistic regression on its frozen states (probe), and with a part of it trained (tuned). Below it the same split by all others.");
	print_prompts(report);
	print_rows(report);
	print_known(report);
	print_cited(report);
}
