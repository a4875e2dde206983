#include "tutorials/13-alignment/spoken.h"
#include "audio/voice/pitch.h"
#include "emotionnet/corpus/word_times.h"
#include "emotionnet/stage/speech.h"
#include "emotionnet/stage/stage.h"
#include "tensor/elementary.h"
#include "text/tokens.h"
#include "tutorials/lesson/utterance.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

const char *const emotions[EMOTIONS] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

/* --- words and their times -------------------------------------------------------------- */

static int word_id(const Words *words, const char *word)
{
	for (int id = 1; id < words->count; id++)
		if (!strcmp(words->word[id], word))
			return id;
	return 0;
}

static void learn(Words *words, const Spoken *s)
{
	for (int j = 0; j < s->count; j++)
		if (!word_id(words, s->word[j]) && words->count < MOST_WORDS)
			words->word[words->count++] = s->word[j];
}

static void know(const Words *words, Spoken *s)
{
	for (int j = 0; j < s->count; j++)
		s->id[j] = word_id(words, s->word[j]);
}

/* Words, and when they are said. Commas and full stops are left out. */
static void read_words(Arena *arena, Spoken *spoken, const char *times)
{
	Tokens tokens = tokens_split(arena, spoken->text);
	Error error;
	const WordTime *time = word_times_parse(arena, times, tokens.words, &error);
	if (!time)
		error_stop(HERE, "spoken", "%s", error.text);
	for (int i = 0; i < tokens.count && spoken->count < MOST_SAID; i++) {
		const Token *token = &tokens.items[i];
		if (!isalpha((unsigned char)token->text[0]))
			continue;
		spoken->word[spoken->count] = token->text;
		spoken->written[spoken->count] = arena_format(arena, "%.*s",
		        (int)(token->end - token->begin), spoken->text + token->begin);
		spoken->start[spoken->count] = (float)time[token->word].start;
		spoken->stop[spoken->count++] = (float)time[token->word].end;
	}
}

static int cut(int frame, int T)
{
	return frame < 0 ? 0 : frame > T ? T : frame;
}

/* [touched] */
/* The frames that a word touches are first ... last - 1, counted from 0. */
static void touched(int *first, int *last, float start, float stop, int T)
{
	*first = cut((int)floorf(start * RATE), T);
	*last = cut((int)floorf(stop * RATE) + 1, T);
}
/* [/touched] */

void spoken_align(Set set, Times times, float shift)
{
	for (int i = 0; i < set.count; i++) {
		Spoken *s = &set.items[i];
		const float each = (float)s->T / (float)s->count / RATE;
		for (int j = 0; j < s->count; j++) {
			float start = s->start[j] + shift, stop = s->stop[j] + shift;
			if (times == TIMES_EVEN) {
				start = each * (float)j;
				stop = each * (float)(j + 1);
			}
			touched(&s->begin[j], &s->end[j], start, stop, s->T);
			s->begin[j] = cut(s->begin[j] - set.wider, s->T);
			s->end[j] = cut(s->end[j] + set.wider, s->T);
			if (times == TIMES_WHOLE) {
				s->begin[j] = 0;
				s->end[j] = s->T;
			}
		}
	}
}

/* --- sound ------------------------------------------------------------------------------ */

enum { LEAST = -3 }; /* bels: what is more quiet than this is silence */

static double octaves(double hertz)
{
	return double_log(hertz) / double_log(2);
}

static void hear(Arena *arena, Spoken *spoken, const Clip *sound)
{
	Arena *scratch = arena_child(arena, "hear");
	PitchSettings settings = pitch_defaults();
	settings.hop = 1.0 / RATE;
	settings.low = 75;
	const PitchTrack track = pitch_track(scratch, sound, &settings);
	double mean = 0;
	int voiced = 0;
	for (int t = 0; t < track.count; t++)
		if (track.hertz[t] > 0) {
			mean += octaves(track.hertz[t]);
			voiced++;
		}
	mean /= voiced ? voiced : 1;
	spoken->T = track.count;
	spoken->frames = arena_zeros(arena, (size_t)track.count * sizeof *spoken->frames);
	for (int t = 0; t < track.count; t++) {
		const bool voice = track.hertz[t] > 0;
		float *frame = spoken->frames[t];
		frame[HIGH] = voice ? (float)(octaves(track.hertz[t]) - mean) : 0;
		frame[VOICED] = voice;
		frame[LOUD] = (float)fmax(LEAST, (track.level[t] + 26) / 10);
	}
	arena_free(scratch);
}

/* --- the corpus ------------------------------------------------------------------------- */

