/* report.h: a comparison as one page that stands alone: tables, curves, and utterances to
 * look at and to hear.
 *
 * All figures come from the comparison's structs. Words in colour, spectrograms and sound
 * need the models (Cell.model) and the corpus too; where these are not to be had, the
 * page says so and why, and shows what is in the results. */
#ifndef EMOTIONNET_PAGE_REPORT_H
#define EMOTIONNET_PAGE_REPORT_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/page/report_examples.h"

/* Writes the page, all or nothing. The comparison must be summarised. */
bool report_write(const char *path, const Comparison *comparison,
        const ReportExamples *examples, Arena *arena, Error *error);

/* The same with its examples: chosen, and explained by the models that were kept. The
 * embedded corpus is made again, another read from where it was, of each clip the channel
 * that was compared (corpus.h). What cannot be had is
 * told on the page. */
bool report_make(const char *path, const Comparison *comparison, int channel,
        Arena *arena, Pool *pool, Error *error);

#endif
