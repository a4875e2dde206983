#include "emotionnet/explanation.h"

#include "emotionnet/occlusion.h"
#include "tensor/reduce.h"
#include "text/tokens.h"

#include <math.h>

static void answer(
        Explanation *e, Explainer *explainer, Arena *arena, const Question *question)
{
	Versions *one = explainer_versions(explainer, question, 1, NULL);
	Tensor logits = model_logits_of(
	        explainer->model, &explainer->tape, &one->batch, &one->embedded, NULL)
	                        ->value;
	Tensor p = tensor_like(arena, logits);
	tensor_softmax(p, logits);
	e->probabilities = p.data;
	for (int c = 1; c < e->labels->count; c++)
		if (p.data[c] > p.data[e->answer])
			e->answer = c;
}

static void explain_words(Explanation *e, Explainer *explainer, Arena *arena,
        const Question *question, const Attribution *a, const Checkpoint *checkpoint,
        bool occlude)
{
	Pieces words = pieces_cut(arena, explainer, question, MODALITY_TEXT, 1, 0);
	if (!e->text[0] || checkpoint->frontend.vectors.has[MODALITY_TEXT])
		return;
	Tokens tokens = (checkpoint->frontend.characters ? tokens_characters
	                                                 : tokens_split)(arena, e->text);
	const real *drop = occlude ? occlusion(explainer, arena, question, &words) : NULL;
	e->word_count = words.count;
	e->words = ARENA_ARRAY(arena, ExplainedWord, (size_t)words.count);
	for (int w = 0; w < words.count; w++)
		e->words[w] = (ExplainedWord){
			.begin = tokens.items[w].begin,
			.end = tokens.items[w].end,
			.value = attribution_piece(a, &words.items[w]),
			.occlusion = drop ? (double)drop[w] : 0,
		};
}

static void explain_frames(Explanation *e, Explainer *explainer, Arena *arena,
        const Question *question, const Attribution *a, const Checkpoint *checkpoint,
        bool occlude)
{
	const Frontend *frontend = &checkpoint->frontend;
	const Example *example = &question->data->items[question->example];
	int place = modality_place(&checkpoint->config, MODALITY_SPEECH);
	if (place < 0 || frontend->vectors.has[MODALITY_SPEECH] ||
	        !example_has(example, MODALITY_SPEECH))
		return;
	e->frames = example->steps[MODALITY_SPEECH];
	e->frame_part = a->of[place];
	e->frame_seconds = (double)frontend->frames.mel.stft.hop / FRAMES_RATE;
	if (!occlude)
		return;
	Pieces patches = pieces_cut(
	        arena, explainer, question, MODALITY_SPEECH, PATCH_FRAMES, PATCH_BANDS);
	int across = (e->frames.shape[1] + PATCH_BANDS - 1) / PATCH_BANDS;
	real *drop = occlusion(explainer, arena, question, &patches);
	e->patches = tensor_view(drop, SHAPE(patches.count / across, across));
}

static void explain_modalities(Explanation *e, Explainer *explainer,
        const Question *question, const Attribution *a, const Checkpoint *checkpoint)
{
	const Example *example = &question->data->items[question->example];
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		int place = modality_place(&checkpoint->config, kind);
		if (place < 0)
			continue;
		e->modality_count++;
		e->modality[place] = kind;
		e->there[place] = example_has(example, kind);
		for (size_t i = 0; i < tensor_count(a->of[place]); i++)
			e->total[place] += (double)a->of[place].data[i];
	}
	e->shapley = shapley(explainer, question);
	e->copes = e->modality_count == 1 || checkpoint_copes(checkpoint);
}

Explanation explanation_make(Explainer *explainer, Arena *arena,
        const Checkpoint *checkpoint, const Dataset *data, int example, int label,
        const char *text, bool occlude)
{
	Explanation e = {
		.strategy = checkpoint->config.fusion->name,
		.labels = &checkpoint->frontend.labels,
		.text = text ? text : "",
		.frames = { .ndim = 2 },
		.frame_part = { .ndim = 2 },
		.patches = { .ndim = 2 },
	};
	Question question = { data, example, 0 };
	answer(&e, explainer, arena, &question);
	e.label = question.label = label < 0 ? e.answer : label;
	Attribution a = integrated_gradients(explainer, arena, &question);
	e.score = a.score;
	e.baseline = a.baseline;
	e.sum = a.sum;
	e.steps = a.steps;
	e.complete = a.complete;
	if (modality_place(&checkpoint->config, MODALITY_TEXT) >= 0)
		explain_words(&e, explainer, arena, &question, &a, checkpoint, occlude);
	explain_frames(&e, explainer, arena, &question, &a, checkpoint, occlude);
	explain_modalities(&e, explainer, &question, &a, checkpoint);
	return e;
}

double explanation_span(const Explanation *explanation, int begin, int end)
{
	double sum = 0;
	for (int t = begin; t < end; t++) {
		Tensor row = tensor_row(explanation->frame_part, t);
		for (size_t m = 0; m < tensor_count(row); m++)
			sum += (double)row.data[m];
	}
	return sum;
}

double explanation_word_scale(const Explanation *explanation)
{
	double most = 0;
	for (int w = 0; w < explanation->word_count; w++)
		most = fmax(most, fabs(explanation->words[w].value));
	return most > 0 ? most : 1;
}

double explanation_frame_scale(const Explanation *explanation)
{
	double most = 0;
	for (size_t i = 0; i < tensor_count(explanation->frame_part); i++)
		most = fmax(most, fabs((double)explanation->frame_part.data[i]));
	return most > 0 ? most : 1;
}
