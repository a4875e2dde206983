#include "tutorials/11-two-modalities/trials.h"
#include "tutorials/11-two-modalities/fuse.h"

#include <math.h>

const char *const way_names[WAYS] = { "words alone", "voice alone", "mean", "product",
	"middle" };

static int largest(const float p[EMOTIONS])
{
	int best = 0;
	for (int c = 1; c < EMOTIONS; c++)
		best = p[c] > p[best] ? c : best;
	return best;
}

void way_answer(float p[EMOTIONS], Way way, const Models *models, const float prior[],
        const Both *u)
{
	Pass text, voice, middle;
	model_forward(&models->text, u, &text);
	model_forward(&models->voice, u, &voice);
	model_forward(&models->middle, u, &middle);
	const Pass *alone = way == BY_TEXT ? &text : way == BY_VOICE ? &voice : &middle;
	for (int c = 0; c < EMOTIONS; c++)
		p[c] = alone->p[c];
	if (way == BY_MEAN)
		fuse_mean(p, text.p, voice.p, prior, EMOTIONS);
	if (way == BY_PRODUCT) {
		fuse_logits(p, text.z, voice.z, prior, EMOTIONS);
		to_probabilities(p, p, EMOTIONS);
	}
}

/* --- measuring ---------------------------------------------------------------------- */

static void measure(Trials *trials, int seed, const BothSet *set)
{
	for (int way = 0; way < WAYS; way++) {
		int right[KINDS + 1] = { 0 };
		for (int i = 0; i < set->count; i++) {
			const Both *u = &set->items[i];
			float p[EMOTIONS];
			way_answer(p, (Way)way, &trials->models[seed], trials->prior, u);
			right[u->kind] += largest(p) == u->emotion;
			right[KINDS] += largest(p) == u->emotion;
			trials->sure[way][seed] += (double)p[largest(p)] / set->count;
		}
		for (int k = 0; k <= KINDS; k++)
			trials->accuracy[way][k][seed] =
			        (double)right[k] / fmax(1, trials->count[k]);
	}
}

/* Of the weights 0, 0.1, ... 1, the best for irony: chosen on what it is measured on. */
static double best_weighted(const Models *models, const BothSet *set, int ironic)
{
	int best = 0;
	for (int tenths = 0; tenths <= 10; tenths++) {
		int right = 0;
		for (int i = 0; i < set->count; i++) {
			const Both *u = &set->items[i];
			float p[EMOTIONS];
			Pass text, voice;
			if (u->kind != IRONY)
				continue;
			model_forward(&models->text, u, &text);
			model_forward(&models->voice, u, &voice);
			fuse_weighted(p, text.p, voice.p, (float)tenths / 10, EMOTIONS);
			right += largest(p) == u->emotion;
		}
		best = right > best ? right : best;
	}
	return (double)best / fmax(1, ironic);
}

int way_says(Way way, const Trials *trials, const Both *u, int emotion)
{
	int times = 0;
	for (int s = 0; s < SEEDS; s++) {
		float p[EMOTIONS];
		way_answer(p, way, &trials->models[s], trials->prior, u);
		times += largest(p) == emotion;
	}
	return times;
}

Trials trials_run(Arena *arena, const Data *data, int epochs, int batch, float rate)
{
	const BothSet train = data->train, *set = &data->validation;
	const int ids = data->ears.vocabulary.words.count;
	Trials trials = { .count = { 0 } };
	for (int i = 0; i < train.count; i++)
		trials.prior[train.items[i].emotion] += 1 / (float)train.count;
	for (int i = 0; i < set->count; i++) {
		trials.count[set->items[i].kind]++;
		trials.count[KINDS]++;
	}
	for (int s = 0; s < SEEDS; s++) {
		const Plan plan = { epochs, batch, rate, (uint64_t)s + 1 };
		trials.models[s] =
		        (Models){ model_train(arena, true, false, ids, train, plan),
			        model_train(arena, false, true, ids, train, plan),
			        model_train(arena, true, true, ids, train, plan) };
		measure(&trials, s, set);
		trials.weighted[s] =
		        best_weighted(&trials.models[s], set, trials.count[IRONY]);
	}
	return trials;
}
