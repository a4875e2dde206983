/* report_examples.c: chooses utterances on which the strategies differ, and explains
 * them. */
#include "emotionnet/page/report_examples.h"

#include "emotionnet/corpus/sound.h"

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
	if (wanted > size)
		wanted = size;
	for (int i = 0; i < c->test_count && wanted; i++) {
		if (group_of(c, i) != group)
			continue;
		/* the seen-th of the group begins a new one of `wanted` equal shares */
		int share = (int)((long long)seen * wanted / size);
		int before = seen ? (int)((long long)(seen - 1) * wanted / size) : -1;
		chosen[i] = share != before;
		seen++;
	}
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

/* The corpus with nothing but the chosen utterances in its test split, each at its place;
 * indices[i] is where the i-th stands. */
static bool cut_corpus(Corpus *cut, int *indices, const ReportExamples *examples,
        const Comparison *c, const Corpus *corpus, Arena *arena, Error *error)
{
	*cut = *corpus;
	cut->utterances = arena_copy(arena, corpus->utterances,
	        (size_t)corpus->count * sizeof *corpus->utterances);
	int found = 0;
	for (int u = 0; u < corpus->count; u++) {
		Utterance *utterance = &cut->utterances[u];
		bool test = utterance->split == SPLIT_TEST && found < examples->count;
		const Compared *next = test ? &c->test[examples->tests[found]] : NULL;
		if (next && !strcmp(next->id, utterance->id) &&
		        !strcmp(next->text, utterance->text))
			indices[found++] = u;
		else
			utterance->split = SPLIT_TRAIN;
	}
	if (found == examples->count)
		return true;
	return error_set(error,
	        "%s does not have utterance \"%s\" with its text any more: it is not the corpus that was compared",
	        corpus->source, c->test[examples->tests[found]].id);
}

static bool read_clips(Clip *clips, const int *indices, int count, const Corpus *corpus,
        Arena *arena, Error *error)
{
	for (int i = 0; i < count; i++) {
		clips[i] = (Clip){ 0 };
		if (!corpus->sound && !corpus->utterances[indices[i]].wav[0])
			continue;
		if (!sound_read(&clips[i], arena, corpus, indices[i], error))
			return false;
	}
	return true;
}

/* ---- the models -------------------------------------------------------------------- */

typedef struct Job {
	const Checkpoint *checkpoint;
	const Dataset *data;
	const Corpus *corpus;
	Explainer **explainers; /* one a worker */
	Arena **arenas;         /* likewise */
	Explanation *explanations;
} Job;

static void explain_one(void *context, int index, int worker)
{
	Job *job = context;
	const Utterance *utterance =
	        &job->corpus->utterances[job->data->items[index].utterance];
	job->explanations[index] = explanation_make(job->explainers[worker],
	        job->arenas[worker], job->checkpoint, (Question){ job->data, index, -1 },
	        utterance->text, false);
}

static bool explain_all(ReportModel *model, const char *path, const Corpus *corpus,
        int count, Arena *arena, Pool *pool, Error *error)
{
	if (!checkpoint_load(&model->checkpoint, arena, path, error))
		return false;
	const Checkpoint *checkpoint = &model->checkpoint;
	Dataset *data = ARENA_NEW(arena, Dataset);
	FrontendRun run = { .pool = pool };
	if (!frontend_apply(&checkpoint->frontend, data, corpus, SPLIT_TEST, &run, error))
		return false;
	int threads = pool_threads(pool);
	Job job = {
		.checkpoint = checkpoint,
		.data = data,
		.corpus = corpus,
		.explainers = ARENA_ARRAY(arena, Explainer *, (size_t)threads),
		.arenas = ARENA_ARRAY(arena, Arena *, (size_t)threads),
		.explanations = ARENA_ARRAY(arena, Explanation, (size_t)count),
	};
	for (int t = 0; t < threads; t++) {
		job.arenas[t] = arena_child(arena, "explanations of a thread");
		job.explainers[t] = explainer_new(
		        job.arenas[t], &checkpoint->params, &checkpoint->config);
	}
	pool_run(pool, count, explain_one, &job);
	/* what was shown of the frames is kept, the rest of the examples is not */
	for (int i = 0; i < count; i++)
		job.explanations[i].frames =
		        tensor_clone(arena, job.explanations[i].frames);
	dataset_free(data);
	model->explanations = job.explanations;
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
	return s->seeds && s->cells[0]->model[0] ? s : NULL;
}

static bool explain_models(ReportExamples *examples, const Comparison *c,
        const Corpus *corpus, Arena *arena, Pool *pool, Error *error)
{
	ReportModel *models = ARENA_ARRAY(arena, ReportModel, (size_t)c->summary_count);
	double best = -1;
	for (int i = 0; i < c->summary_count; i++) {
		const Summary *s = kept_model(c, i);
		if (!s)
			continue;
		ReportModel *model = &models[examples->model_count];
		model->strategy = s->strategy;
		if (!explain_all(model, s->cells[0]->model, corpus, examples->count,
		            arena, pool, error))
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
	Corpus *cut = ARENA_NEW(arena, Corpus);
	int *indices = ARENA_ARRAY(arena, int, (size_t)examples->count + 1);
	Clip *clips = ARENA_ARRAY(arena, Clip, (size_t)examples->count + 1);
	if (!cut_corpus(cut, indices, examples, comparison, corpus, arena, &error)) {
		examples->missing = arena_string(arena, error.text);
		return;
	}
	if (read_clips(clips, indices, examples->count, corpus, arena, &error))
		examples->clips = clips;
	else
		examples->missing = arena_string(arena, error.text);
	if (!explain_models(examples, comparison, cut, arena, pool, &error)) {
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
