/* folding.c: reads a corpus once, and prepares each of its folds when it is needed. */
#include "emotionnet/trials/folding.h"

#include "emotionnet/features/dataset.h"
#include "emotionnet/trials/sweep.h"
#include "tensor/file/hash.h"
#include "tensor/plot/escape.h"

#include <pthread.h>
#include <string.h>

/* One fold, while cells run on it. */
typedef struct Slot {
	pthread_mutex_t mutex;
	int expected; /* how many are still to leave */
	Arena *arena; /* NULL: it is not prepared */
	Corpus corpus;
	Prepared prepared;
	Conditions conditions;
} Slot;

struct Folding {
	FoldingSource source;
	Settings quiet; /* what is to be said was said of the whole */
	Corpus corpus;  /* all in the training split, but what was left out */
	Folds folds;
	FrontendRun run;
	Prepared whole;     /* data[SPLIT_TRAIN]: as it comes */
	Fold *sizes;        /* (folds.count) */
	const char **files; /* (folds.count) names for files */
	Slot *slots;        /* (folds.count) */
	int skipped;
};

const Folds *folding_folds(const Folding *folding)
{
	return &folding->folds;
}

/* ---- the whole --------------------------------------------------------------------- */

static bool read_whole(Folding *folding, Arena *arena, Pool *pool, Error *error)
{
	const FoldingSource *source = &folding->source;
	Corpus *corpus = &folding->corpus;
	Frontend *frontend = &folding->whole.frontend;
	Dataset *data = &folding->whole.data[SPLIT_TRAIN];
	FrontendRun *run = &folding->run;
	*frontend = *source->choices;
	*corpus = *source->corpus;
	size_t count = (size_t)corpus->count;
	corpus->utterances =
	        arena_copy(arena, corpus->utterances, count * sizeof *corpus->utterances);
	for (int i = 0; i < corpus->count; i++)
		corpus->utterances[i].split = SPLIT_TRAIN;
	if (!prepared_run(run, arena, source->settings, pool, error))
		return false;
	if (frontend_reads_sound(frontend))
		run->heard = ARENA_ARRAY(
		        arena, Heard, count * (1 + (size_t)frontend->vary.copies));
	if (!frontend_read(frontend, data, arena, corpus, run, error))
		return false;
	prepared_tell(run, corpus, source->settings);
	folding->skipped = run->skipped + corpus->skipped;
	for (int i = 0; i < corpus->count; i++)
		corpus->utterances[i].split = SPLIT_COUNT;
	for (int i = 0; i < data->count; i++)
		corpus->utterances[data->items[i].utterance].split = SPLIT_TRAIN;
	return true;
}

/* A recording that is in two folds. */
static void tell_repeated(const Folding *folding)
{
	const Dataset *data = &folding->whole.data[SPLIT_TRAIN];
	Arena *scratch = arena_new("repeated clips");
	StringSet seen = stringset_new(scratch);
	int *of = ARENA_ARRAY(scratch, int, (size_t)data->count), repeated = 0;
	const char *id = "";
	for (int i = 0; i < data->count; i++) {
		const Example *example = &data->items[i];
		const char *key = dataset_recording(scratch, example);
		int fold = folding->folds.of[example->utterance], before = seen.count;
		if (!key)
			continue;
		int at = stringset_add(&seen, key);
		if (seen.count > before)
			of[at] = fold;
		else if (of[at] != fold && !repeated++)
			id = folding->corpus.utterances[example->utterance].id;
	}
	if (repeated)
		terminal_print(stderr,
		        "Note: %d clips are recordings that are in another fold too, such as that of \"%s\": the result says less about new ones.\n",
		        repeated, id);
	arena_free(scratch);
}

/* ---- what the folds are ------------------------------------------------------------ */

static void tell_labels(const Folding *folding, const Corpus *split, const char *name)
{
	const Labels *all = &folding->whole.frontend.labels;
	Arena *scratch = arena_new("labels of a fold");
	Labels there = corpus_labels(split, SPLIT_TRAIN, scratch);
	for (int c = 0; c < all->count; c++)
		if (labels_index(&there, all->names[c]) < 0)
			terminal_print(stderr,
			        "Note: fold \"%s\" has nobody to learn \"%s\" from: it is never answered there.\n",
			        name, all->names[c]);
	arena_free(scratch);
}

