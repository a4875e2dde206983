/* report_leak.c: whether the vectors of the model that is shown name the speaker. */
#include "emotionnet/page/report_sections.h"

#include <string.h>

/* Utterances that are looked at, evenly over the test; and steps of a probe. */
enum { MOST = 600, STEPS = 1000 };

/* The corpus with those of the test alone. */
static Corpus tests_of(const Comparison *c, const Corpus *corpus, Arena *arena)
{
	Corpus cut = *corpus;
	StringSet ids = stringset_new(arena);
	int step = (c->test_count + MOST - 1) / MOST;
	for (int i = 0; i < c->test_count; i += step)
		stringset_add(&ids, c->test[i].id);
	cut.utterances = arena_copy(
	        arena, cut.utterances, (size_t)cut.count * sizeof *cut.utterances);
	for (int u = 0; u < cut.count; u++)
		cut.utterances[u].split = stringset_find(&ids, cut.utterances[u].id) >= 0
		                                  ? SPLIT_TEST
		                                  : SPLIT_COUNT;
	return cut;
}

void report_leak_measure(ReportExamples *examples, const Comparison *comparison,
        const Corpus *corpus, Arena *arena, Pool *pool)
{
	Dataset data[SPLIT_COUNT] = { { 0 } };
	FrontendRun run = { .pool = pool, .skip_bad = true };
	Error why;
	if (!examples->shown)
		return;
	const Checkpoint *checkpoint = &examples->shown->checkpoint;
	Corpus cut = tests_of(comparison, corpus, arena);
	if (!frontend_apply(&checkpoint->frontend, &data[SPLIT_TEST], &cut, SPLIT_TEST,
	            &run, &why))
		return;
	LeakOptions options = { .steps = STEPS, .read = true };
	examples->leak = leak_of(arena, checkpoint, &cut, data, &options, pool);
	dataset_free(&data[SPLIT_TEST]);
}

static void print_row(const Report *report, const LeakRow *row)
{
	html_print(report->out,
	        "<tr><th scope=\"row\">%s, %s</th><td data-v=\"%d\">%d</td>",
	        row->modality, row->encoded ? "by its encoder" : "as it is read",
	        row->width, row->width);
	report_shade(report, row->speaker[LEAK_AS_IS], 0);
	report_shade(report, row->speaker[LEAK_LEVELLED], 0);
	html_print(report->out, "<td data-v=\"%.9g\">%.2f</td></tr>\n", row->commonest,
	        row->commonest);
}

void report_leak(const Report *report)
{
	const SpeakerLeak *leak = &report->examples->leak;
	if (!leak->count)
		return;
	report_heading(report, "leak", "Who speaks",
	        arena_format(report->arena,
	                "A voice and a face tell more than an emotion. How often does a linear probe name the speaker, of the %d of the test, from what %s reads and from what its encoders make of it? It learns from half of %s and is tested on the other half. Normalised: each number by the mean and deviation of its speaker, which needs no label.",
	                leak->rows[0].speakers, report->examples->shown->strategy,
	                leak->sentences ? "the sentences" : "each speaker's utterances"));
	html_table_begin(
	        report->out, "heat", "Share of utterances whose speaker is named");
	html_columns(report->out, (const char *const[]){ "vectors", "numbers", "as it is",
	                                  "normalised by speaker", "chance", NULL });
	for (int r = 0; r < leak->count; r++)
		print_row(report, &leak->rows[r]);
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}
