#include "tutorials/web/live/lab.h"

#include "audio/augment.h"
#include "emotionnet/experiment/experiment.h"
#include "emotionnet/stage/stage.h"
#include "tensor/file/json_write.h"
#include "tensor/largest.h"
#include "tutorials/web/live/inside.h"

#include <math.h>
#include <string.h>

static struct {
	Arena *arena;
	Corpus corpus;
} lab;

void lab_corpus(int count)
{
	StageOptions options = stage_defaults();
	options.train = options.validation = 0;
	options.test = count;
	if (lab.arena)
		arena_free(lab.arena);
	lab.arena = arena_new("laboratory");
	stage_make(&lab.corpus, lab.arena, options);
	FILE *out = inside_begin("corpus");
	fprintf(out, ",\"utterances\":[");
	for (int i = 0; i < count; i++) {
		const Utterance *u = &lab.corpus.utterances[i];
		fprintf(out, "%s{\"index\":%d", i ? "," : "", i);
		json_put_text(out, "id", u->id);
		json_put_text(out, "is", corpus_extra(&lab.corpus, u, "kind"));
		json_put_text(out, "label", u->label);
		json_put_text(out, "text", u->text);
		fputc('}', out);
	}
	fputc(']', out);
	inside_end();
}

/* As a model gets it: without the silence around the voice, and then the noise. The same
 * noise for an utterance each time. */
static Clip sound_of(
        Arena *arena, int index, double snr, const Frontend *frontend, double *begin)
{
	Clip clip = { .samples = NULL };
	Error error;
	lab.corpus.sound(&lab.corpus, index, arena, &clip, &error);
	clip = frames_trim(arena, clip, &frontend->frames, begin);
	if (isinf(snr))
		return clip;
	Rng rng = rng_new((uint64_t)index);
	return augment_white_noise(arena, clip, snr, &rng);
}

void lab_sound(int index, double snr)
{
	Arena *arena = arena_new("laboratory, sound");
	double begin;
	Clip clip = sound_of(
	        arena, index, snr, &inside_at(0)->ensemble.models[0].frontend, &begin);
	float *samples = ARENA_ARRAY(arena, float, (size_t)clip.count);
	for (int i = 0; i < clip.count; i++)
		samples[i] = (float)clip.samples[i];
	page_tell(-1, 0, samples, (size_t)clip.count * sizeof *samples);
	arena_free(arena);
}

/* The items of a list, parted by blanks, whose place in `keep` holds a 1. */
static const char *kept(Arena *arena, const char *list, const char *keep)
{
	const char *some = "";
	size_t places = strlen(keep);
	for (size_t i = 0; i < places && *list; i++) {
		size_t size = strcspn(list, " ");
		if (keep[i] == '1')
			some = arena_format(arena, "%s%s%.*s", some, *some ? " " : "",
			        (int)size, list);
		list += size + strspn(list + size, " ");
	}
	return some;
}

typedef struct Trial {
	int index;
	double snr;
	bool speech;
	const char *text, *times;
} Trial;

/* What there is of an utterance, as a model reads it. */
static bool example_of(Arena *arena, const Frontend *frontend, const Trial *trial,
        Example *example, Error *error)
{
	Remarks remarks = { { 0 } };
	double begin = 0;
	Clip clip = sound_of(arena, trial->index, trial->snr, frontend, &begin);
	bool words = *trial->text && frontend_reads_words(frontend);
	if (!frontend_example(frontend, example, arena, words ? trial->text : NULL,
	            frontend_reads_sound(frontend) ? &clip : NULL, &remarks, error))
		return false;
	example->begin = begin;
	if (words)
		frontend_reword(frontend, example, arena, trial->text, trial->times);
	return true;
}

/* Prints ,"label":"joy","p":[0.1,...], or nothing if it cannot say. */
static void put_answer(
        FILE *out, Arena *arena, const Checkpoint *model, const Trial *trial)
{
	Example example;
	Error error;
	ModalitySet lost = { .has = { [MODALITY_TEXT] = !*trial->text,
		                     [MODALITY_SPEECH] = !trial->speech } };
	bool any = false;
	for (ModalityKind kind = 0; kind < MODALITIES; kind++)
		any |= model->frontend.reads.has[kind] && !lost.has[kind];
	if (!any || !example_of(arena, &model->frontend, trial, &example, &error))
		return;
	Dataset one = { .items = &example, .count = 1 };
	frontend_widths(&model->frontend, &one);
	const Labels *labels = &model->frontend.labels;
	Tensor p = experiment_predict(arena, model, &one, &lost, NULL);
	json_put_text(out, "label", labels->names[tensor_argmax(p)]);
	fprintf(out, ",\"p\":[");
	for (int c = 0; c < labels->count; c++) {
		fputs(c ? "," : "", out);
		json_share(out, (double)p.data[c]);
	}
	fputc(']', out);
}

void lab_ask(int index, double snr, int speech, size_t size)
{
	Arena *arena = arena_new("laboratory, question");
	const Utterance *u = &lab.corpus.utterances[index];
	const char *keep = inside_text(arena, size);
	const char *times = corpus_extra(&lab.corpus, u, "word_times");
	Trial trial = { index, snr, speech, kept(arena, u->text, keep),
		kept(arena, times, keep) };
	FILE *out = inside_begin("lab");
	json_put(out, "index", index);
	fprintf(out, ",\"answers\":[");
	const char *comma = "";
	for (int place = 0; place < INSIDE_MODELS; place++) {
		const InsideModel *model = inside_at(place);
		if (!model)
			continue;
		ArenaMark mark = arena_mark(arena);
		const Checkpoint *checkpoint = &model->ensemble.models[0];
		fprintf(out, "%s{\"place\":%d,\"labels\":", comma, place);
		json_names(out, checkpoint->frontend.labels.names,
		        checkpoint->frontend.labels.count);
		put_answer(out, arena, checkpoint, &trial);
		fputc('}', out);
		arena_rewind(arena, mark);
		comma = ",";
	}
	fputc(']', out);
	inside_end();
	arena_free(arena);
}