/* Before hours are spent on the first. */
static bool check_fold(Folding *folding, Arena *arena, int fold, Error *error)
{
	const FoldingSource *source = &folding->source;
	const ModalitySet *reads = &source->choices->reads;
	bool person = reads->has[MODALITY_SPEECH] || reads->has[MODALITY_FACE];
	Corpus split = folds_corpus(&folding->corpus, &folding->folds, fold, arena);
	const char *name = folding->folds.names[fold];
	Provenance provenance;
	Error why;
	if (!provenance_check(
	            &provenance, &split, person, source->settings->allow_leak, &why) ||
	        !prepared_check(&split, source->choices, &why))
		return error_set(error, "fold \"%s\": %s", name, why.text);
	if (provenance.leak.speakers >= folding->whole.provenance.leak.speakers)
		folding->whole.provenance = provenance;
	folding->sizes[fold] = (Fold){ name, corpus_count(&split, SPLIT_TRAIN),
		corpus_count(&split, SPLIT_VALIDATION),
		corpus_count(&split, SPLIT_TEST) };
	tell_labels(folding, &split, name);
	return true;
}

static bool check_folds(Folding *folding, Error *error)
{
	bool good = true;
	for (int f = 0; f < folding->folds.count && good; f++) {
		Arena *scratch = arena_new("a fold");
		good = check_fold(folding, scratch, f, error);
		arena_free(scratch);
	}
	return good;
}

Folding *folding_new(Arena *arena, const FoldingSource *source, Pool *pool, Error *error)
{
	Folding *folding = ARENA_NEW(arena, Folding);
	folding->source = *source;
	folding->quiet = *source->settings;
	folding->quiet.quiet = true;
	/* what is wrong with the folds is said before the sounds are read */
	if (!folds_make(&folding->folds, arena, source->corpus, source->how, error) ||
	        !read_whole(folding, arena, pool, error))
		return NULL;
	size_t count = 0;
	folding->folds.count = 0;
	if (folds_make(&folding->folds, arena, &folding->corpus, source->how, error))
		count = (size_t)folding->folds.count;
	folding->sizes = ARENA_ARRAY(arena, Fold, count);
	folding->slots = ARENA_ARRAY(arena, Slot, count);
	folding->files = ARENA_ARRAY(arena, const char *, count);
	for (size_t f = 0; f < count; f++) {
		folding->files[f] = folds_file_name(arena, &folding->folds, (int)f);
		pthread_mutex_init(&folding->slots[f].mutex, NULL);
	}
	if (count && check_folds(folding, error)) {
		tell_repeated(folding);
		return folding;
	}
	folding_free(folding);
	return NULL;
}

static void slot_clear(Slot *slot)
{
	if (!slot->arena)
		return;
	prepared_free(&slot->prepared);
	arena_free(slot->arena);
	slot->arena = NULL;
}

void folding_free(Folding *folding)
{
	if (!folding)
		return;
	for (int f = 0; f < folding->folds.count; f++) {
		slot_clear(&folding->slots[f]);
		pthread_mutex_destroy(&folding->slots[f].mutex);
	}
	dataset_free(&folding->whole.data[SPLIT_TRAIN]);
}

/* ---- entering ---------------------------------------------------------------------- */

static bool slot_fill(Folding *folding, int fold, Pool *pool, Error *error)
{
	Slot *slot = &folding->slots[fold];
	const FoldingSource *source = &folding->source;
	Frontend choices = *source->choices;
	FrontendRun run = folding->run;
	run.pool = pool;
	run.warnings = NULL;
	choices.labels = folding->whole.frontend.labels;
	slot->arena = arena_new("a fold");
	slot->corpus = folds_corpus(&folding->corpus, &folding->folds, fold, slot->arena);
	if (!prepared_read(&slot->prepared, slot->arena, &slot->corpus, &choices,
	            &folding->quiet, &run, error)) {
		arena_free(slot->arena);
		slot->arena = NULL;
		return false;
	}
	if (conditions_make(&slot->conditions, slot->arena, &slot->prepared,
	            &slot->corpus, source->disturb, pool, error))
		return true;
	slot_clear(slot);
	return false;
}

