#include "emotionnet/explain/explanation.h"

#include "emotionnet/explain/occlusion.h"
#include "tensor/reduce.h"
#include "text/tokens.h"

#include <math.h>

/* The m-th of the modalities that the model reads. */
static ModalityKind kind_at(const ModelConfig *config, int place)
{
	ModalityKind kind = 0;
	while (modality_place(config, kind) != place)
		kind++;
	return kind;
}

static Tensor note_value(Arena *arena, const FusionNote *note, const ModelOutput *out)
{
	Tensor value = tensor_row(note->value->value, 0);
	if (note->at < 0)
		return tensor_clone(
		        arena, tensor_view(value.data, SHAPE((int)tensor_count(value))));
	int T = out->in.modality[note->of].seq.lengths[0];
	int U = out->in.modality[note->at].seq.lengths[0];
	Tensor steps = tensor_new(arena, SHAPE(T, U));
	for (int t = 0; t < T; t++)
		tensor_copy(
		        tensor_row(steps, t), tensor_slice(tensor_row(value, t), 0, U));
	return steps;
}

static void keep_notes(
        Explanation *e, Arena *arena, const ModelOutput *out, const ModelConfig *config)
{
	e->note_count = out->view.notes;
	e->notes = ARENA_ARRAY(arena, ExplainedNote, (size_t)e->note_count + 1);
	for (int n = 0; n < e->note_count; n++) {
		const FusionNote *note = &out->view.note[n];
		e->notes[n] = (ExplainedNote){
			.name = note->name,
			.of = kind_at(config, note->of),
			.looks = note->at >= 0,
			.at = note->at >= 0 ? kind_at(config, note->at) : 0,
			.value = note_value(arena, note, out),
		};
	}
}

/* How much of the attention goes to each step of what is looked at. */
static double *looked_at(Arena *arena, Tensor weights)
{
	int T = weights.shape[0], U = weights.shape[1];
	double *sum = ARENA_ARRAY(arena, double, (size_t)U);
	for (int t = 0; t < T; t++)
		for (int u = 0; u < U; u++)
			sum[u] += (double)tensor_row(weights, t).data[u];
	return sum;
}

static void check_notes(Explanation *e, Explainer *explainer, Arena *arena,
        const Question *question, const Attribution *a)
{
	const ModelConfig *config = &explainer->model->config;
	for (int n = 0; n < e->note_count; n++) {
		ExplainedNote *note = &e->notes[n];
		if (note->looks)
			note->check = note_check_attention(explainer, question, a,
			        note->at, looked_at(arena, note->value),
			        note->value.shape[1]);
		else
			note->check = note_check_modality(
			        &e->shapley, modality_place(config, note->of));
	}
}

static void answer(
        Explanation *e, Explainer *explainer, Arena *arena, const Question *question)
{
	Versions *one = explainer_versions(explainer, question, 1, NULL);
	ModelOutput out = model_look(
	        explainer->model, &explainer->tape, &one->batch, &one->embedded);
	Tensor p = tensor_like(arena, out.logits->value);
	tensor_softmax(p, out.logits->value);
	e->probabilities = p.data;
	for (int c = 1; c < e->labels->count; c++)
		if (p.data[c] > p.data[e->answer])
			e->answer = c;
	keep_notes(e, arena, &out, &explainer->model->config);
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
	check_notes(&e, explainer, arena, &question, &a);
	return e;
}

static int at_most(int a, int b)
{
	return a < b ? a : b;
}

Patch explanation_patch(const Explanation *explanation, int row, int column)
{
	int T = explanation->frames.shape[0], M = explanation->frames.shape[1];
	return (Patch){
		.begin = row * PATCH_FRAMES,
		.end = at_most((row + 1) * PATCH_FRAMES, T),
		.low = column * PATCH_BANDS,
		.high = at_most((column + 1) * PATCH_BANDS, M),
	};
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

const char *explanation_word(Arena *arena, const Explanation *e, int index)
{
	const ExplainedWord *word = &e->words[index];
	return arena_format(
	        arena, "%.*s", (int)(word->end - word->begin), e->text + word->begin);
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
