/* explanation.c: asks each method once, and gathers what it says of words, frames and
 * modalities. */
#include "emotionnet/explain/explanation.h"

#include "audio/functionals/functionals.h"
#include "emotionnet/encoder_pictures.h"
#include "emotionnet/explain/occlusion.h"
#include "tensor/largest.h"
#include "tensor/reduce.h"

#include <math.h>

/* The m-th of the modalities that the model reads; MODALITIES of functionals beside
 * them, which fusion is given as the last. */
static ModalityKind kind_at(const ModelConfig *config, int place)
{
	ModalityKind kind = 0;
	while (kind < MODALITIES && modality_place(config, kind) != place)
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

/* What the parts of an explanation are made from. */
typedef struct Work {
	Explainer *explainer;
	Arena *arena;
	const Checkpoint *checkpoint;
	Question question;
	bool occlude;
	Attribution attribution;
} Work;

static void check_notes(Explanation *e, const Work *work)
{
	const ModelConfig *config = &work->checkpoint->config;
	for (int n = 0; n < e->note_count; n++) {
		ExplainedNote *note = &e->notes[n];
		if (note->of == MODALITIES || note->at == MODALITIES)
			continue; /* only with speech can functionals be taken away */
		if (note->looks)
			note->check = note_check_attention(work->explainer,
			        &work->question, &work->attribution, note->at,
			        looked_at(work->arena, note->value),
			        note->value.shape[1]);
		else
			note->check = note_check_modality(
			        &e->shapley, modality_place(config, note->of));
	}
}

static void answer(Explanation *e, const Work *work)
{
	Explainer *explainer = work->explainer;
	Versions *one = explainer_versions(explainer, &work->question, 1, NULL);
	ModelOutput out = model_forward(explainer->model, &explainer->tape, &one->batch,
	        &one->embedded, NULL, true);
	Tensor p = tensor_like(work->arena, out.logits->value);
	tensor_softmax(p, out.logits->value);
	e->probabilities = p.data;
	e->answer = tensor_argmax(p);
	keep_notes(e, work->arena, &out, &explainer->model->config);
}

static void explain_words(Explanation *e, const Work *work)
{
	Arena *arena = work->arena;
	const Frontend *frontend = &work->checkpoint->frontend;
	if (!e->text[0] || !frontend_reads_words(frontend))
		return;
	Pieces words =
	        pieces_cut(arena, work->explainer, &work->question, MODALITY_TEXT, 1, 0);
	int *unused;
	Tokens tokens = frontend_tokens(frontend, arena, e->text, &unused);
	const real *drop = NULL;
	if (work->occlude)
		drop = occlusion(work->explainer, arena, &work->question, &words);
	e->word_count = words.count;
	e->words = ARENA_ARRAY(arena, ExplainedWord, (size_t)words.count);
	for (int w = 0; w < words.count; w++)
		e->words[w] = (ExplainedWord){
			.begin = tokens.items[w].begin,
			.end = tokens.items[w].end,
			.value = attribution_piece(&work->attribution, &words.items[w]),
			.occlusion = drop ? (double)drop[w] : 0,
		};
}

static void explain_frames(Explanation *e, const Work *work)
{
	const Frontend *frontend = &work->checkpoint->frontend;
	const Example *example = &work->question.data->items[work->question.example];
	if (!frontend_reads_frames(frontend) || !example_has(example, MODALITY_SPEECH))
		return;
	int place = modality_place(&work->checkpoint->config, MODALITY_SPEECH);
	e->frames = example->steps[MODALITY_SPEECH];
	e->frame_part = work->attribution.of[place];
	e->frame_seconds = (double)frontend->frames.mel.stft.hop / FRAMES_RATE;
	if (!work->occlude)
		return;
	Pieces patches = pieces_cut(work->arena, work->explainer, &work->question,
	        MODALITY_SPEECH, PATCH_FRAMES, PATCH_BANDS);
	int across = (e->frames.shape[1] + PATCH_BANDS - 1) / PATCH_BANDS;
	real *drop = occlusion(work->explainer, work->arena, &work->question, &patches);
	e->patches = tensor_view(drop, SHAPE(patches.count / across, across));
}

/* Those that are read alone, as one step, or those beside the frames. */
static void explain_functionals(Explanation *e, const Work *work)
{
	const Frontend *frontend = &work->checkpoint->frontend;
	const Example *example = &work->question.data->items[work->question.example];
	int place = modality_place(&work->checkpoint->config, MODALITY_SPEECH);
	bool alone = frontend_reads_sound(frontend) && !frontend_reads_frames(frontend);
	e->hears = &frontend->frames;
	if (place < 0 || !example_has(example, MODALITY_SPEECH))
		return;
	if (alone) {
		e->functionals = tensor_row(example->steps[MODALITY_SPEECH], 0);
		e->functional_part = tensor_row(work->attribution.of[place], 0);
	} else if (work->attribution.count > e->modality_count) {
		e->functionals = tensor_row(example->whole, 0);
		e->functional_part =
		        tensor_row(work->attribution.of[e->modality_count], 0);
		for (int k = 0; k < e->functionals.shape[0]; k++)
			e->total[place] += (double)e->functional_part.data[k];
	}
}

static void explain_face(Explanation *e, const Work *work)
{
	const Frontend *frontend = &work->checkpoint->frontend;
	const Example *example = &work->question.data->items[work->question.example];
	if (!frontend_reads_track(frontend) || !example_has(example, MODALITY_FACE))
		return;
	int place = modality_place(&work->checkpoint->config, MODALITY_FACE);
	e->face = example->steps[MODALITY_FACE];
	e->face_part = work->attribution.of[place];
	e->face_names = frontend->face_names;
	e->face_seconds = (double)frontend->frames.mel.stft.hop / FRAMES_RATE;
}

/* The picture as it was before its numbers were brought to a common level. */
static void explain_pixels(Explanation *e, const Work *work)
{
	const Checkpoint *checkpoint = work->checkpoint;
	const Frontend *frontend = &checkpoint->frontend;
	const Example *example = &work->question.data->items[work->question.example];
	int place = modality_place(&checkpoint->config, MODALITY_FACE);
	if (place < 0 || !example_has(example, MODALITY_FACE) ||
	        checkpoint->config.encoder[MODALITY_FACE].kind != &encoder_pictures)
		return;
	const real *x = example->steps[MODALITY_FACE].data;
	const real *mean = frontend->mean[MODALITY_FACE],
	           *scale = frontend->scale[MODALITY_FACE];
	e->pixels = tensor_new(work->arena, SHAPE(PICTURE_SIDE, PICTURE_SIDE));
	for (int i = 0; i < PICTURE_PIXELS; i++)
		e->pixels.data[i] = scale[i] > 0 ? x[i] / scale[i] + mean[i] : mean[i];
	e->pixel_part = tensor_reshape(
	        work->attribution.of[place], SHAPE(PICTURE_SIDE, PICTURE_SIDE));
}

static void explain_modalities(Explanation *e, const Work *work)
{
	const Example *example = &work->question.data->items[work->question.example];
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		int place = modality_place(&work->checkpoint->config, kind);
		if (place < 0)
			continue;
		Tensor part = work->attribution.of[place];
		e->modality_count++;
		e->modality[place] = kind;
		e->there[place] = example_has(example, kind);
		for (size_t i = 0; i < tensor_count(part); i++)
			e->total[place] += (double)part.data[i];
	}
	e->shapley = shapley(work->explainer, &work->question);
	e->copes = e->modality_count == 1 || checkpoint_copes(work->checkpoint);
}