void folding_expect(Folding *folding, int fold)
{
	folding->slots[fold].expected++;
}

bool folding_enter(Folding *folding, int fold, Trial *trial, Pool *pool, Error *error)
{
	Slot *slot = &folding->slots[fold];
	pthread_mutex_lock(&slot->mutex);
	bool there = slot->arena || slot_fill(folding, fold, pool, error);
	pthread_mutex_unlock(&slot->mutex);
	trial->corpus = &slot->corpus;
	trial->prepared = &slot->prepared;
	trial->conditions = &slot->conditions;
	trial->fold = folding->files[fold];
	return there;
}

void folding_leave(Folding *folding, int fold)
{
	Slot *slot = &folding->slots[fold];
	pthread_mutex_lock(&slot->mutex);
	if (--slot->expected <= 0)
		slot_clear(slot);
	pthread_mutex_unlock(&slot->mutex);
}

/* ---- the head ---------------------------------------------------------------------- */

/* The utterances as they come, those of the first fold first. */
static Dataset in_order_of_folds(const Folding *folding, Arena *arena)
{
	const Dataset *all = &folding->whole.data[SPLIT_TRAIN];
	Dataset data = *all;
	data.items = ARENA_ARRAY(arena, Example, (size_t)all->count);
	data.count = 0;
	for (int f = 0; f < folding->folds.count; f++)
		for (int i = 0; i < all->count; i++)
			if (!all->items[i].copy &&
			        folding->folds.of[all->items[i].utterance] == f)
				data.items[data.count++] = all->items[i];
	return data;
}

/* Their names live in the fold's arena. */
static Conditions copy_names(const Conditions *conditions, Arena *arena)
{
	size_t size = (size_t)conditions->count * sizeof *conditions->items;
	TestSet *items = arena_copy(arena, conditions->items, size);
	for (int i = 0; i < conditions->count; i++)
		items[i].condition.name = arena_string(arena, items[i].condition.name);
	return (Conditions){ .count = conditions->count, .items = items };
}

static uint64_t hash_folds(uint64_t hash, const Comparison *c)
{
	for (int f = 0; f < c->fold_count; f++) {
		const Fold *fold = &c->folds[f];
		const int sizes[] = { fold->train, fold->validation, fold->test };
		hash = hash_bytes(hash, fold->name, strlen(fold->name) + 1);
		hash = hash_bytes(hash, sizes, sizeof sizes);
	}
	return hash;
}

bool folding_head(Folding *folding, Comparison *c, Arena *arena, const char *settings,
        Pool *pool, Error *error)
{
	Prepared whole = folding->whole;
	Trial trial = { .prepared = NULL };
	whole.data[SPLIT_TEST] = in_order_of_folds(folding, arena);
	whole.data[SPLIT_TRAIN] = whole.data[SPLIT_VALIDATION] = (Dataset){ 0 };
	folding_expect(folding, 0);
	if (!folding_enter(folding, 0, &trial, pool, error))
		return false;
	Conditions conditions = copy_names(trial.conditions, arena);
	folding_leave(folding, 0);
	trial.corpus = &folding->corpus;
	trial.prepared = &whole;
	trial.conditions = &conditions;
	sweep_head(c, arena, &trial, settings, NULL);
	double train = 0, validation = 0;
	c->folds = folding->sizes;
	c->fold_count = folding->folds.count;
	for (int f = 0; f < c->fold_count; f++) {
		train += c->folds[f].train;
		validation += c->folds[f].validation;
	}
	c->train = (int)(train / c->fold_count + 0.5);
	c->validation = (int)(validation / c->fold_count + 0.5);
	c->skipped = folding->skipped;
	c->hash = hash_folds(c->hash, c);
	return true;
}
