/* report_sections.h: the parts of the report, one file each. Every one prints a section
 * with its heading, or nothing where the comparison has nothing for it. */
#ifndef EMOTIONNET_PAGE_REPORT_SECTIONS_H
#define EMOTIONNET_PAGE_REPORT_SECTIONS_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/page/html.h"
#include "emotionnet/page/report_examples.h"

/* What all of them show: the finished strategies, at the largest size of the training
 * split. */
typedef struct Report {
	FILE *out;
	Arena *arena;
	const Comparison *comparison;
	const ReportExamples *examples;
	const Summary **rows; /* `count` of them */
	int count;
} Report;

void report_scores(const Report *report); /* report_table.c */
void report_folds(const Report *report);  /* report_folds.c: each fold, and their means */
void report_costs(const Report *report);  /* report_table.c */
void report_language(
        const Report *report); /* report_language.c: prompts, a probe, tuned */
bool report_has_language(const Report *report);
void report_kinds(
        const Report *report); /* report_heat.c: in each kind, beside the ceilings */
void report_conditions(
        const Report *report); /* report_heat.c: alone, missing, swapped, disturbed */
void report_confusions(const Report *report); /* report_heat.c */
void report_training(const Report *report);   /* report_curves.c: by epoch */
void report_sizes(const Report *report); /* report_curves.c: by training utterances */
void report_calibration(const Report *report); /* report_curves.c: reliability */
void report_coverage(const Report *report);    /* report_coverage.c: "not sure" */
void report_leak(const Report *report);        /* report_leak.c: who speaks, who taught */
void report_notes(const Report *report);       /* report_notes.c: gates and attention */
bool report_has_notes(const Report *report);   /* whether it will print any */
void report_notes_of(const Report *report, int example);    /* those of one utterance */
bool report_utterances(const Report *report, Error *error); /* report_utterances.c */

/* Measures what report_leak shows, by the model that is shown. */
void report_leak_measure(ReportExamples *examples, const Comparison *comparison,
        const Corpus *corpus, Arena *arena, Pool *pool);

/* <h2 id=...> and a sentence below it. */
void report_heading(
        const Report *report, const char *id, const char *title, const char *text);

/* A cell with a spread over seeds, and below it an interval (NULL: none). */
void report_cell(const Report *report, const Summary *summary, Spread spread,
        const Interval *interval);

/* A cell with a number in units of so many; a dash where it is 0, which is not known. */
void report_cost(const Report *report, uint64_t number, double unit);

/* A cell coloured by its number, from 0 to 1; what is below `least` is as dark as that. */
void report_shade(const Report *report, double value, double least);

/* A table's head: `count` names between the first and the last (NULL: none). */
void report_columns(const Report *report, const char *first, const char *const names[],
        int count, const char *last);

/* A tile for each row, side by side; `kind`: "charts" or "tables". */
void report_tiles(const Report *report, const char *kind,
        void tile(const Report *report, const Summary *summary));

#endif
