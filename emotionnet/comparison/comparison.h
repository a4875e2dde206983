/* comparison.h: what a comparison found, as plain structs.
 *
 * A comparison runs cells: a strategy, trained with a seed on so many utterances, and
 * then tested. A cell keeps what it said of every test utterance, so that all else
 * (metrics, intervals, calibration, the table and the report) is computed from here,
 * without a model or a corpus. comparison/file.h keeps it line by line. Everything
 * lives in the arena it was made in. */
#ifndef EMOTIONNET_COMPARISON_COMPARISON_H
#define EMOTIONNET_COMPARISON_COMPARISON_H

#include "emotionnet/score/bootstrap.h"
#include "emotionnet/score/calibration.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/score/metrics.h"

#include <stdint.h>

/* ---- what was asked for ------------------------------------------------------------ */

/* An utterance of the test split. */
typedef struct Compared {
	const char *id, *speaker, *text; /* "" where there is none */
	int kind;                        /* which of the kinds; -1: none */
	int label;                       /* its class */
} Compared;

/* A fold of a cross-validation (corpus/folds.h). Its test utterances stand side by side,
 * those of the first fold first. */
typedef struct Fold {
	const char *name;            /* "03", a speaker's, or "1" */
	int train, validation, test; /* utterances */
} Fold;

/* How a test differs from the plain one. */
typedef enum ConditionKind {
	CONDITION_ALONE,   /* only `modality` is there, of two or more */
	CONDITION_MISSING, /* `modality` is not there, of three or more */
	CONDITION_SWAPPED, /* `modality` is another utterance's */
	CONDITION_NOISE,   /* white noise over the voice; level = noise/voice amplitude */
	CONDITION_DROPPED, /* words are lost; level = share of the words */
	CONDITION_TYPOS,   /* words are mistyped; level = share of the words */
	CONDITION_KINDS,
} ConditionKind;
const char *condition_kind_name(ConditionKind kind); /* "alone", "missing", ... */

typedef struct Condition {
	ConditionKind kind;
	const char *modality; /* the one that is concerned: "text", "speech", "face" */
	double level;         /* of noise, dropped and typos, above 0; else 0 */
	const char *name;     /* "speech at 10 dB": for tables */
} Condition;

/* The best accuracy that anybody can reach who sees so much (stage/rules.h). */
typedef struct Ceiling {
	const char *reads;   /* "text", "speech", "text+speech" */
	double all;          /* over the whole test */
	const double *kinds; /* (kind_count) */
} Ceiling;

/* ---- what a cell found ------------------------------------------------------------- */

/* Under one condition. */
typedef struct Outcome {
	bool tested; /* false: the condition concerns nothing that the strategy reads */
	double accuracy, uar, macro_f1;
} Outcome;

/* After an epoch of training. */
typedef struct EpochPoint {
	double loss;  /* mean over the training split */
	double score; /* on the validation split, UAR or F1; 0 without one */
} EpochPoint;

typedef struct Costs {
	/* numbers that are learnt; of a language model that is asked or probed all it has */
	uint64_t parameters;
	/* bytes held at the peak of training, or of answering prompts, beside the corpus and
	 * files that stay mapped; 0 if not known */
	uint64_t memory;
	double train_seconds;
	double cpu_seconds; /* of all threads that trained it; 0 if not known */
	double latency_p50,
	        latency_p95; /* milliseconds for one utterance, from features to
	                                    probabilities, on one thread */
	uint64_t disk;       /* bytes of the weights in a file; 0 if not known */
	/* what one utterance takes (trials/effort.h), from features to probabilities: operations
	 * of products, a multiply-add being two; bytes of weights that are read. 0 if not known */
	uint64_t operations, read;
	bool asked; /* nothing was trained: seconds are those of answering the whole test */
} Costs;

typedef struct Cell {
	const char *strategy; /* "middle", "text only", "majority" */
	const char *reads;    /* as a ceiling's; "" for one that reads nothing */
	uint64_t seed;
	int size; /* training utterances it learnt from; of folds, what all have on
	           * average */
	int fold; /* the one it was tested on, 0 where there are none; FOLD_ALL */
	uint64_t fingerprint;        /* of its first step: another program's differs */
	const float *probabilities;  /* (cell_tests, classes) */
	double temperature;          /* fitted on the validation split */
	int epoch_count, best_epoch; /* the epoch that was kept, from 1; 0: none */
	const EpochPoint *epochs;
	const Outcome *outcomes; /* (condition_count) */
	Costs costs;
	const char *model; /* the path of its checkpoint; "" if it was not kept */
	/* of FOLD_ALL: the cells it is made of, (fold_count) by fold */
	const struct Cell *const *parts;
} Cell;

/* The fold of a cell that stands for those of all folds, with what each said of its own
 * test utterances (folds.h): tested on the whole corpus. */
enum { FOLD_ALL = -1 };

/* ---- what that comes to ------------------------------------------------------------ */

typedef enum ScoreKind {
	SCORE_ACCURACY,
	SCORE_UAR,
	SCORE_MACRO_F1,
	SCORE_WEIGHTED_F1,
	SCORE_KINDS,
} ScoreKind;
const char *score_name(ScoreKind kind); /* "accuracy", "uar", ... */

typedef struct Score {
	Spread seeds;      /* mean and deviation over the seeds */
	Interval interval; /* of that mean, 95 %, had other speakers been tested */
	double gain;       /* mean less the baseline's, over the seeds that both have */
	Interval gain_interval; /* both are tested on the same speakers each time */
} Score;

/* Accuracy against the level of one kind of disturbance, and the area under it as a
 * share of the widest. */
typedef struct Robustness {
	bool tested;
	Spread area;
} Robustness;

/* What folds tell beside the scores of all utterances together: UAR, the mean over classes
 * of the share found. */
