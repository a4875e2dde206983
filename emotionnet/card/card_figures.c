/* card_figures.c: the part of a card that numbers make, and what follows from them. */
#include "emotionnet/card/card.h"

#include "emotionnet/card/about.h"
#include "tensor/plot/escape.h"

#include <math.h>
#include <string.h>

enum { FEW_SPEAKERS = 10, FEW_OF_A_GROUP = 20 };

/* ---- analyses ---------------------------------------------------------------------- */

static void print_overall(FILE *out, const CardFigures *f)
{
	const Metrics *m = &f->metrics;
	fprintf(out,
	        "| | |\n|---|---|\n| UAR | %.3f (95 %% %.3f to %.3f%s; chance %.3f) |\n| accuracy | %.3f (always the commonest label: %.3f) |\n| macro F1 | %.3f |\n",
	        m->uar, f->uar.low, f->uar.high,
	        f->speakers > 1 ? "" : ", of other utterances: nobody is named",
	        m->present ? 1.0 / m->present : 0, m->accuracy, m->majority, m->macro_f1);
	fprintf(out, "| calibration | ECE %.3f, NLL %.3f, Brier %.3f", f->calibration.ece,
	        f->calibration.nll, f->calibration.brier);
	if (f->temperature > 0)
		fprintf(out, "; the temperature that fits validation is %.2f",
		        f->temperature);
	fprintf(out, " |\n\n");
}

static void print_labels(FILE *out, const CardRun *run, const CardFigures *f)
{
	const Labels *labels = &run->checkpoint->frontend.labels;
	fprintf(out, "By label:\n\n| label | utterances | found |\n|---|---:|---:|\n");
	for (int c = 0; c < labels->count; c++) {
		ClassCount count = f->classes[c];
		markdown_print(out, "| %s | %d | ", labels->names[c], count.there);
		if (count.there)
			fprintf(out, "%.3f |\n", (double)count.hits / count.there);
		else
			fprintf(out, "– |\n");
	}
	fputc('\n', out);
}

static const char *value_of(const PeopleGroup *group)
{
	return *group->value ? group->value : "not stated";
}

static void print_table(FILE *out, const PeopleGroups *groups)
{
	markdown_print(out,
	        "By %s:\n\n| %s | speakers | utterances | UAR | accuracy |\n|---|---:|---:|---:|---:|\n",
	        groups->of, groups->of);
	for (int g = 0; g < groups->count; g++) {
		const PeopleGroup *group = &groups->groups[g];
		markdown_print(out, "| %s | %d | %d | %.3f | %.3f |\n", value_of(group),
		        group->speakers, group->utterances, group->uar, group->accuracy);
	}
	fputc('\n', out);
}

/* Speakers are not named: the card is passed on. */
static void print_groups(FILE *out, const PeopleGroups *groups)
{
	bool named = strcmp(groups->of, "speaker") != 0;
	if (named)
		print_table(out, groups);
	if (groups->worst < 0)
		return;
	const PeopleGroup *worst = &groups->groups[groups->worst];
	double sum = 0;
	for (int g = 0; g < groups->count; g++)
		sum += groups->groups[g].uar / groups->count;
	if (named)
		markdown_print(out, "The worst served by %s: **%s**", groups->of,
		        value_of(worst));
	else
		fprintf(out, "The worst served speaker");
	fprintf(out, ": UAR %.3f beside %.3f in the mean of %d.", worst->uar, sum,
	        groups->count);
	fprintf(out, worst->utterances < FEW_OF_A_GROUP
	                     ? " Few utterances: it may be chance.\n\n"
	                     : "\n\n");
}

static void print_coverage(FILE *out, const Coverage *coverage)
{
	fprintf(out,
	        "If it may say \"not sure\":\n\n| `--abstain` | answered | right of these |\n|---:|---:|---:|\n");
	for (int i = 0; i < coverage->point_count; i++) {
		CoveragePoint p = coverage->points[i];
		fprintf(out, "| %.3f | %.0f %% | %.3f |\n", floor(p.least * 1000) / 1000,
		        100 * coverage_share(coverage, p), coverage_accuracy(p));
	}
	fputc('\n', out);
}

