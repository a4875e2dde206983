/* ensemble.c: p(c) = 1/M sum over the models m of p_m(c). */
#include "emotionnet/experiment/ensemble.h"

#include "emotionnet/experiment/experiment.h"
#include "text/list.h"

static bool same_labels(const Labels *a, const Labels *b)
{
	bool same = a->count == b->count;
	for (int c = 0; c < a->count && same; c++)
		same = labels_index(b, a->names[c]) == c;
	return same;
}

bool ensemble_load(Ensemble *ensemble, Arena *arena, const char *const paths[], int count,
        Error *error)
{
	Checkpoint *models = ARENA_ARRAY(arena, Checkpoint, (size_t)count);
	for (int m = 0; m < count; m++) {
		if (!checkpoint_load(&models[m], arena, paths[m], error))
			return false;
		const Labels *first = &models[0].frontend.labels,
		             *own = &models[m].frontend.labels;
		if (!same_labels(first, own))
			return error_set(error,
			        "%s and %s: their labels differ (%s; %s): models are averaged only if all tell the same classes apart",
			        paths[0], paths[m],
			        list_join(arena, first->names, first->count, ", "),
			        list_join(arena, own->names, own->count, ", "));
	}
	*ensemble = (Ensemble){ .models = models, .paths = paths, .count = count };
	return true;
}

/* What has been asked for so far: a row for each utterance of the corpus. */
typedef struct Votes {
	Tensor sum;  /* (utterances,classes) */
	int *voters; /* (utterances) how many models were heard */
	int *label;  /* (utterances) */
} Votes;

static void add_votes(Votes *votes, const Dataset *data, Tensor probabilities)
{
	for (int i = 0; i < data->count; i++) {
		int utterance = data->items[i].utterance;
		Tensor sum = tensor_row(votes->sum, utterance);
		Tensor own = tensor_row(probabilities, i);
		for (size_t c = 0; c < tensor_count(sum); c++)
			sum.data[c] += own.data[c];
		votes->voters[utterance]++;
		votes->label[utterance] = data->items[i].label;
	}
}

/* The utterances that every model was heard on, in the corpus's order. */
static void count_votes(
        Verdict *verdict, Arena *arena, const Votes *votes, int count, int models)
{
	Dataset *data = &verdict->data;
	data->items = ARENA_ARRAY(arena, Example, (size_t)count);
	for (int i = 0; i < count; i++)
		if (votes->voters[i] == models)
			data->items[data->count++] =
			        (Example){ .label = votes->label[i], .utterance = i };
	int classes = votes->sum.shape[1];
	verdict->probabilities = tensor_new(arena, SHAPE(data->count, classes));
	for (int i = 0; i < data->count; i++) {
		Tensor sum = tensor_row(votes->sum, data->items[i].utterance);
		Tensor mean = tensor_row(verdict->probabilities, i);
		for (int c = 0; c < classes; c++)
			mean.data[c] = sum.data[c] / (real)models;
	}
}

bool ensemble_evaluate(Verdict *verdict, Arena *arena, const Ensemble *ensemble,
        const Corpus *corpus, Split split, const ModalitySet masks[],
        const FrontendRun *run, Error *error)
{
	int classes = ensemble->models[0].frontend.labels.count;
	Arena *scratch = arena_new("votes");
	size_t count = (size_t)corpus->count;
	Votes votes = { tensor_zeros(scratch, SHAPE(corpus->count, classes)),
		ARENA_ARRAY(scratch, int, count), ARENA_ARRAY(scratch, int, count) };
	*verdict = (Verdict){ .skipped = 0 };
	bool good = true;
	for (int m = 0; m < ensemble->count && good; m++) {
		const Checkpoint *model = &ensemble->models[m];
		Dataset data;
		FrontendRun own = *run;
		own.warnings = m ? NULL : run->warnings;
		good = frontend_apply(
		        &model->frontend, &data, corpus, split, &own, error);
		if (!good)
			break;
		Tensor p =
		        experiment_predict(scratch, model, &data, &masks[m], run->pool);
		good = answers_check(p.data, tensor_count(p), ensemble->paths[m], error);
		add_votes(&votes, &data, p);
		remarks_most(&verdict->remarks, &own.remarks);
		if (!verdict->enrolled.speakers)
			verdict->enrolled = own.enrolled[split];
		dataset_free(&data);
	}
	if (good)
		count_votes(verdict, arena, &votes, corpus->count, ensemble->count);
	verdict->skipped = corpus_count(corpus, split) - verdict->data.count;
	arena_free(scratch);
	return good;
}
