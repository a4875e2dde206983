/* columns.h: columns that are added to a corpus, and the groups of people that columns
 * tell of. */
#ifndef EMOTIONNET_CORPUS_COLUMNS_H
#define EMOTIONNET_CORPUS_COLUMNS_H

#include "emotionnet/corpus/corpus.h"

/* Adds an extra column, the last; values[i] is that of utterance i. Names and values are
 * kept, not copied. */
void corpus_add_column(
        Corpus *corpus, Arena *arena, const char *name, const char *const values[]);

/* Which corpus an utterance comes from: a column that importers write. */
#define COLUMN_CORPUS "corpus"

/* What tells people apart, as far as the manifest says it: the first of these columns that
 * there is, "sex" or "gender", and "age"; NULL: there is none. */
const char *column_sex(const Corpus *corpus);
const char *column_age(const Corpus *corpus);

/* The band of an age in years: "under 30", "30 to 44", "45 to 59", "60 and more"; what is no
 * number, as it is. */
const char *age_band(const char *age);

#endif
