/* build.h: what every importer needs to build its corpus. */
#ifndef EMOTIONNET_IMPORT_BUILD_H
#define EMOTIONNET_IMPORT_BUILD_H

#include "emotionnet/import/import.h"
#include "text/stringset.h"

typedef struct Import {
	Arena *arena;
	const ImportOptions *options;
	Corpus corpus;
	int capacity;
	StringSet ids, speakers;    /* seen so far */
	StringSet test, validation; /* speakers asked for */
} Import;

/* An empty corpus whose utterances have these extra columns (kept, not copied). Fails if
 * a speaker is asked for in both splits. */
bool import_begin(Import *import, Arena *arena, const char *source, int extras,
        const char *const *extra_names, const ImportOptions *options, Error *error);

/* The split of a speaker who stands in `own` unless the options say otherwise. */
Split import_split(const Import *import, const char *speaker, Split own);

/* Adds the utterance, whose `extra` holds a value for each column. False if its id is
 * there already, if it has neither words nor a clip or vector, or if a manifest cannot
 * hold what names of files may have: bytes that are not UTF-8, a line end in a label or
 * speaker; `why` says so, after `where`: the file, or the table and line. */
bool import_add(
        Import *import, const Utterance *utterance, const char *where, Error *why);

/* Something is bad: returns true and counts it if it may be skipped, else fails with
 * `why`. */
bool import_skip(Import *import, const Error *why, Error *error);

/* Hands each line of a text file that is not empty to `add`, which makes an utterance of
 * it or says why it cannot. Bad lines fail the import or are left out and counted. */
typedef struct ImportLine {
	const char *where; /* "path:line" */
	int number;        /* from 1 */
	char *text;        /* UTF-8, without its end */
} ImportLine;
typedef bool ImportAddLine(void *context, const ImportLine *line, Error *why);
bool import_lines(Import *import, const char *path, ImportAddLine *add, void *context,
        Error *error);

/* For a corpus without splits of its own, when all are added: makes them by speaker
 * (corpus/split.h), then as the options ask. */
void import_make_splits(Import *import);

/* Hands the corpus over. Fails if it is empty or a speaker asked for never came. */
bool import_end(const Import *import, Corpus *corpus, Error *error);

/* A label as a corpus writes it, and its common name (import.h); the last has none. */
typedef struct LabelName {
	const char *own, *common;
} LabelName;

/* The common name of what stands in a column, whose capitals do not count; NULL, and
 * what was expected after `where`, if it is no label. */
const char *import_label(Arena *arena, const LabelName names[], const char *own,
        const char *where, const char *column, Error *why);

#endif
