/* report_examples.c: chooses utterances on which the strategies differ, and explains
 * them. */
#include "emotionnet/page/report_examples.h"

#include "emotionnet/corpus/sound.h"
#include "emotionnet/corpus/subset.h"

#include <string.h>

/* ---- which utterances -------------------------------------------------------------- */

static int group_of(const Comparison *c, int test)
{
	return c->kind_count ? c->test[test].kind : c->test[test].label;
}

/* Marks up to `wanted` of a group, as far from one another as the group's size allows. */
static void choose_of_group(const Comparison *c, int group, int wanted, bool *chosen)
{
	int size = 0, seen = 0;
	for (int i = 0; i < c->test_count; i++)
		size += group_of(c, i) == group;
	for (int i = 0; i < c->test_count; i++)
		if (group_of(c, i) == group)
			chosen[i] = subset_evenly(seen++, size, wanted);
}

ReportExamples report_examples_choose(const Comparison *comparison, Arena *arena)
{
	const Comparison *c = comparison;
	int groups = c->kind_count ? c->kind_count : c->labels.count;
	bool *chosen = ARENA_ARRAY(arena, bool, (size_t)c->test_count);
	for (int g = 0; g < groups; g++) {
		int from = REPORT_EXAMPLES * g / groups,
		    to = REPORT_EXAMPLES * (g + 1) / groups;
		if (to > from)
			choose_of_group(c, g, to - from, chosen);
	}
	ReportExamples examples = { .missing = "" };
	int *tests = ARENA_ARRAY(arena, int, (size_t)c->test_count);
	for (int i = 0; i < c->test_count; i++)
		if (chosen[i])
			tests[examples.count++] = i;
	examples.tests = tests;
	return examples;
}

/* ---- the corpus -------------------------------------------------------------------- */

/* Where each test utterance stands in the corpus, (test_count) in the arena; -1: it is not
 * there as it was compared. Fails where one of the examples is not. */
static const int *find_tests(const ReportExamples *examples, const Comparison *c,
        const Corpus *corpus, Arena *arena, Error *error)
{
	StringSet ids = stringset_new(arena);
	int *at = ARENA_ARRAY(arena, int, (size_t)c->test_count);
	for (int u = 0; u < corpus->count; u++)
		stringset_add(&ids, corpus->utterances[u].id);
	for (int i = 0; i < c->test_count; i++) {
		int u = stringset_find(&ids, c->test[i].id);
		bool same =
		        u >= 0 && !strcmp(c->test[i].text, corpus->utterances[u].text);
		bool split = c->fold_count ||
		             (same && corpus->utterances[u].split == SPLIT_TEST);
		at[i] = same && split ? u : -1;
	}
	for (int i = 0; i < examples->count; i++)
		if (at[examples->tests[i]] < 0) {
			error_set(error,
			        "%s does not have utterance \"%s\" with its text any more: it is not the corpus that was compared",
			        corpus->source, c->test[examples->tests[i]].id);
			return NULL;
		}
	return at;
}

static bool read_clips(Clip *clips, const ReportExamples *examples, const int *at,
        const Corpus *corpus, Arena *arena, Error *error)
{
	for (int i = 0; i < examples->count; i++) {
		int u = at[examples->tests[i]];
		clips[i] = (Clip){ 0 };
		if (!corpus->sound && !corpus->utterances[u].wav[0])
			continue;
		if (!sound_read(&clips[i], arena, corpus, u, error))
			return false;
	}
	return true;
}

/* ---- the models -------------------------------------------------------------------- */

typedef struct Job {
	const Checkpoint *checkpoint;
	const Dataset *data;
	const int *rows; /* of the data: those that are explained */
	const Corpus *corpus;
	Explainer **explainers; /* one a worker */
	Arena **arenas;         /* likewise */
	Explanation *explanations;
} Job;

static void explain_one(void *context, int index, int worker)
{
	Job *job = context;
	int row = job->rows[index];
	const Utterance *utterance =
	        &job->corpus->utterances[job->data->items[row].utterance];
	job->explanations[index] = explanation_make(job->explainers[worker],
	        job->arenas[worker], job->checkpoint, (Question){ job->data, row, -1 },
	        utterance->text, false);
}

/* What the explanations of one model need. */
typedef struct Shown {
	const ReportExamples *examples;
	const Comparison *comparison;
	const Corpus *corpus;
	const int *at; /* (test_count) */
	Arena *arena;
	Pool *pool;
} Shown;

/* The corpus with nothing in its test split but what the cell was tested on: the examples,
 * and the rest too where a speaker's level is that of all he says. */
static Corpus cut_corpus(const Shown *shown, const Cell *cell, bool all)
{
	const Comparison *c = shown->comparison;
	Corpus cut = *shown->corpus;
	int first = cell_first(c, cell), end = first + cell_tests(c, cell);
	cut.utterances = arena_copy(
	        shown->arena, cut.utterances, (size_t)cut.count * sizeof *cut.utterances);
	for (int u = 0; u < cut.count; u++)
		cut.utterances[u].split = SPLIT_TRAIN;
	for (int i = first; i < end && all; i++)
		if (shown->at[i] >= 0)
			cut.utterances[shown->at[i]].split = SPLIT_TEST;
	for (int i = 0; i < shown->examples->count; i++) {
		int test = shown->examples->tests[i];
		if (test >= first && test < end)
			cut.utterances[shown->at[test]].split = SPLIT_TEST;
	}
	return cut;
}

