#include "tutorials/08-sound/carry.h"
#include "audio/mel/mel.h"
#include "audio/mel/settings.h"
#include "audio/mel/mfcc.h"
#include "audio/resample.h"
#include "audio/voice/pitch.h"
#include "emotionnet/corpus/sound.h"
#include "tensor/elementary.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000, COEFFICIENTS = NUMBERS - SHAPE_OF_MEL + 1 };

/* --- one voice -------------------------------------------------------------------------- */

/* [prosody] */
static void measure_prosody(float x[NUMBERS], const PitchTrack *track, int letters)
{
	double level = 0, octaves = 0, squares = 0;
	int voiced = 0, first = track->count, last = 0;
	for (int t = 0; t < track->count; t++) {
		if (track->hertz[t] <= 0)
			continue; /* silence, or a consonant without a pitch */
		const double octave = double_log(track->hertz[t] / 110) / LN_2;
		level += track->level[t];
		octaves += octave;
		squares += octave * octave;
		voiced++;
		first = t < first ? t : first;
		last = t;
	}
	const double mean = octaves / voiced, seconds = (last - first + 1) * track->hop;
	x[LOUD] = (float)(level / voiced);
	x[FAST] = (float)(letters / seconds);
	x[HIGH] = (float)mean;
	x[MOVES] = (float)sqrt(fmax(0, squares / voiced - mean * mean));
}
/* [/prosody] */

static void measure_shape(float x[NUMBERS], const Clip *clip, Arena *scratch)
{
	MelSettings settings;
	Tensor mel; /* (T, bands) */
	mel_preset(&settings, "torchaudio");
	settings.bands.count = 40;
	settings.stft.hop = 320;
	mel_run(mel_plan(scratch, &settings, RATE), &mel, scratch, clip);
	const Tensor c = mfcc(scratch, mel, COEFFICIENTS, 0); /* (T, 31) */
	for (int i = 1; i < COEFFICIENTS; i++) {
		double sum = 0;
		for (int t = 0; t < c.shape[0]; t++)
			sum += (double)c.data[t * COEFFICIENTS + i];
		x[SHAPE_OF_MEL + i - 1] = (float)(sum / c.shape[0]);
	}
}

static int letters_of(const char *text)
{
	int letters = 0;
	for (; *text; text++)
		letters += strchr(" ,.:;!?'", *text) == NULL;
	return letters;
}

/* Without the labels: whoever knows who speaks can do this. */
static void measure_higher(Voices *voices)
{
	for (int s = 0; s < voices->speakers; s++) {
		double sum = 0;
		int count = 0;
		for (int i = 0; i < voices->count; i++)
			if (voices->of[i].speaker == s) {
				sum += (double)voices->of[i].x[HIGH];
				count++;
			}
		for (int i = 0; i < voices->count; i++)
			if (voices->of[i].speaker == s)
				voices->of[i].x[HIGHER] =
				        (float)((double)voices->of[i].x[HIGH] -
				                sum / count);
	}
}

bool voices_measure(Voices *voices, Arena *arena, const Corpus *corpus, Error *error)
{
	const Labels labels = corpus_labels(corpus, SPLIT_TRAIN, arena);
	StringSet speakers = stringset_new(arena);
	*voices = (Voices){ .labels = labels.count,
		.label_names = labels.names,
		.of = ARENA_ARRAY(arena, Voice, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *utterance = &corpus->utterances[i];
		Arena *scratch = arena_child(arena, "voice");
		Voice *voice = &voices->of[voices->count];
		Clip clip;
		if (!sound_read(&clip, scratch, corpus, i, error)) {
			arena_free(scratch);
			return false;
		}
		clip = resample(scratch, clip, RATE);
		const PitchSettings settings = pitch_defaults();
		const PitchTrack track = pitch_track(scratch, &clip, &settings);
		measure_prosody(voice->x, &track, letters_of(utterance->text));
		measure_shape(voice->x, &clip, scratch);
		voice->label = labels_index(&labels, utterance->label);
		voice->speaker = stringset_add(&speakers, utterance->speaker);
		voices->speakers = speakers.count;
		voices->count++;
		arena_free(scratch);
	}
	measure_higher(voices);
	return true;
}

double voices_mean(const Voices *voices, int label, int f)
{
	double sum = 0;
	int count = 0;
	for (int i = 0; i < voices->count; i++)
		if (voices->of[i].label == label) {
			sum += (double)voices->of[i].x[f];
			count++;
		}
	return sum / count;
}

/* --- the nearest mean ------------------------------------------------------------------- */

enum { MOST_LABELS = 16, MOST_SPEAKERS = 512 };

typedef struct Means {
	int labels, first, count;
	double of[MOST_LABELS][NUMBERS], deviation[NUMBERS];
} Means;

static void learn(Means *means, const Voices *voices, const bool teaches[])
{
	double n[MOST_LABELS] = { 0 }, all = 0, sum[NUMBERS] = { 0 },
	       squares[NUMBERS] = { 0 };
	for (int i = 0; i < voices->count; i++) {
		const Voice *voice = &voices->of[i];
		if (!teaches[voice->speaker])
			continue;
		n[voice->label]++;
		all++;
		for (int f = 0; f < NUMBERS; f++) {
			const double x = (double)voice->x[f];
			means->of[voice->label][f] += x;
			sum[f] += x;
			squares[f] += x * x;
		}
	}
	for (int f = 0; f < NUMBERS; f++) {
		means->deviation[f] = sqrt(squares[f] / all - pow(sum[f] / all, 2));
		for (int c = 0; c < means->labels; c++)
			means->of[c][f] /= n[c];
	}
}

/* [nearest] */
static int nearest(const Means *means, const float x[NUMBERS])
{
	int best = 0;
	double least = (double)INFINITY;
	for (int c = 0; c < means->labels; c++) {
		double distance = 0;
		for (int f = means->first; f < means->first + means->count; f++) {
			double d = ((double)x[f] - means->of[c][f]) / means->deviation[f];
			distance += d * d;
		}
		if (distance < least) {
			least = distance;
			best = c;
		}
	}
	return best;
}
/* [/nearest] */

double nearest_mean_uar(const Voices *voices, int first, int count, uint64_t seed)
{
	bool teaches[MOST_SPEAKERS] = { false };
	int order[MOST_SPEAKERS];
	Rng rng = rng_new(seed);
	for (int s = 0; s < voices->speakers; s++) { /* each to a place at random */
		const int place = rng_below(&rng, s + 1);
		order[s] = order[place];
		order[place] = s;
	}
	for (int s = 0; s < voices->speakers / 2; s++)
		teaches[order[s]] = true;
	Means means = { .labels = voices->labels, .first = first, .count = count };
	learn(&means, voices, teaches);
	double right[MOST_LABELS] = { 0 }, n[MOST_LABELS] = { 0 }, recall = 0;
	for (int i = 0; i < voices->count; i++) {
		const Voice *voice = &voices->of[i];
		if (teaches[voice->speaker])
			continue;
		n[voice->label]++;
		right[voice->label] += nearest(&means, voice->x) == voice->label;
	}
	for (int c = 0; c < voices->labels; c++)
		recall += right[c] / n[c] / voices->labels;
	return recall;
}
