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
 * there already; `why` says so, after `where`: the file, or the table and line. */
bool import_add(
        Import *import, const Utterance *utterance, const char *where, Error *why);

/* Something is bad: returns true and counts it if it may be skipped, else fails with
 * `why`. */
bool import_skip(Import *import, const Error *why, Error *error);

/* Hands the corpus over. Fails if it is empty or a speaker asked for never came. */
bool import_end(const Import *import, Corpus *corpus, Error *error);

/* What follows the last '/'. */
const char *import_name(const char *path);

#endif
