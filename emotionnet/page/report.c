/* report.c: the page from head to foot, and where its rows and its corpus come from. */
#include "emotionnet/page/report.h"

#include "emotionnet/page/report_sections.h"
#include "emotionnet/stage/stage.h"

#include <string.h>

/* ---- which rows -------------------------------------------------------------------- */

static void choose_rows(Report *report)
{
	const Comparison *c = report->comparison;
	int largest = 0;
	for (int i = 0; i < c->summary_count; i++)
		if (c->summaries[i].seeds && c->summaries[i].size > largest)
			largest = c->summaries[i].size;
	report->rows =
	        ARENA_ARRAY(report->arena, const Summary *, (size_t)c->summary_count);
	for (int i = 0; i < c->summary_count; i++)
		if (c->summaries[i].seeds && c->summaries[i].size == largest)
			report->rows[report->count++] = &c->summaries[i];
}

/* ---- the head ---------------------------------------------------------------------- */

static void print_contents(const Report *report)
{
	const Comparison *c = report->comparison;
	const struct {
		const char *id, *title;
		bool there;
	} parts[] = {
		{ "scores", "Scores", true },
		{ "folds", "Folds", c->fold_count > 0 },
		{ "kinds", "Kinds", c->kind_count > 0 },
		{ "conditions", "Less and worse input", c->condition_count > 0 },
		{ "confusions", "Confusions", true },
		{ "training", "Training", true },
		{ "sizes", "Amount of data", c->size_count > 1 },
		{ "calibration", "Calibration", true },
		{ "coverage", "Not sure", true },
		{ "leak", "Who speaks", report->examples->leak.count > 0 },
		{ "costs", "Costs", true },
		{ "language", "Language model", report_has_language(report) },
		{ "notes", "Gates and attention", report_has_notes(report) },
		{ "utterances", "Utterances", report->examples->count > 0 },
		{ "settings", "Settings", true },
	};
	html_print(report->out, "<nav aria-label=\"Contents\"><ul>");
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].there)
			html_print(report->out, "<li><a href=\"#%s\">%s</a></li>",
			        parts[i].id, parts[i].title);
	html_print(report->out, "</ul></nav>\n");
}

static void print_head(const Report *report)
{
	const Comparison *c = report->comparison;
	FILE *out = report->out;
	html_print(
	        out, "<h1>Fusing text and speech: a comparison</h1>\n<p>%s: ", c->source);
	if (c->fold_count)
		html_print(out,
		        "%d utterances in %d folds, each of which is the test once, with %d to learn from and %d to validate on average",
		        c->test_count, c->fold_count, c->train, c->validation);
	else
		html_print(out, "%d utterances to learn from, %d to validate, %d to test",
		        c->train, c->validation, c->test_count);
	html_print(out, "; %d classes. %d strategies, %d %s of each.</p>\n",
	        c->labels.count, report->count, c->seed_count,
	        c->seed_count == 1 ? "run" : "runs");
	int wanted = c->strategy_count * c->seed_count * c->size_count;
	if (c->cell_count < wanted)
		html_print(out,
		        "<p class=\"note\">Not finished: %d of %d runs are in.</p>\n",
		        c->cell_count, wanted);
	if (c->leaking)
		html_print(out,
		        "<p class=\"note\">%d speakers are in the train split and in another: the result says less about new speakers.</p>\n",
		        c->leaking);
	if (c->paired)
		html_print(out,
		        "<p class=\"note\">Sentences and clips of this corpus were matched by label; nobody spoke these sentences so.</p>\n");
	if (comparison_enrolled(c))
		html_print(out, "<p class=\"note\">%s</p>\n", comparison_enrolment);
	if (c->skipped)
		html_print(out,
		        "<p class=\"note\">%d utterances could not be read and were left out.</p>\n",
		        c->skipped);
	print_contents(report);
}

static void print_settings(const Report *report)
{
	const Comparison *c = report->comparison;
	report_heading(report, "settings", "Settings",
	        "What decides every figure here: with the same program, corpus, settings and seeds they come out the same to the last bit; times do not.");
	html_print(report->out,
	        "<pre tabindex=\"0\">%s</pre>\n<p class=\"faint\">Seeds from %llu on; hash of corpus and settings %s.</p>\n",
	        c->settings, (unsigned long long)c->first_seed,
	        arena_format(report->arena, "%016llx", (unsigned long long)c->hash));
}

/* ---- all of it --------------------------------------------------------------------- */

static bool print_report(const Report *report, Error *error)
{
	print_head(report);
	report_scores(report);
	report_folds(report);
	report_kinds(report);
	report_conditions(report);
	report_confusions(report);
	report_training(report);
	report_sizes(report);
	report_calibration(report);
	report_coverage(report);
	report_leak(report);
	report_costs(report);
	report_language(report);
	report_notes(report);
	if (!report_utterances(report, error))
		return false;
	print_settings(report);
	return true;
}

bool report_write(const char *path, const Comparison *comparison,
        const ReportExamples *examples, Arena *arena, Error *error)
{
	Report report = {
		.arena = arena, .comparison = comparison, .examples = examples
	};
	HtmlPage page;
	choose_rows(&report);
	if (!html_page_open(&page, "Fusing text and speech: a comparison", error))
		return false;
	report.out = page.out;
	if (!print_report(&report, error)) {
		html_page_abandon(&page);
		return false;
	}
	return html_page_close(&page, arena, path, error);
}

/* The corpus that was compared, by the name that it gave. */
static bool find_corpus(
        Corpus *corpus, const Comparison *comparison, Arena *arena, Error *error)
{
	if (strcmp(comparison->source, STAGE_SOURCE))
		return corpus_read(corpus, arena, comparison->source, true, NULL, error);
	StageOptions options = stage_defaults();
	options.train = comparison->train;
	options.validation = comparison->validation;
	options.test = comparison->test_count;
	if (strstr(comparison->settings, "--face yes\n"))
		stage_add_face(&options);
	stage_make(corpus, arena, options);
	return true;
}

bool report_make(const char *path, const Comparison *comparison, int channel,
        Arena *arena, Pool *pool, Error *error)
{
	Corpus corpus;
	Error why;
	ReportExamples examples = report_examples_choose(comparison, arena);
	if (find_corpus(&corpus, comparison, arena, &why)) {
		corpus.channel = channel;
		report_examples_explain(&examples, comparison, &corpus, arena, pool);
		report_leak_measure(&examples, comparison, &corpus, arena, pool);
	} else {
		examples.missing = arena_string(arena, why.text);
	}
	return report_write(path, comparison, &examples, arena, error);
}
