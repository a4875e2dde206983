/* report_leak.c: whether the vectors of the model that is shown name the speaker, and its
 * loss who was in the training. */
#include "emotionnet/page/report_sections.h"

#include <string.h>

/* Utterances of a split that are looked at, evenly over it; and steps of a probe. */
enum { MOST = 600, STEPS = 1000 };

/* The corpus with those of the test alone, and of the training. */
static Corpus some_of(const Comparison *c, const Corpus *corpus, Arena *arena)
{
	Corpus cut = *corpus;
	int learnt = corpus_count(corpus, SPLIT_TRAIN), seen = 0;
	int apart = (learnt + MOST - 1) / MOST;
	StringSet ids = stringset_new(arena);
	int step = (c->test_count + MOST - 1) / MOST;
	for (int i = 0; i < c->test_count; i += step)
		stringset_add(&ids, c->test[i].id);
	cut.utterances = arena_copy(
	        arena, cut.utterances, (size_t)cut.count * sizeof *cut.utterances);
	for (int u = 0; u < cut.count; u++) {
		Split *split = &cut.utterances[u].split;
		bool trained = *split == SPLIT_TRAIN && seen++ % apart == 0;
		bool tested = stringset_find(&ids, cut.utterances[u].id) >= 0;
		*split = tested ? SPLIT_TEST : trained ? SPLIT_TRAIN : SPLIT_COUNT;
	}
	return cut;
}

/* Whether the corpus's own train split is what the model has learnt from. */
static bool has_trained(const Comparison *c, const Corpus *corpus)
{
	return !c->fold_count && c->size_count == 1 &&
	       c->sizes[0] == corpus_count(corpus, SPLIT_TRAIN);
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
	Corpus cut = some_of(comparison, corpus, arena);
	if (!frontend_apply(&checkpoint->frontend, &data[SPLIT_TEST], &cut, SPLIT_TEST,
	            &run, &why))
		return;
	bool trained = has_trained(comparison, corpus) &&
	               frontend_apply(&checkpoint->frontend, &data[SPLIT_TRAIN], &cut,
	                       SPLIT_TRAIN, &run, &why);
	LeakOptions options = { .steps = STEPS, .read = true, .emotions = trained };
	examples->leak = leak_of(arena, checkpoint, &cut, data, &options, pool);
	if (trained) {
		examples->membership =
		        leak_membership(arena, checkpoint, &cut, data, pool);
		dataset_free(&data[SPLIT_TRAIN]);
	}
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
	html_print(report->out, "<td data-v=\"%.9g\">%.2f</td>", row->commonest,
	        row->commonest);
	for (int level = 0; level < LEAK_LEVELS; level++)
		if (row->emotion[level] >= 0)
			report_shade(report, row->emotion[level], 0);
	html_print(report->out, "</tr>\n");
}

static void print_membership(const Report *report)
{
	const Membership *m = &report->examples->membership;
	if (!m->inside || !m->outside)
		return;
	report_heading(report, "membership", "Who was in the training",
	        arena_format(report->arena,
	                "A model is surer of what it has learnt from. The loss of \"%s\" tells an utterance of the train split from one of the test split with an AUC of %.3f (95 %% %.3f to %.3f; 0.5: not at all); of %d and %d utterances.",
	                report->examples->shown->strategy, m->auc, m->interval.low,
	                m->interval.high, m->inside, m->outside));
}

static void print_speakers(const Report *report)
{
	const SpeakerLeak *leak = &report->examples->leak;
	if (!leak->count)
		return;
	report_heading(report, "leak", "Who speaks",
	        arena_format(report->arena,
	                "A voice and a face tell more than an emotion. How often does a linear probe name the speaker, of %d, from what the model \"%s\" reads and from what its encoders make of it? It learns from half of %s and is tested on the other half. Normalised: each number by the mean and deviation of its speaker, which needs no label.%s",
	                leak->rows[0].speakers, report->examples->shown->strategy,
	                leak->sentences ? "the sentences" : "each speaker's utterances",
	                leak->one_emotion > 0
	                        ? " Beside it: the UAR of the emotion by the same kind of probe, learnt on the train split and tested on the test split."
	                        : ""));
	html_table_begin(report->out, "heat",
	        "Share of utterances whose speaker is named, and the emotion's UAR");
	html_columns(report->out, (const char *const[]){ "vectors", "numbers", "as it is",
	                                  "normalised by speaker", "chance",
	                                  leak->one_emotion > 0 ? "emotion" : NULL,
	                                  "emotion, normalised", NULL });
	for (int r = 0; r < leak->count; r++)
		print_row(report, &leak->rows[r]);
	html_print(report->out, "</tbody>");
	html_table_end(report->out);
}

void report_leak(const Report *report)
{
	print_speakers(report);
	print_membership(report);
}
