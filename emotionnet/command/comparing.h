/* comparing.h: what the commands compare and curve have in common: from the command line
 * over the cells to a comparison whose cells are all finished, which each of them then
 * tells in its own way. */
#ifndef EMOTIONNET_COMMAND_COMPARING_H
#define EMOTIONNET_COMMAND_COMPARING_H

#include "emotionnet/comparison/comparison.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/trials/strategy.h"

typedef struct Comparing {
	const char *corpus; /* NULL: the embedded one */
	const char *stage;  /* sizes of that one, or NULL */
	bool face;          /* its speakers have a face, which is read */
	const char *fusions, *baseline, *results, *models, *report, *cell;
	const char *svg;      /* a picture that the command itself draws at the end */
	const char *sizes;    /* of the training split: "50,100,all" */
	const char *language; /* a language model that rows are of; NULL: none */
	struct LanguageRows *rows; /* the same, opened */
	const char *language_rows; /* which rows of it */
	bool prosody;              /* tell it in words how something was said */
	const char *folds; /* "speaker": cross-validation; NULL: the corpus's split */
	int seeds, share, shares; /* shares 0: all cells */
	const int
	        *unfinished; /* not 0: --merge tells what there is; NULL: it never does */
	bool plain, merge, may_fold; /* may_fold: the command knows --folds */
	Settings settings;
	const Options *options;
	int asked_begin, asked_end; /* those that decide every figure */
	ModelConfig config;
	Frontend frontend;
} Comparing;

/* One seed, every fusion, the whole training split. */
Comparing comparing_defaults(void);

/* Tells what was found, all of whose cells are finished. Not called for a share of the
 * cells. */
typedef bool ComparingTell(void *context, const Comparing *asked, Comparison *comparison,
        Arena *arena, Error *error);

/* Runs such a command, which has listed its own options: adds those that both have. */
Status comparing_run(Options *options, Comparing *asked, ComparingTell *tell,
        void *context, Error *error);

/* comparing_options.c, for comparing_run: its options; and whether they go together with so
 * many operands. The second chooses what is compared. */
void comparing_list(Options *options, Comparing *asked);
bool comparing_check(Comparing *asked, Strategies *strategies, Arena *arena, int operands,
        Error *error);

#endif