static void print_leak(FILE *out, const CardFigures *f)
{
	fprintf(out, "### What it tells beside the emotion\n\n");
	if (f->leak.count) {
		fprintf(out,
		        "Who speaks: how often a linear probe on an encoder's vectors names the speaker, learnt on half of %s, tested on the other half; and the same after the vectors were normalised by speaker. Of %d utterances.\n\n| vectors | speakers | named | normalised | chance |\n|---|---:|---:|---:|---:|\n",
		        f->leak.sentences ? "the sentences" : "each speaker's utterances",
		        f->leak.rows[0].utterances);
		for (int r = 0; r < f->leak.count; r++) {
			const LeakRow *row = &f->leak.rows[r];
			fprintf(out, "| %s | %d | %.3f | %.3f | %.3f |\n", row->modality,
			        row->speakers, row->speaker[LEAK_AS_IS],
			        row->speaker[LEAK_LEVELLED], row->commonest);
		}
		fputc('\n', out);
	} else {
		fprintf(out, "Who speaks: not measured: %s.\n\n",
		        f->leak_left_out
		                ? "it would have taken more than a small part of the training's time; `emotionnet leak` does it"
		                : f->leak.why);
	}
	const Membership *m = &f->membership;
	if (m->inside && m->outside)
		fprintf(out,
		        "Who was in the training: its loss tells an utterance of the train split from one of the test split with an AUC of %.3f (95 %% %.3f to %.3f; 0.5: not at all), of %d and %d.\n\n",
		        m->auc, m->interval.low, m->interval.high, m->inside, m->outside);
	else
		fprintf(out, "Who was in the training: not measured.\n\n");
}

/* ---- what follows from them -------------------------------------------------------- */

static void print_ethics(FILE *out, const CardRun *run)
{
	const bool *reads = run->checkpoint->config.reads.has;
	fprintf(out, "## Ethical considerations\n\n");
	if (reads[MODALITY_SPEECH] || reads[MODALITY_FACE])
		fprintf(out,
		        "Voices and faces are biometric data: ask before you record, say what for, keep nothing that you do not need. The figures above say how far what the model computes names people.\n\n");
	fprintf(out,
	        "People express the same emotion differently, and show emotions that they do not have. A wrong answer costs most those who are served worst: look at the groups before the mean. A label is what actors meant or listeners heard, never what somebody felt.\n\n");
}

static void print_caveats(
        FILE *out, Arena *arena, const CardRun *run, const CardFigures *f)
{
	int speakers = corpus_speakers(run->corpus, SPLIT_TRAIN, arena).count;
	const char *first;
	fprintf(out, "## Caveats and recommendations\n\n");
	if (!f->metrics.n)
		fprintf(out, "* Nothing was measured: give it a test split.\n");
	StringSet sources = about_sources(run->corpus, arena);
	if (stringset_find(&sources, "embedded") >= 0)
		fprintf(out,
		        "* It has learnt how emotions are made here by rule: of people its answers say nothing.\n");
	if (speakers && speakers < FEW_SPEAKERS)
		fprintf(out, "* It has learnt from %d speakers: expect less of others.\n",
		        speakers);
	if (!speakers)
		fprintf(out,
		        "* The manifest names no speakers: some may be in the training and in the test.\n");
	else if (checkpoint_leak(run->checkpoint, run->corpus, f->split, &first))
		fprintf(out,
		        "* Speakers of the measured split are in the training: the figures say less about new ones.\n");
	if (f->speakers > 0 && f->speakers < FEW_SPEAKERS)
		fprintf(out,
		        "* It was measured on %d speakers: the interval is too narrow.\n",
		        f->speakers);
	if (f->calibration.ece > 0.1)
		fprintf(out,
		        "* It is not as often right as it says (ECE %.2f): do not take its probabilities at their word.\n",
		        f->calibration.ece);
	if (run->checkpoint->paired)
		fprintf(out,
		        "* Its sentences and clips were matched by label: words and voice of real speech agree less.\n");
	fprintf(out,
	        "* Measure it on your own recordings before you use it: `emotionnet evaluate`, with `--by` for each group of people, and `emotionnet leak`.\n* Let it say \"not sure\": `--abstain`, from the table above.\n");
}

void card_print_figures(
        FILE *out, Arena *arena, const CardRun *run, const CardFigures *figures)
{
	fprintf(out, "## Quantitative analyses\n\n");
	if (figures->metrics.n) {
		print_overall(out, figures);
		print_labels(out, run, figures);
		for (int g = 0; g < figures->group_count; g++)
			print_groups(out, &figures->groups[g]);
		print_coverage(out, &figures->coverage);
	} else {
		fprintf(out, "None.\n\n");
	}
	print_leak(out, figures);
	print_ethics(out, run);
	print_caveats(out, arena, run, figures);
}
