#include "tutorials/15-missing/data.h"
#include "audio/augment.h"
#include "audio/mel/settings.h"
#include "emotionnet/stage/stage.h"

#include <math.h>
#include <string.h>

const double noise_db[NOISES] = { 40, 10, 5, 0, -5 };

const char *const emotions[EMOTIONS] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

static void features_of(float x[FEATURES], const Clip *clip)
{
	Arena *arena = arena_new("features");
	MelSettings settings;
	mel_preset(&settings, "librosa");
	settings.bands.count = BANDS;
	settings.log = MEL_DECIBEL;
	Tensor mel; /* (frames,BANDS) */
	logmel(&mel, arena, clip, &settings);
	const int frames = mel.shape[0];
	for (int b = 0; b < BANDS; b++) {
		double sum = 0, squares = 0;
		for (int t = 0; t < frames; t++) {
			const double loud = (double)mel.data[t * BANDS + b];
			sum += loud;
			squares += loud * loud;
		}
		const double mean = sum / frames;
		x[b] = (float)mean;
		x[BANDS + b] = (float)sqrt(fmax(0, squares / frames - mean * mean));
	}
	arena_free(arena);
}

static Set set_new(Arena *arena, int count)
{
	const size_t n = (size_t)count;
	return (Set){ 0, ARENA_ARRAY(arena, int, n *MOST_WORDS),
		ARENA_ARRAY(arena, int, n), ARENA_ARRAY(arena, float, n *FEATURES),
		ARENA_ARRAY(arena, int, n), ARENA_ARRAY(arena, const char *, n) };
}

/* The next utterance of a set, but for its sound. */
static void add_words(Arena *arena, Set *set, const Vocabulary *words, const char *text,
        const char *label)
{
	const Tokens tokens = tokens_split(arena, text);
	const int *ids = vocabulary_ids(words, arena, &tokens), i = set->count++;
	const int length = tokens.count < MOST_WORDS ? tokens.count : MOST_WORDS;
	memcpy(set->ids + i * MOST_WORDS, ids, (size_t)length * sizeof(int));
	set->lengths[i] = length;
	((const char **)set->text)[i] = arena_string(arena, text);
	while (strcmp(emotions[set->label[i]], label) != 0)
		set->label[i]++;
}

static Clip sound_of(Arena *arena, const Corpus *corpus, int index)
{
	Clip clip;
	Error error;
	if (!corpus->sound(corpus, index, arena, &clip, &error))
		error_stop(HERE, "sound_of", "%s", error.text);
	return clip;
}

static void add(Arena *arena, Data *d, Set *set, const Corpus *corpus, int index)
{
	const Utterance *u = &corpus->utterances[index];
	Arena *scratch = arena_new("sound");
	const Clip clip = sound_of(scratch, corpus, index);
	const int i = set->count, noises = u->split == SPLIT_TRAIN ? 1 : NOISES;
	Rng rng = rng_new((uint64_t)(1000 + index));
	for (int n = 0; n < noises; n++) {
		Set *to = &set[n];
		add_words(arena, to, &d->words, u->text, u->label);
		const Clip heard = n == CLEAN ? clip
		                              : augment_white_noise(
		                                        scratch, clip, noise_db[n], &rng);
		features_of(to->sound + i * FEATURES, &heard);
	}
	arena_free(scratch);
}

/* Each feature gets the mean 0 and the deviation 1 over the training set. */
static void rescale_all(Data *d)
{
	Set *sets[3 + 2 * NOISES] = { &d->train, &d->angry[0], &d->angry[1] };
	for (int n = 0; n < NOISES; n++) {
		sets[3 + n] = &d->validation[n];
		sets[3 + NOISES + n] = &d->test[n];
	}
	for (int k = 0; k < FEATURES; k++) {
		double sum = 0, squares = 0;
		for (int i = 0; i < d->train.count; i++) {
			const double x = (double)d->train.sound[i * FEATURES + k];
			sum += x;
			squares += x * x;
		}
		const double mean = sum / d->train.count;
		const double deviation =
		        sqrt(fmax(1e-6, squares / d->train.count - mean * mean));
		for (int s = 0; s < 3 + 2 * NOISES; s++)
			for (int i = 0; i < sets[s]->count; i++) {
				float *x = &sets[s]->sound[i * FEATURES + k];
				*x = (float)(((double)*x - mean) / deviation);
			}
	}
}

Data the_data(Arena *arena, const Clip *angry, const Clip *noisy, const char *text)
{
	Corpus corpus;
	Error error;
	StageOptions options = stage_defaults();
	options.train = TRAIN;
	options.validation = VALIDATION;
	options.test = TEST;
	options.seed = 1;
	if (!stage_mixture(options.mixture, "agree=2,words,voice", &error))
		error_stop(HERE, "the_data", "%s", error.text);
	stage_make(&corpus, arena, options);

	Data d = { .train = set_new(arena, TRAIN) };
	for (int n = 0; n < NOISES; n++) {
		d.validation[n] = set_new(arena, VALIDATION);
		d.test[n] = set_new(arena, TEST);
	}
	WordCounts counts = wordcounts_new(arena);
	for (int i = 0; i < TRAIN; i++) {
		const Tokens tokens = tokens_split(arena, corpus.utterances[i].text);
		wordcounts_add(&counts, &tokens);
	}
	d.words = vocabulary_build(arena, &counts, 2, 0);
	Set *sets[SPLIT_COUNT] = { &d.train, d.validation, d.test };
	for (int i = 0; i < corpus.count; i++)
		add(arena, &d, sets[corpus.utterances[i].split], &corpus, i);
	for (int n = 0; n < 2; n++) {
		d.angry[n] = set_new(arena, 1);
		add_words(arena, &d.angry[n], &d.words, text, "anger");
		features_of(d.angry[n].sound, n ? noisy : angry);
	}
	rescale_all(&d);
	return d;
}
