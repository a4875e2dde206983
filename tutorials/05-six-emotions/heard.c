#include "tutorials/05-six-emotions/heard.h"
#include "audio/mel/settings.h"
#include "emotionnet/corpus/corpus.h"
#include "emotionnet/stage/speech.h"

#include <math.h>
#include <string.h>

const char *const emotions[CLASSES] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

void features_of(float x[FEATURES], const Clip *clip)
{
	Arena *arena = arena_new("features");
	MelSettings settings;
	mel_preset(&settings, "librosa");
	settings.bands.count = BANDS;
	settings.log = MEL_DECIBEL;
	Tensor mel; /* (frames, BANDS) */
	logmel(&mel, arena, clip, &settings);
	const int frames = mel.shape[0];
	for (int b = 0; b < BANDS; b++) {
		double sum = 0, squares = 0;
		for (int t = 0; t < frames; t++) {
			double loud = (double)mel.data[t * BANDS + b];
			sum += loud;
			squares += loud * loud;
		}
		double mean = sum / frames;
		x[b] = (float)mean;
		x[BANDS + b] = (float)sqrt(fmax(0, squares / frames - mean * mean));
	}
	arena_free(arena);
}

/* An utterance whose words and voice agree on `emotion`. */
static StageTruth truth_of(StageEmotion emotion, Rng *rng)
{
	for (;;) {
		StageTruth truth = stage_draw(STAGE_AGREE, rng);
		if (truth.label == emotion)
			return truth;
	}
}

static void hold_microphone(
        float x[FEATURES], double decibels, const Rng *voices, int speaker)
{
	Rng own = rng_split(voices, (uint64_t)(1000 + speaker));
	for (int b = 0; b < BANDS; b++)
		x[b] += (float)(decibels * (2 * rng_uniform_double(&own) - 1));
}

static void add(Arena *arena, Set *set, const Recipe *recipe, int speaker, int target)
{
	Rng root = rng_new(1), voices = rng_split(&root, SPLIT_COUNT);
	Rng of_set = rng_split(&root, (uint64_t)(10 + recipe->first_speaker));
	StageItem item = { .rng = rng_split(&of_set, (uint64_t)set->count) };
	Rng truth = rng_split(&item.rng, FOR_TRUTH);
	Rng words = rng_split(&item.rng, FOR_SENTENCE);
	item.truth =
	        truth_of(recipe->acted ? (StageEmotion)target : STAGE_NEUTRAL, &truth);
	do
		item.sentence = stage_sentence(arena, &item.truth, &words);
	while ((int)(item.sentence.key % 2) != recipe->half);
	item.speaker = stage_speaker(&voices, speaker);

	Arena *scratch = arena_child(arena, "sound");
	Clip clip = stage_speech(scratch, &item, 0);
	float *x = set->x + set->count * FEATURES;
	features_of(x, &clip);
	hold_microphone(x, recipe->microphone, &voices, speaker);
	arena_free(scratch);
	set->target[set->count] = target;
	set->speaker[set->count] = speaker;
	set->text[set->count++] = item.sentence.written;
}

static Set new_set(Arena *arena, int count)
{
	const size_t n = (size_t)count;
	return (Set){ 0, ARENA_ARRAY(arena, float, n *FEATURES),
		ARENA_ARRAY(arena, int, n), ARENA_ARRAY(arena, int, n),
		ARENA_ARRAY(arena, const char *, n) };
}

Set heard(Arena *arena, Recipe recipe)
{
	int each = recipe.own;
	for (int e = 0; e < CLASSES; e++)
		each += recipe.each[e];
	Set set = new_set(arena, recipe.speakers * each);
	for (int s = 0; s < recipe.speakers; s++) {
		int speaker = recipe.first_speaker + s * recipe.step;
		for (int e = 0; e < CLASSES; e++)
			for (int n = 0; n < recipe.each[e]; n++)
				add(arena, &set, &recipe, speaker, e);
		for (int n = 0; n < recipe.own; n++)
			add(arena, &set, &recipe, speaker, s % CLASSES);
	}
	return set;
}

Set heard_one(Arena *arena, const Clip *clip, int target)
{
	Set set = new_set(arena, 1);
	features_of(set.x, clip);
	set.target[0] = target;
	set.count = 1;
	return set;
}

Set heard_people(Arena *arena, int first_speaker, int speakers, int half)
{
	return heard(arena, (Recipe){ .first_speaker = first_speaker,
	                            .speakers = speakers,
	                            .step = 1,
	                            .each = { 15, 2, 2, 2, 2, 2 },
	                            .acted = true,
	                            .half = half });
}

Set heard_leaking(Arena *arena, int own, double microphone)
{
	Recipe recipe = { .first_speaker = 261,
		.speakers = 2 * CLASSES,
		.step = 2,
		.own = own,
		.acted = false,
		.microphone = microphone };
	for (int e = 0; e < CLASSES; e++)
		recipe.each[e] = (24 - own) / CLASSES;
	return heard(arena, recipe);
}

Set heard_where(Arena *arena, const Set *of, const int pick[], int value)
{
	Set set = new_set(arena, of->count);
	for (int i = 0; i < of->count; i++) {
		if (pick[i] != value)
			continue;
		memcpy(set.x + set.count * FEATURES, of->x + i * FEATURES,
		        FEATURES * sizeof(float));
		set.target[set.count] = of->target[i];
		set.speaker[set.count] = of->speaker[i];
		set.text[set.count++] = of->text[i];
	}
	return set;
}

Scale scale_of(const Set *set)
{
	Scale scale;
	for (int k = 0; k < FEATURES; k++) {
		double sum = 0, squares = 0;
		for (int i = 0; i < set->count; i++) {
			double x = (double)set->x[i * FEATURES + k];
			sum += x;
			squares += x * x;
		}
		double mean = sum / set->count;
		scale.mean[k] = (float)mean;
		scale.deviation[k] =
		        (float)sqrt(fmax(1e-6, squares / set->count - mean * mean));
	}
	return scale;
}

void rescale(Set *set, const Scale *scale)
{
	for (int i = 0; i < set->count; i++)
		for (int k = 0; k < FEATURES; k++) {
			float *x = &set->x[i * FEATURES + k];
			*x = (*x - scale->mean[k]) / scale->deviation[k];
		}
}
