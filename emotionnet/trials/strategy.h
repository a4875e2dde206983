/* strategy.h: what a comparison compares: two rows that learn little or nothing, each
 * modality by itself, and the fusions of emotionnet/fusion.c. */
#ifndef EMOTIONNET_TRIALS_STRATEGY_H
#define EMOTIONNET_TRIALS_STRATEGY_H

#include "emotionnet/experiment/experiment.h"

typedef enum StrategyKind {
	STRATEGY_MAJORITY, /* how often each label is, whatever is said */
	STRATEGY_BAG,      /* logistic regression on a bag of words (baseline.h) */
	STRATEGY_NETWORK,
	STRATEGY_PROMPT, /* what a language model answers to a prompt (prompting.h) */
	STRATEGY_PROBE,  /* logistic regression on its states (score/probe.h) */
	STRATEGY_TUNED,  /* a network on top of it, part of which learns (cell_tuned.h) */
} StrategyKind;

/* A language model as the text encoder of a network, and how it learns. */
typedef struct TunedModel {
	const char *how; /* "top:2" */
	Settings settings;
	ModelConfig config;
	Frontend frontend;
} TunedModel;

typedef struct Strategy {
	StrategyKind kind;
	const char *name;       /* "majority", "bag of words", "text only", "middle" */
	ModalitySet reads;      /* none for the majority */
	const char *reads_text; /* "text+speech" */
	const Fusion
	        *fusion; /* of a network: one modality alone is read by middle fusion's */
	struct LanguageRows *language; /* of prompts and the probe */
	const TunedModel *tuned;       /* of the last kind */
	int prompt, shots;             /* examples of each label in a prompt */
	bool less_empty;               /* less what is said of an empty text */
} Strategy;

typedef struct Strategies {
	int count;
	const Strategy *items;
} Strategies;

/* Those that a run over settings->modalities can compare, in the arena; `fusions` is
 * "all", "none" or a list with commas between, as on the command line. Fails, naming
 * those that are known, where one is not. */
bool strategies_list(Strategies *strategies, Arena *arena, const Settings *settings,
        const char *fusions, Error *error);

/* Adds the rows of a language model: each prompt without an example, as it is and less what
 * is said of an empty text; one example of each label, and five; the probe; and the model
 * with a part that learns ("tuned": what settings->tune says, else its last two blocks; or
 * named as --tune names it, "top:2"). A BERT has the last two alone. Each sees the text alone.
 * `which`: those that are wanted, of LANGUAGE_ROWS. Fails where one is not known, none is left
 * or the model cannot be tuned so. */
bool strategies_add_language(Strategies *strategies, Arena *arena,
        struct LanguageRows *language, const Settings *settings, const char *which,
        Error *error);
#define LANGUAGE_ROWS "zero-shot,one-shot,five-shot,probe,tuned"

const Strategy *strategy_find(const Strategies *strategies, const char *name);

#endif