static Set set_of(
        Arena *arena, const Corpus *corpus, Split split, Words *words, int wider)
{
	Set set = { 0, ARENA_ARRAY(arena, Spoken, (size_t)corpus->count), wider };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		if (u->split != split)
			continue;
		Spoken *s = &set.items[set.count++];
		s->text = u->text;
		while (strcmp(emotions[s->label], u->label) != 0)
			s->label++;
		read_words(arena, s, corpus_extra(corpus, u, "word_times"));
		if (split == SPLIT_TRAIN)
			learn(words, s);
		know(words, s);
		Arena *scratch = arena_child(arena, "sound");
		Clip sound;
		Error error;
		if (!corpus->sound(corpus, i, scratch, &sound, &error))
			error_stop(HERE, "spoken", "%s", error.text);
		hear(arena, s, &sound);
		arena_free(scratch);
	}
	spoken_align(set, TIMES_RIGHT, 0);
	return set;
}

void spoken_make(Arena *arena, Sets *sets, int train, int test, int wider)
{
	StageOptions options = stage_defaults();
	options.train = train;
	options.validation = 0;
	options.test = test;
	Error error;
	if (!stage_mixture(options.mixture, "stress", &error))
		error_stop(HERE, "spoken", "%s", error.text);
	Corpus corpus;
	stage_make(&corpus, arena, options);
	sets->words = (Words){ .count = 1, .word = { "?" } };
	sets->train = set_of(arena, &corpus, SPLIT_TRAIN, &sets->words, wider);
	sets->test = set_of(arena, &corpus, SPLIT_TEST, &sets->words, wider);
}

/* --- single sentences ------------------------------------------------------------------- */

void spoken_angry(Arena *arena, Spoken *spoken, Clip *sound)
{
	Corpus corpus;
	Error error;
	int index;
	utterance_corpus(&corpus, arena, &index);
	const Utterance *u = &corpus.utterances[index];
	*spoken = (Spoken){ .text = u->text };
	read_words(arena, spoken, corpus_extra(&corpus, u, "word_times"));
	if (!corpus.sound(&corpus, index, arena, sound, &error))
		error_stop(HERE, "spoken", "%s", error.text);
	hear(arena, spoken, sound);
	spoken_align((Set){ 1, spoken, 0 }, TIMES_RIGHT, 0);
}

/* Says a sentence with the first of its emotion words stressed, then with the second. */
static void say_twice(Arena *arena, Spoken pair[2], Clip sound[2], StageItem item)
{
	for (int stressed = 0; stressed < 2; stressed++) {
		item.truth.stressed = stressed;
		item.truth.label = item.truth.words[stressed];
		Spoken *s = &pair[stressed];
		*s = (Spoken){ .text = item.sentence.written,
			.label = (int)item.truth.label };
		read_words(arena, s, stage_word_times(arena, &item));
		sound[stressed] = stage_speech(arena, &item, 0);
		hear(arena, s, &sound[stressed]);
		spoken_align((Set){ 1, s, 0 }, TIMES_RIGHT, 0);
	}
}

void spoken_pair(Arena *arena, Spoken pair[2], Clip sound[2])
{
	enum { WOMAN = 39, SENTENCE = 30667 }; /* "I felt angry and happy when ..." */
	const Rng speakers = rng_new(1);
	StageItem item = { .rng = rng_new(SENTENCE),
		.truth = { .kind = STAGE_STRESS,
		        .words = { STAGE_ANGER, STAGE_JOY },
		        .spoken = STAGE_ANGER,
		        .manner = STAGE_NEUTRAL },
		.speaker = stage_speaker(&speakers, WOMAN) };
	Rng words = rng_split(&item.rng, FOR_SENTENCE);
	item.sentence = stage_sentence(arena, &item.truth, &words);
	say_twice(arena, pair, sound, item);
}

Set spoken_twice(Arena *arena, const Words *words, int pairs, int wider)
{
	enum { FIRST_SPEAKER = 50, SPEAKERS = 16, FOR_TESTS = 8 };
	const Rng root = rng_new(1), speakers = rng_split(&root, SPLIT_COUNT);
	Set set = { 2 * pairs, ARENA_ARRAY(arena, Spoken, 2 * (size_t)pairs), wider };
	for (int i = 0; i < pairs; i++) {
		StageItem item = { .rng = rng_new((uint64_t)i) };
		Rng truth = rng_split(&item.rng, FOR_TRUTH);
		Rng draws = rng_split(&item.rng, FOR_SENTENCE);
		item.speaker = stage_speaker(&speakers, FIRST_SPEAKER + i % SPEAKERS);
		item.truth = stage_draw(STAGE_STRESS, &truth);
		do
			item.sentence = stage_sentence(arena, &item.truth, &draws);
		while (item.sentence.key % 10 < FOR_TESTS); /* as the corpus is split */
		Clip sound[2];
		say_twice(arena, &set.items[2 * i], sound, item);
		for (int v = 0; v < 2; v++)
			know(words, &set.items[2 * i + v]);
	}
	return set;
}