typedef struct FoldScores {
	const Spread *seeds;  /* (seeds) over the folds, of each seed */
	const double *pooled; /* (seeds) of all utterances together */
	const Spread *each;   /* (fold_count) over the seeds, of each fold */
	double mean;          /* over folds and seeds */
	double over_folds;    /* deviation of each fold's mean over the seeds */
	double over_seeds;    /* deviation of each seed's mean over the folds */
	Spread speakers; /* over the seeds: of the mean over speakers; 0 if unknown */
} FoldScores;

/* A strategy over its seeds. */
typedef struct Summary {
	const char *strategy, *reads;
	int size;                 /* training utterances */
	int seeds;                /* cells that it sums up; 0: none is finished */
	const Cell *const *cells; /* (seeds) by seed */
	Score scores[SCORE_KINDS];
	const Spread *kinds;      /* (kind_count) accuracy in each kind */
	const Spread *conditions; /* (condition_count) accuracy; mean -1 if not tested */
	Robustness robustness[CONDITION_KINDS]; /* of noise, dropped and typos */
	Spread temperature;
	Spread nll, brier, ece;                   /* as they are */
	Spread nll_after, brier_after, ece_after; /* at the temperature */
	CalibrationBin before[CALIBRATION_BINS];  /* all seeds together */
	CalibrationBin after[CALIBRATION_BINS];
	Confusion confusion; /* summed over the seeds */
	Costs most; /* of any seed, without times: smaller shares differ in their words */
	Spread train_seconds, cpu_seconds, latency_p50, latency_p95;
	const FoldScores *folds; /* NULL where there are none */
} Summary;

/* ---- what a language model may have read ------------------------------------------- */

/* How many tokens it is as surprised by each time as if it had to choose among them. */
typedef struct Perplexity {
	int texts, tokens;
	double value; /* 0: no tokens */
} Perplexity;

/* Of the language model whose rows are compared (trials/contamination.h). */
typedef struct Known {
	const char *model;      /* its path; "" or NULL: nothing was asked */
	Perplexity test, fresh; /* of texts of the test; of sentences written for this */
} Known;

/* What that means, a sentence. */
extern const char known_meaning[];
bool known_told(const Known *known); /* whether there is anything to tell */

/* ---- all of it --------------------------------------------------------------------- */

typedef struct Comparison {
	/* what decides every figure; `hash` is that of the corpus as the models read
	 * it, and of the settings */
	uint64_t hash;
	const char *source;   /* the corpus */
	const char *settings; /* "--name value" a line */
	Labels labels;
	int train, validation, skipped; /* utterances; skipped: left out */
	int leaking; /* speakers of the test who are in the train split */
	bool paired; /* sentences and clips were matched by label */
	int kind_count, ceiling_count, condition_count, test_count;
	const char *const *kinds; /* names; none if the corpus has no column "kind" */
	const Ceiling *ceilings;
	const Condition *conditions;
	const Compared *test;
	int fold_count; /* 0: the corpus's own split */
	const Fold *folds;
	Known known; /* what a language model knew of the test */
	/* where the utterances come from, as the manifest says: names of importers with blanks
	 * between; "" or NULL: not told */
	const char *corpora;

	/* which cells are wanted: every strategy with every seed, size and fold */
	int strategy_count, seed_count, size_count;
	const char *const *strategies;
	uint64_t first_seed;
	const int *sizes; /* of the training split, growing */

	/* which are finished, in any order; where there are folds, comparison_summarise
	 * puts one in the place of all folds' */
	int cell_count, cell_room;
	Cell *cells;

	/* comparison_summarise */
	const char *baseline; /* the strategy that gains are told against */
	int clusters;         /* speakers that the test was resampled by */
	bool by_speaker;      /* false: by utterance, since there are not two speakers */
	int summary_count;
	const Summary *summaries; /* strategy by strategy, then by size */
} Comparison;

/* The finished cell of these, or NULL. */
const Cell *comparison_find(const Comparison *comparison, const char *strategy,
        uint64_t seed, int size, int fold);

/* How many cells each strategy has of a seed and a size: the folds, or 1. */
int comparison_folds(const Comparison *comparison);

/* The test utterances that a cell was tested on: so many, from the first of them on. */
int cell_tests(const Comparison *comparison, const Cell *cell);
int cell_first(const Comparison *comparison, const Cell *cell);

/* Whether so many cells can be run, and their confusion matrices fit into memory. To be
 * called before any loop over numbers that a file gives. */
bool comparison_fits(const Comparison *comparison, Error *error);

/* Numbers and bytes, without times: the more of both. */
void costs_most(Costs *most, const Costs *one);

/* Adds a copy of the cell; what it points to is kept, not copied. */
void comparison_add(Comparison *comparison, Arena *arena, const Cell *cell);

/* By what its answers to utterance `test` of its own are softened. */
double cell_temperature(const Comparison *comparison, const Cell *cell, int test);

/* Whether voices were normalised by all clips of their speakers, without the labels, but
 * those of the test too: speakers have to be enrolled before they are understood so well.
 * What is then to be said wherever figures are shown, a sentence. */
bool comparison_enrolled(const Comparison *comparison);
extern const char comparison_enrolment[];

/* The class that a cell gives its utterance `test`: the first of the most probable. */
int cell_answer(const Comparison *comparison, const Cell *cell, int test);

/* Computes the summaries from the cells that are finished, of folds from the seeds of which
 * all are. baseline NULL: see comparison.c. Fails if it is not one of the strategies. */
bool comparison_summarise(
        Comparison *comparison, Arena *arena, const char *baseline, Error *error);

/* The ceiling of those who read so much, or NULL. */
const Ceiling *comparison_ceiling(const Comparison *comparison, const char *reads);

#endif
