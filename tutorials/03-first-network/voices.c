#include "tutorials/03-first-network/voices.h"
#include "emotionnet/import/import.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/rng.h"
#include "tutorials/utterance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRAIN = 600, VALIDATION = 600 };

Corpus voices_corpus(Arena *arena)
{
	const char *data = getenv("EMOTIONNET_DATA");
	Corpus corpus;
	Error error;
	if (data && import_emodb(&corpus, arena, arena_format(arena, "%s/emodb", data),
	                    &(ImportOptions){ .skip_bad = true }, &error))
		return corpus;
	if (data)
		fprintf(stderr, "%s: the embedded corpus is used instead\n", error.text);
	chapter_corpus(&corpus, arena, TRAIN, VALIDATION, "agree=2,voice=2,words=1");
	return corpus;
}

static void describe(
        Arena *arena, const Corpus *corpus, int index, real values[VOICE_FEATURES])
{
	Arena *scratch = arena_child(arena, "voice");
	Clip clip;
	Error error;
	double found[VOICE_FEATURES];
	if (!sound_read(&clip, scratch, corpus, index, &error))
		error_stop(HERE, "voices", "%s", error.text);
	voice_describe(found, scratch, &clip);
	for (int k = 0; k < VOICE_FEATURES; k++)
		values[k] = (real)found[k];
	arena_free(scratch);
}

Voices voices_of(Arena *arena, const Corpus *corpus, Split split, int each)
{
	Tensor x = tensor_new(arena, SHAPE(2 * each, VOICE_FEATURES));
	Tensor sign = tensor_new(arena, SHAPE(2 * each));
	int rows = 0, taken[2] = { 0, 0 };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		int angry = !strcmp(u->label, "anger");
		if (u->split != split || taken[angry] == each)
			continue;
		taken[angry]++;
		describe(arena, corpus, i, x.data + rows * VOICE_FEATURES);
		sign.data[rows++] = angry ? 1 : -1;
	}
	return (Voices){ .x = tensor_slice(x, 0, rows),
		.sign = tensor_slice(sign, 0, rows) };
}

Voices voices_two(Arena *arena, Voices v)
{
	Tensor x = tensor_new(arena, SHAPE(v.x.shape[0], 2));
	for (int i = 0; i < v.x.shape[0]; i++) {
		x.data[2 * i] = v.x.data[i * VOICE_FEATURES + VOICE_PITCH_LEVEL];
		x.data[2 * i + 1] = v.x.data[i * VOICE_FEATURES + VOICE_ENERGY_LEVEL];
	}
	return (Voices){ x, v.sign };
}

Voices voices_some(Arena *arena, Voices v, int count, uint64_t seed)
{
	Rng rng = rng_new(seed);
	int rows = v.x.shape[0];
	int *order = ARENA_ARRAY(arena, int, (size_t)rows);
	Voices some = { tensor_new(arena, SHAPE(count, VOICE_FEATURES)),
		tensor_new(arena, SHAPE(count)) };
	rng_permutation(&rng, rows, order);
	for (int i = 0; i < count; i++) {
		tensor_copy(tensor_row(some.x, i), tensor_row(v.x, order[i]));
		some.sign.data[i] = v.sign.data[order[i]];
	}
	return some;
}

void voices_utterance(Arena *arena, real values[VOICE_FEATURES])
{
	Corpus corpus;
	int index;
	utterance_corpus(&corpus, arena, &index);
	describe(arena, &corpus, index, values);
}

static void standardise(
        real *values, int rows, const double mean[], const double deviation[])
{
	for (int i = 0; i < rows * VOICE_FEATURES; i++) {
		double x = (double)values[i];
		int k = i % VOICE_FEATURES;
		values[i] = (real)(isnan(x) ? 0 : (x - mean[k]) / deviation[k]);
	}
}

void voices_standardise(Voices *train, Voices *validation, real one[VOICE_FEATURES])
{
	double mean[VOICE_FEATURES], deviation[VOICE_FEATURES];
	int rows = train->x.shape[0];
	for (int k = 0; k < VOICE_FEATURES; k++) {
		double sum = 0, squares = 0;
		int count = 0;
		for (int i = 0; i < rows; i++) {
			double x = (double)train->x.data[i * VOICE_FEATURES + k];
			if (isnan(x))
				continue;
			sum += x;
			squares += x * x;
			count++;
		}
		mean[k] = count ? sum / count : 0;
		double variance = count ? squares / count - mean[k] * mean[k] : 0;
		deviation[k] = variance > 1e-12 ? sqrt(variance) : 1;
	}
	standardise(train->x.data, rows, mean, deviation);
	standardise(validation->x.data, validation->x.shape[0], mean, deviation);
	standardise(one, 1, mean, deviation);
}
