/* comparing_options.c: what a comparison can be asked, and whether it makes sense. */
#include "emotionnet/command/comparing.h"

#include "emotionnet/stage/stage.h"
#include "tensor/file/folder.h"

#include <stdio.h>
#include <string.h>

enum { MAX_SEEDS = 1000 };

/* Where the report's models are kept: "build/report.html" -> "build/report.models". */
static const char *models_beside(Arena *arena, const char *report)
{
	return arena_format(
	        arena, "%.*s.models", (int)(strlen(report) - strlen(".html")), report);
}

void comparing_list(Options *options, Comparing *asked)
{
	Settings *settings = &asked->settings;
	/* what is done with the figures */
	option_text(options, &asked->fusions, "fusion LIST",
	        "strategies of emotionnet/fusion.c, all or none");
	option_int(
	        options, &asked->seeds, "seeds N", 1, MAX_SEEDS, "runs of each strategy");
	option_seed(options, &settings->train.seed, "seed N", "the first seed");
	option_text(options, &asked->baseline, "baseline NAME",
	        "whom the gains are told against: middle, where it is compared");
	option_text(options, &asked->results, "results FILE",
	        "keep a line for each finished cell (strategy and seed), and go on from those that are there");
	option_text(
	        options, &asked->models, "models FOLDER", "keep the model of each cell");
	option_text(options, &asked->report, "report FILE.html",
	        "write a page with all of it, and utterances to look at and to hear; models are kept in FILE.models unless --models says where");
	option_text(options, &asked->cell, "cell K/N",
	        "run only the K-th of N shares of the cells, into --results");
	option_flag(options, &asked->merge, "merge",
	        "join the results files that are named instead of a corpus, into --results if it is given");
	/* what decides them, so that a results file is of these alone */
	asked->asked_begin = options->count;
	option_flag(options, &asked->plain, "plain",
	        "test only the test split as it is: no noise, lost words, typos, missing or swapped modalities");
	option_text(options, &asked->stage, "stage N,N,N",
	        "utterances of the embedded corpus to learn from, to validate and to test, instead of 3000,600,900");
	option_flag(options, &asked->face, "face",
	        "give the embedded corpus's speakers a face in time, and read it too; without tensor, unless --fusion names it");
	if (asked->may_fold)
		option_text(options, &asked->folds, "folds HOW",
		        "cross-validation: speaker (each once), speaker:5 (five of whole speakers), ravdess (its five), or a column whose values are the folds");
	option_text(options, &asked->language, "language-model FILE",
	        "rows of a language model too, a GGUF file or a folder: zero-shot by five prompts, one-shot, five-shot, probe, tuned");
	option_text(options, &asked->language_rows, "language-rows LIST",
	        "which of its rows; \"tuned\" is what --tune says, else top:2; or top:N, lora:N and all by name");
	option_flag(options, &asked->prosody, "prosody",
	        "tell that model in words how high, loud and fast each text was said, beside other clips of its speaker");
	option_text(options, &settings->modalities, "modalities LIST",
	        "text, speech, face or several of them");
	settings_epochs(options, settings);
	settings_options(options, settings);
	settings_patience(options, settings);
	asked->asked_end = options->count;
	settings_running(options, settings);
}

/* "3/8" */
static bool parse_share(Comparing *asked, Error *error)
{
	int end = 0;
	if (!asked->cell)
		return true;
	if (sscanf(asked->cell, "%9d/%9d%n", &asked->share, &asked->shares, &end) != 2 ||
	        asked->cell[end] || asked->share < 1 || asked->share > asked->shares)
		return error_set(error,
		        "--cell %s: expected K/N, such as 1/4, with K from 1 to N",
		        asked->cell);
	return asked->results ||
	       error_set(error, "--cell %s: --results FILE says where its cells go",
	               asked->cell);
}

/* Of three modalities the tensor of all products, 65 x 129 x 129 of the embedded corpus, is
 * read by 69 million weights: only who names it waits for it. */
static void leave_tensor_out(Comparing *asked, Arena *arena)
{
	const char *list = "";
	if (!asked->face || asked->merge || option_given(asked->options, "fusion") ||
	        strcmp(asked->fusions, "all"))
		return;
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		if (strcmp(fusion->name, "tensor"))
			list = arena_format(
			        arena, "%s%s%s", list, *list ? "," : "", fusion->name);
	asked->fusions = list;
	if (!asked->settings.quiet)
		fprintf(stderr,
		        "Note: tensor, whose parameters grow with the product of all widths, is left out. Hint: --fusion all\n");
}

bool comparing_check(Comparing *asked, Strategies *strategies, Arena *arena, int operands,
        Error *error)
{
	if (asked->merge && asked->cell)
		return error_set(error, "--merge and --cell: expected one of them");
	if (asked->merge && !operands)
		return error_set(error, "--merge: expected results files");
	if (!asked->merge && operands > 1)
		return error_set(error, "expected one corpus at most");
	if (asked->folds && !asked->merge && !operands)
		return error_set(error,
		        "--folds %s: expected a corpus: the embedded one has its own split",
		        asked->folds);
	StageOptions stage = stage_defaults();
	if (asked->stage && operands)
		return error_set(error,
		        "--stage %s: is the size of the embedded corpus, but another corpus is named",
		        asked->stage);
	if (asked->face && operands && !asked->merge)
		return error_set(error,
		        "--face: is of the embedded corpus, but another corpus is named. Hint: its manifest may have a column face_track, which --modalities text,speech,face reads");
	if (asked->stage && !stage_sizes(&stage, asked->stage, error))
		return false;
	if (asked->cell && asked->report)
		return error_set(error,
		        "--cell and --report: a share has no report; --merge --report makes one of all shares");
	if (asked->report && !path_ends_in(asked->report, ".html"))
		return error_set(error, "--report %s: expected a name that ends in .html",
		        asked->report);
	if (asked->report && !asked->models)
		asked->models = models_beside(arena, asked->report);
	asked->settings.tune_rows = asked->rows != NULL;
	leave_tensor_out(asked, arena);
	if (!parse_share(asked, error) ||
	        !settings_resolve(
	                &asked->settings, &asked->config, &asked->frontend, error) ||
	        !strategies_list(
	                strategies, arena, &asked->settings, asked->fusions, error))
		return false;
	if (asked->prosody && !asked->language && !asked->merge)
		return error_set(error, "--prosody: expected --language-model FILE too");
	if (asked->rows && !strategies_add_language(strategies, arena, asked->rows,
	                           &asked->settings, asked->language_rows, error))
		return false;
	return !asked->baseline || asked->merge ||
	       strategy_find(strategies, asked->baseline) ||
	       error_set(error,
	               "--baseline %s: expected one of the strategies that are compared, such as %s",
	               asked->baseline, strategies->items[0].name);
}
