/* corpus.h: a list of utterances: what was said, how it sounded, who spoke, and the
 * emotion.
 *
 * One format for every corpus: a CSV manifest with a header,
 *
 *     id,split,speaker,label,text,wav,start,end
 *
 * and any further columns, which are kept. split is train, validation or test. text or
 * wav may be empty where an utterance has no words or no sound; so may speaker. start and
 * end are seconds within the wav (empty: all of it). A relative wav is relative to the
 * manifest's folder. The optional column word_times says when each word is spoken
 * (emotionnet/corpus/word_times.h); face_track names the face in time (face_track.h); text_row,
 * speech_row and face_row name the vectors that a corpus gives instead
 * (emotionnet/corpus/rows.h). Only label must be there, and text, wav, a track or a row. Without ids they are the numbers of the rows, 1, 2, ...; without splits these are
 * made by speaker (split.h), the same in each reading of the same rows, which is said, as is
 * a column whose name is nearly that of a missing one. Capitals do not count in the names of
 * columns, in splits, labels and speakers, nor do blanks around them (spelling.h).
 *
 * Importers turn published corpora into this format; the trainer reads nothing else. */
#ifndef EMOTIONNET_CORPUS_CORPUS_H
#define EMOTIONNET_CORPUS_CORPUS_H

#include "audio/clip.h"
#include "tensor/arena.h"
#include "tensor/error.h"
#include "text/stringset.h"

#include <stdbool.h>
#include <stdio.h>

/* SPLIT_COUNT as the split of an utterance: it was taken out, as a learning curve
 * does, and counts nowhere. */
typedef enum Split { SPLIT_TRAIN, SPLIT_VALIDATION, SPLIT_TEST, SPLIT_COUNT } Split;
extern const char *const split_names[]; /* "train", "validation", "test", NULL */
const char *split_name(Split split);
bool split_from_name(const char *name, Split *split);

typedef struct Utterance {
	const char *id, *speaker, *label;
	const char *text;  /* UTF-8; "" if there are no words */
	const char *wav;   /* a path that can be opened; "" if there is no file */
	double start, end; /* seconds; end < 0: to the end of the file */
	Split split;
	int line; /* where it stands in the manifest, from 1; 0 if nowhere */
	const char *const *extra; /* one value for each of the corpus's extra columns */
} Utterance;

typedef struct Corpus Corpus;
struct Track;
struct Corpus {
	const char
	        *source; /* the manifest's path, or what made the corpus: for messages */
	Utterance *utterances;
	int count;
	const char *const *extra_names;
	int extras;
	int skipped; /* bad rows that were left out (skip_bad) */
	/* as it was read with, and where what is bad is named; NULL: nowhere */
	bool skip_bad;
	int channel; /* of every wav; 0: the mean of all (wav.h) */
	FILE *warnings;

	/* Makes the sound of utterance `index` in the arena, for a corpus that has no
	 * files; NULL: the wav is read. Called from several threads at once. */
	bool (*sound)(
	        const Corpus *corpus, int index, Arena *arena, Clip *clip, Error *error);
	/* The same for its face in time (emotionnet/face/track.h); NULL: the column
	 * face_track is read. */
	bool (*face)(const Corpus *corpus, int index, Arena *arena, struct Track *track,
	        Error *error);
	const void *state; /* what `sound` and `face` need */
	/* all that `sound` depends on beside the utterance's id, as text; NULL: not told */
	const char *recipe;
};

/* Reads a manifest into the arena (manifest.c). Every row is checked: columns, split,
 * label, numbers, word times, that files can be opened, that text, a wav or a row is
 * there, that no id stands twice. A bad row fails the whole read with its path and line,
 * or, with skip_bad, is named on
 * `warnings` (may be NULL), counted in corpus->skipped and left out. Fails if none is
 * left, or none of a split that bad rows name. Labels and speakers that become one are
 * named there too. */
bool corpus_read(Corpus *corpus, Arena *arena, const char *path, bool skip_bad,
        FILE *warnings, Error *error);

/* Writes the manifest, header first, extra columns last, wavs with their absolute paths.
 * False if the disk is full. */
bool corpus_write(const Corpus *corpus, FILE *out, Error *error);

/* The distinct labels of a split (SPLIT_COUNT: of all) in order of the alphabet. */
typedef struct Labels {
	const char *const *names;
	int count;
	StringSet known;  /* the names, then those of their spelling keys that are new */
	const int *label; /* of each of these */
} Labels;
Labels corpus_labels(const Corpus *corpus, Split split, Arena *arena);
/* The same of names that come from elsewhere, which are kept. */
Labels labels_new(Arena *arena, const char *const *names, int count);
/* As it is written there, or else in other capitals (spelling.h); -1: none of them. */
int labels_index(const Labels *labels, const char *name);

/* The value of the extra column `name` of an utterance, or NULL if there is no such
 * column. */
const char *corpus_extra(
        const Corpus *corpus, const Utterance *utterance, const char *name);

/* The value of any column that utterances can be grouped by: "speaker", "label" (or
 * "emotion"), "split" or an extra one; NULL: there is none of that name. */
const char *corpus_value(
        const Corpus *corpus, const Utterance *utterance, const char *column);
/* Fails, naming those that there are, where there is none. */
bool corpus_has_column(
        const Corpus *corpus, const char *column, Arena *arena, Error *error);

/* How many utterances a split has. */
int corpus_count(const Corpus *corpus, Split split);

/* Those of a split, each once. */
StringSet corpus_speakers(const Corpus *corpus, Split split, Arena *arena);

/* A speaker who stands in the train split and in another: the first found in the test or
 * else, if none leaks there, in validation; or NULL. Utterances without a speaker do not
 * count. */
typedef struct Leak {
	const char *speaker;
	Split split;  /* the other split, or one of them */
	int speakers; /* how many speakers leak */
} Leak;
Leak corpus_leak(const Corpus *corpus);

#endif
