#include "emotionnet/serve/why.h"

#include "emotionnet/explain/explanation.h"
#include "tensor/file/json_write.h"

struct Why {
	const Ensemble *ensemble;
	Explainer **explainers; /* one a model */
	Arena *scratch;         /* of one answer */
};

Why *why_new(Arena *arena, const Ensemble *ensemble)
{
	Why *why = ARENA_NEW(arena, Why);
	why->ensemble = ensemble;
	why->scratch = arena_child(arena, "why");
	why->explainers = ARENA_ARRAY(arena, Explainer *, (size_t)ensemble->count);
	for (int m = 0; m < ensemble->count; m++)
		why->explainers[m] = explainer_new(
		        arena, &ensemble->models[m].params, &ensemble->models[m].config);
	return why;
}

double why_hop(const Why *why)
{
	for (int m = 0; m < why->ensemble->count; m++) {
		const Frontend *frontend = &why->ensemble->models[m].frontend;
		if (frontend_reads_frames(frontend))
			return (double)frontend->frames.mel.stft.hop / FRAMES_RATE;
	}
	return 0;
}

static void print_words(FILE *out, const Explanation *e)
{
	fprintf(out, ",\"words\":[");
	for (int w = 0; w < e->word_count; w++) {
		fprintf(out, "%s{\"text\":", w ? "," : "");
		json_bytes(out, e->text + e->words[w].begin,
		        e->words[w].end - e->words[w].begin);
		json_put_share(out, "adds", e->words[w].value);
		fputc('}', out);
	}
	fputc(']', out);
}

static void print_frames(FILE *out, const Explanation *e, double begin)
{
	json_put(out, "begin", begin);
	json_put(out, "hop", e->frame_seconds);
	fprintf(out, ",\"frames\":[");
	for (int t = 0; t < e->frame_part.shape[0]; t++) {
		fputs(t ? "," : "", out);
		json_share(out, explanation_span(e, t, t + 1));
	}
	fputc(']', out);
}

void why_print(FILE *out, Why *why, Live *live, const LiveAnswer *answer)
{
	double adds[MODALITIES] = { 0 };
	ModalitySet told = { { false } };
	bool words = false, frames = false;
	int models = 0;
	for (int m = 0; m < why->ensemble->count; m++) {
		const Checkpoint *model = &why->ensemble->models[m];
		Example example;
		if (!live_example(live, m, &example))
			continue;
		Dataset one = { .items = &example, .count = 1 };
		frontend_widths(&model->frontend, &one);
		Explanation e = explanation_make(why->explainers[m], why->scratch, model,
		        (Question){ &one, 0, answer->label }, answer->text, false);
		for (int i = 0; i < e.modality_count; i++) {
			adds[e.modality[i]] += e.there[i] ? e.total[i] : 0;
			told.has[e.modality[i]] |= e.there[i];
		}
		if (!words && e.word_count)
			print_words(out, &e);
		if (!frames && e.frames.shape[0])
			print_frames(out, &e, answer->begin + example.begin);
		words |= e.word_count > 0;
		frames |= e.frames.shape[0] > 0;
		models++;
		arena_reset(why->scratch);
	}
	fprintf(out, ",\"adds\":{");
	const char *comma = "";
	for (ModalityKind kind = 0; kind < MODALITIES; kind++) {
		if (!told.has[kind])
			continue;
		fprintf(out, "%s\"%s\":", comma, modality_name(kind));
		json_share(out, adds[kind] / models);
		comma = ",";
	}
	fputc('}', out);
}