/* Explains the examples begin .. begin + count - 1, which the cell was tested on. */
static void explain_rows(const Shown *shown, const Checkpoint *checkpoint,
        const Corpus *corpus, const Dataset *data, Explanation *explanations, int begin,
        int count)
{
	int threads = pool_threads(shown->pool);
	Arena *arena = shown->arena;
	int *rows = ARENA_ARRAY(arena, int, (size_t)count);
	Job job = {
		.checkpoint = checkpoint,
		.data = data,
		.rows = rows,
		.corpus = corpus,
		.explainers = ARENA_ARRAY(arena, Explainer *, (size_t)threads),
		.arenas = ARENA_ARRAY(arena, Arena *, (size_t)threads),
		.explanations = explanations + begin,
	};
	for (int i = 0; i < count; i++)
		while (data->items[rows[i]].utterance !=
		        shown->at[shown->examples->tests[begin + i]])
			rows[i]++;
	for (int t = 0; t < threads; t++) {
		job.arenas[t] = arena_child(arena, "explanations of a thread");
		job.explainers[t] = explainer_new(
		        job.arenas[t], &checkpoint->params, &checkpoint->config);
	}
	pool_run(shown->pool, count, explain_one, &job);
	/* what was shown of the frames is kept, the rest of the examples is not */
	for (int i = 0; i < count; i++) {
		Explanation *e = &job.explanations[i];
		e->frames = tensor_clone(arena, e->frames);
		e->face = tensor_clone(arena, e->face);
	}
}

/* The examples that this cell was tested on, by its model. */
static bool explain_cell(const Shown *shown, ReportModel *model, const Cell *cell,
        Explanation *explanations, Error *error)
{
	const ReportExamples *examples = shown->examples;
	int first = cell_first(shown->comparison, cell), begin = 0, count = 0;
	int end = first + cell_tests(shown->comparison, cell);
	for (int i = 0; i < examples->count; i++) {
		begin += examples->tests[i] < first;
		count += examples->tests[i] >= first && examples->tests[i] < end;
	}
	if (!count)
		return true;
	if (!checkpoint_load(&model->checkpoint, shown->arena, cell->model, error))
		return false;
	const Frontend *frontend = &model->checkpoint.frontend;
	Dataset *data = ARENA_NEW(shown->arena, Dataset);
	FrontendRun run = { .pool = shown->pool };
	Corpus cut = cut_corpus(shown, cell,
	        frontend_by_speaker(frontend) || frontend_faces_by_speaker(frontend));
	if (!frontend_apply(frontend, data, &cut, SPLIT_TEST, &run, error))
		return false;
	explain_rows(shown, &model->checkpoint, &cut, data, explanations, begin, count);
	dataset_free(data);
	return true;
}

/* Each by the model that was tested on it. */
static bool explain_all(
        const Shown *shown, ReportModel *model, const Cell *cell, Error *error)
{
	int parts = cell->parts ? shown->comparison->fold_count : 1;
	Explanation *explanations =
	        ARENA_ARRAY(shown->arena, Explanation, (size_t)shown->examples->count);
	model->explanations = explanations;
	for (int p = 0; p < parts; p++)
		if (!explain_cell(shown, model, cell->parts ? cell->parts[p] : cell,
		            explanations, error))
			return false;
	return true;
}

/* The first seed's cell of each strategy, at the largest size; those that have a
 * model. */
static const Summary *kept_model(const Comparison *c, int i)
{
	const Summary *s = &c->summaries[i];
	for (int j = 0; j < c->summary_count; j++)
		if (c->summaries[j].seeds && c->summaries[j].size > s->size)
			return NULL;
	if (!s->seeds)
		return NULL;
	const Cell *first = s->cells[0];
	return (first->parts ? first->parts[0] : first)->model[0] ? s : NULL;
}

static bool explain_models(ReportExamples *examples, const Shown *shown, Error *error)
{
	const Comparison *c = shown->comparison;
	ReportModel *models =
	        ARENA_ARRAY(shown->arena, ReportModel, (size_t)c->summary_count);
	double best = -1;
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = kept_model(c, i);
		if (!s)
			continue;
		ReportModel *model = &models[examples->model_count];
		model->strategy = s->strategy;
		if (!explain_all(shown, model, s->cells[0], error))
			return false;
		examples->model_count++;
		/* one that reads all there is shows more than one that is a little
		 * better */
		double rank = modalities_count(model->checkpoint.config.reads) +
		              s->scores[SCORE_UAR].seeds.mean;
		if (rank > best) {
			best = rank;
			examples->shown = model;
		}
	}
	examples->models = models;
	if (examples->model_count)
		return true;
	return error_set(error, "no model was kept (--models FOLDER keeps them)");
}

void report_examples_explain(ReportExamples *examples, const Comparison *comparison,
        const Corpus *corpus, Arena *arena, Pool *pool)
{
	Error error;
	const int *at = find_tests(examples, comparison, corpus, arena, &error);
	Clip *clips = ARENA_ARRAY(arena, Clip, (size_t)examples->count + 1);
	if (!at) {
		examples->missing = arena_string(arena, error.text);
		return;
	}
	if (read_clips(clips, examples, at, corpus, arena, &error))
		examples->clips = clips;
	else
		examples->missing = arena_string(arena, error.text);
	Shown shown = { examples, comparison, corpus, at, arena, pool };
	if (!explain_models(examples, &shown, &error)) {
		examples->missing = arena_string(arena, error.text);
		examples->model_count = 0;
		examples->shown = NULL;
	}
	for (int i = 0; examples->shown && i < examples->count; i++) {
		double begin; /* what is heard and drawn is what the model read */
		if (clips[i].samples)
			clips[i] = frames_trim(arena, clips[i],
			        &examples->shown->checkpoint.frontend.frames, &begin);
	}
}
