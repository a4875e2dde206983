/* strategy.c: which rows a comparison has. */
#include "emotionnet/trials/strategy.h"
#include "emotionnet/experiment/modalities.h"

#include "emotionnet/experiment/kinds.h"
#include "emotionnet/trials/prompting.h"
#include "emotionnet/trials/tuned_model.h"
#include "text/list.h"

#include <string.h>

enum { MOST = 128 };

typedef struct List {
	Arena *arena;
	Strategy *items;
	int count;
} List;

static bool add(List *list, StrategyKind kind, const char *name, ModalitySet reads,
        const Fusion *fusion, Error *error)
{
	for (int i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].name, name))
			return error_set(error,
			        "--fusion, --language-rows: \"%s\" stands there twice",
			        name);
	if (list->count == MOST)
		return error_set(error, "more than %d strategies", MOST);
	list->items[list->count++] = (Strategy){
		.kind = kind,
		.name = name,
		.reads = reads,
		.reads_text = modalities_text(list->arena, reads, "+"),
		.fusion = fusion,
	};
	return true;
}

static bool add_all_fusions(List *list, ModalitySet reads, Error *error)
{
	for (const Fusion *fusion = fusion_table; fusion->name; fusion++)
		if (!add(list, STRATEGY_NETWORK, fusion->name, reads, fusion, error))
			return false;
	return true;
}

static bool add_fusions(List *list, const Settings *settings, const char *fusions,
        ModalitySet reads, Error *error)
{
	if (!strcmp(fusions, "none"))
		return true;
	if (!strcmp(fusions, "all"))
		return add_all_fusions(list, reads, error);
	if (!fusions[0])
		return error_set(error,
		        "expected strategies such as early,middle, all of them, or none");
	int count;
	const char *const *names = list_split(list->arena, fusions, ',', &count);
	for (int i = 0; i < count; i++) {
		Settings one = *settings;
		one.fusion = names[i];
		ModelConfig config;
		Frontend frontend;
		if (!settings_resolve(&one, &config, &frontend, error) ||
		        !add(list, STRATEGY_NETWORK, config.fusion->name, reads,
		                config.fusion, error))
			return false;
	}
	return true;
}

bool strategies_list(Strategies *strategies, Arena *arena, const Settings *settings,
        const char *fusions, Error *error)
{
	ModalitySet reads, nothing = { .has = { false } };
	ModelConfig config;
	Frontend frontend;
	List list = { arena, ARENA_ARRAY(arena, Strategy, MOST), 0 };
	if (!modalities_parse(settings->modalities, &reads, error) ||
	        !settings_resolve(settings, &config, &frontend, error))
		return false;
	bool done = add(&list, STRATEGY_MAJORITY, "majority", nothing, NULL, error);
	ModalitySet words = nothing;
	words.has[MODALITY_TEXT] = true;
	if (done && frontend_reads_words(&frontend))
		done = add(&list, STRATEGY_BAG, "bag of words", words, NULL, error);
	for (ModalityKind kind = 0; done && kind < MODALITIES; kind++) {
		ModalitySet one = nothing;
		one.has[kind] = true;
		if (reads.has[kind])
			done = add(&list, STRATEGY_NETWORK,
			        arena_format(arena, "%s only", modality_name(kind)), one,
			        encoder_fusion(config.encoder[kind].kind), error);
	}
	if (done && modalities_count(reads) > 1)
		done = add_fusions(&list, settings, fusions, reads, error);
	*strategies = (Strategies){ list.count, list.items };
	return done;
}

/* A row of a language model. */
static bool add_asked(List *list, const char *name, const Strategy *asked, Error *error)
{
	ModalitySet words = { .has = { [MODALITY_TEXT] = true } };
	if (!add(list, asked->kind, name, words, asked->fusion, error))
		return false;
	Strategy *row = &list->items[list->count - 1], own = *row;
	*row = *asked;
	row->name = own.name;
	row->reads = own.reads;
	row->reads_text = own.reads_text;
	row->fusion = own.fusion;
	return true;
}

/* Each prompt, as it is and less the empty text. */
static bool add_prompts(List *list, Strategy row, Error *error)
{
	bool done = true;
	for (int p = 0; done && p < 2 * PROMPTS; p++) {
		row.prompt = p / 2;
		row.less_empty = p % 2;
		done = add_asked(list,
		        arena_format(list->arena, "zero-shot %d%s", row.prompt + 1,
		                row.less_empty ? ", less empty" : ""),
		        &row, error);
	}
	return done;
}

static bool add_tuned(List *list, const char *how, const LanguageRows *language,
        const Settings *settings, Error *error)
{
	const char *path = language_rows_file(language)->path;
	const TunedModel *tuned = tuned_model(list->arena, settings, path, how, error);
	if (!tuned)
		return false;
	Strategy row = {
		.kind = STRATEGY_TUNED, .tuned = tuned, .fusion = tuned->config.fusion
	};
	const char *name = arena_format(list->arena, "tuned %s", tuned->how);
	return add_asked(list, name, &row, error);
}

/* Of "tuned": what --tune says, else the last two blocks, or the one there is. */
static const char *how_tuned(const LanguageRows *language, const Settings *settings)
{
	if (strcmp(settings->tune, "none"))
		return settings->tune;
	return language_layers(language_rows_model(language)) > 1 ? "top:2" : "top:1";
}

static bool add_rows(List *list, const char *name, LanguageRows *language,
        const Settings *settings, Error *error)
{
	Strategy row = {
		.kind = STRATEGY_PROMPT, .language = language, .prompt = PROMPT_SHOTS
	};
	bool asks = language_rows_asks(language);
	Tune tune;
	Error unknown;
	if (!strcmp(name, "tuned"))
		return add_tuned(
		        list, how_tuned(language, settings), language, settings, error);
	if (tune_parse(&tune, name, &unknown) && tune.how != TUNE_NONE)
		return add_tuned(list, name, language, settings, error);
	if (!strcmp(name, "probe")) {
		row = (Strategy){ .kind = STRATEGY_PROBE, .language = language };
		return add_asked(list, name, &row, error);
	}
	if (!strcmp(name, "zero-shot"))
		return !asks || add_prompts(list, row, error);
	row.shots = !strcmp(name, "one-shot") ? 1 : !strcmp(name, "five-shot") ? 5 : 0;
	if (!row.shots)
		return error_set(error,
		        "--language-rows %s: expected one of %s; or, as --tune has it, top:N, lora:N or all",
		        name, LANGUAGE_ROWS);
	return !asks || add_asked(list, name, &row, error);
}

bool strategies_add_language(Strategies *strategies, Arena *arena, LanguageRows *language,
        const Settings *settings, const char *which, Error *error)
{
	List list = { arena, ARENA_ARRAY(arena, Strategy, MOST), strategies->count };
	memcpy(list.items, strategies->items,
	        (size_t)strategies->count * sizeof *list.items);
	int count;
	const char *const *names = list_split(arena, which, ',', &count);
	for (int i = 0; i < count; i++)
		if (!add_rows(&list, names[i], language, settings, error))
			return false;
	bool any = list.count > strategies->count;
	*strategies = (Strategies){ list.count, list.items };
	return any ||
	       error_set(error,
	               "--language-rows %s: no row is left: a BERT cannot say what comes next. Hint: probe,tuned",
	               which);
}

const Strategy *strategy_find(const Strategies *strategies, const char *name)
{
	for (int i = 0; i < strategies->count; i++)
		if (!strcmp(strategies->items[i].name, name))
			return &strategies->items[i];
	return NULL;
}