Explanation explanation_make(Explainer *explainer, Arena *arena,
        const Checkpoint *checkpoint, Question question, const char *text, bool occlude)
{
	Explanation e = {
		.strategy = checkpoint->config.fusion->name,
		.labels = &checkpoint->frontend.labels,
		.text = text ? text : "",
		.label = question.label,
		.frames = { .ndim = 2 },
		.functionals = { .ndim = 1 },
		.functional_part = { .ndim = 1 },
		.frame_part = { .ndim = 2 },
		.face = { .ndim = 2 },
		.face_part = { .ndim = 2 },
		.pixels = { .ndim = 2 },
		.pixel_part = { .ndim = 2 },
		.patches = { .ndim = 2 },
	};
	Work work = { .explainer = explainer,
		.arena = arena,
		.checkpoint = checkpoint,
		.question = { question.data, question.example, 0 },
		.occlude = occlude };
	answer(&e, &work);
	if (e.label < 0)
		e.label = e.answer;
	work.question.label = e.label;
	work.attribution = integrated_gradients(explainer, arena, &work.question);
	e.score = work.attribution.score;
	e.baseline = work.attribution.baseline;
	e.sum = work.attribution.sum;
	e.steps = work.attribution.steps;
	e.complete = work.attribution.complete;
	explain_words(&e, &work);
	explain_frames(&e, &work);
	explain_face(&e, &work);
	explain_pixels(&e, &work);
	explain_modalities(&e, &work);
	explain_functionals(&e, &work);
	check_notes(&e, &work);
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

static double sum_of_rows(Tensor part, int begin, int end)
{
	double sum = 0;
	for (int t = begin; t < end; t++) {
		Tensor row = tensor_row(part, t);
		for (size_t m = 0; m < tensor_count(row); m++)
			sum += (double)row.data[m];
	}
	return sum;
}

double explanation_span(const Explanation *explanation, int begin, int end)
{
	return sum_of_rows(explanation->frame_part, begin, end);
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

enum { MOST = sizeof((TellingFunctionals *)0)->items / sizeof(TellingFunctional) };

/* The largest of `count` parts, whose names are for the caller to fill in. */
static TellingFunctionals most_telling(Arena *arena, const real *parts,
        const real *deviations, int count, int order_of[])
{
	TellingFunctionals telling = { .count = 0 };
	real *sizes = ARENA_ARRAY(arena, real, (size_t)count);
	for (int k = 0; k < count; k++)
		sizes[k] = (real)fabs((double)parts[k]);
	int *order = order_falling(arena, sizes, count);
	for (int i = 0; i < count && i < MOST && sizes[order[i]] > 0; i++) {
		double part = (double)parts[order[i]];
		order_of[i] = order[i];
		telling.items[telling.count++] = (TellingFunctional){
			.deviations = (double)deviations[order[i]],
			.part = part,
			.share = part / (double)sizes[order[0]],
		};
	}
	return telling;
}

TellingFunctionals explanation_functionals(Arena *arena, const Explanation *e)
{
	int count = e->functionals.shape[0];
	int *order = ARENA_ARRAY(arena, int, (size_t)count);
	TellingFunctionals telling = most_telling(
	        arena, e->functional_part.data, e->functionals.data, count, order);
	for (int i = 0; i < telling.count; i++)
		telling.items[i].name = frames_whole_name(arena, e->hears, order[i]);
	return telling;
}

/* Over time: the sum of what a number adds, the mean of what it is. */
TellingFunctionals explanation_units(Arena *arena, const Explanation *e)
{
	int T = e->face.shape[0], F = e->face.shape[1];
	int *order = ARENA_ARRAY(arena, int, (size_t)F);
	real *parts = ARENA_ARRAY(arena, real, (size_t)F);
	real *means = ARENA_ARRAY(arena, real, (size_t)F);
	for (int t = 0; t < T; t++)
		for (int f = 0; f < F; f++) {
			parts[f] += tensor_row(e->face_part, t).data[f];
			means[f] += tensor_row(e->face, t).data[f] / (real)T;
		}
	TellingFunctionals telling = most_telling(arena, parts, means, F, order);
	for (int i = 0; i < telling.count; i++)
		telling.items[i].name = e->face_names[order[i]];
	return telling;
}

TellingFunctionals explanation_moments(Arena *arena, const Explanation *e)
{
	int T = e->face.shape[0], F = e->face.shape[1];
	TellingFunctionals telling = { .count = T < MOST ? T : MOST };
	double most = 1e-30;
	for (int i = 0; i < telling.count; i++) {
		int begin = T * i / telling.count, end = T * (i + 1) / telling.count;
		Tensor part = tensor_slice(e->face, begin, end);
		TellingFunctional *moment = &telling.items[i];
		moment->name = arena_format(arena, "%.2f to %.2f s",
		        begin * e->face_seconds, end * e->face_seconds);
		for (size_t k = 0; k < tensor_count(part); k++)
			moment->deviations += fabs((double)part.data[k]);
		moment->deviations /= (double)(end - begin) * F;
		moment->part = sum_of_rows(e->face_part, begin, end);
		most = fmax(most, fabs(moment->part));
	}
	for (int i = 0; i < telling.count; i++)
		telling.items[i].share = telling.items[i].part / most;
	return telling;
}
