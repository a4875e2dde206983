#include "tutorials/03-first-network/sentences.h"
#include "emotionnet/stage/speech.h"
#include "emotionnet/stage/stage.h"
#include "tensor/elementary.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* --- two numbers -------------------------------------------------------------------- */

typedef struct Rating {
	const char *word;
	int value;
} Rating;

/* By our own feeling for the words. Published lists are made in the same way, by
 * several people. */
static const Rating ratings[] = { { "pleased", 1 }, { "glad", 1 }, { "happy", 2 },
	{ "cheerful", 2 }, { "joyful", 2 }, { "delighted", 2 }, { "thrilled", 3 },
	{ "overjoyed", 3 }, { "happily", 2 }, { "luckily", 2 }, { "thankfully", 1 },
	{ "fortunately", 1 }, { "great", 2 }, { "lovely", 2 }, { "wonderful", 3 },
	{ "delightful", 2 }, { "fantastic", 3 }, { "marvelous", 3 }, { "annoyed", -1 },
	{ "irritated", -1 }, { "mad", -2 }, { "angry", -2 }, { "furious", -3 },
	{ "outraged", -3 }, { "livid", -3 }, { "enraged", -3 }, { "annoyingly", -1 },
	{ "maddeningly", -2 }, { "infuriatingly", -3 }, { "outrageously", -2 },
	{ "annoying", -1 }, { "irritating", -1 }, { "maddening", -2 },
	{ "infuriating", -3 }, { "outrageous", -2 }, { "disgraceful", -2 } };

static int rating_of_word(const char *word, int length)
{
	for (size_t k = 0; k < sizeof ratings / sizeof ratings[0]; k++) {
		const char *known = ratings[k].word;
		int same = 0;
		while (same < length && known[same] == tolower((unsigned char)word[same]))
			same++;
		if (same == length && !known[same])
			return ratings[k].value;
	}
	return 0;
}

float rating_of(const char *text)
{
	int sum = 0;
	while (*text) {
		int length = 0;
		while (isalpha((unsigned char)text[length]))
			length++;
		sum += rating_of_word(text, length);
		text += length + (text[length] != 0);
	}
	return (float)sum;
}

/* [loudness] */
float loudness_of(const Clip *clip)
{
	double sum = 0;
	for (int i = 0; i < clip->count; i++)
		sum += (double)clip->samples[i] * (double)clip->samples[i];
	double decibels = 10 * double_log(sum / clip->count) / double_log(10);
	double loud = (decibels + 24) / 2;
	return (float)(floor(100 * loud + 0.5) / 100); /* two decimals */
}
/* [/loudness] */

/* --- three sets --------------------------------------------------------------------- */

static Sentences set_of(Arena *arena, const Corpus *corpus, Split split)
{
	Sentences set = { 0, ARENA_ARRAY(arena, Sentence, (size_t)corpus->count) };
	for (int i = 0; i < corpus->count; i++) {
		const Utterance *u = &corpus->utterances[i];
		bool angry = !strcmp(u->label, "anger");
		if (u->split != split || (!angry && strcmp(u->label, "joy") != 0))
			continue;
		Arena *scratch = arena_child(arena, "sound");
		Clip clip;
		Error error;
		if (!corpus->sound(corpus, i, scratch, &clip, &error))
			error_stop(HERE, "sentences", "%s", error.text);
		set.items[set.count++] =
		        (Sentence){ .x = { [WORDS] = rating_of(u->text),
			                    [LOUD] = loudness_of(&clip) },
			        .angry = angry };
		arena_free(scratch);
	}
	return set;
}

void sentences_make(Arena *arena, const char *kinds, Sentences *train, Sentences *val,
        Sentences *test)
{
	StageOptions options = stage_defaults();
	options.train = 600; /* of six emotions; two of them are taken */
	options.validation = options.test = 300;
	options.seed = 1;
	Error error;
	if (!stage_mixture(options.mixture, kinds, &error))
		error_stop(HERE, "sentences", "%s", error.text);
	Corpus corpus;
	stage_make(&corpus, arena, options);
	*train = set_of(arena, &corpus, SPLIT_TRAIN);
	*val = set_of(arena, &corpus, SPLIT_VALIDATION);
	*test = set_of(arena, &corpus, SPLIT_TEST);
}

Sentences sentences_some(Arena *arena, Sentences of, int count, int wrong, uint64_t seed)
{
	Sentences some = { count, ARENA_ARRAY(arena, Sentence, (size_t)count) };
	int *order = ARENA_ARRAY(arena, int, (size_t)of.count);
	Rng rng = rng_new(seed);
	rng_permutation(&rng, of.count, order);
	for (int i = 0; i < count; i++) {
		some.items[i] = of.items[order[i]];
		if (i < wrong)
			some.items[i].angry = 1 - some.items[i].angry;
	}
	return some;
}

/* --- one speaker, five times -------------------------------------------------------- */

Spoken sentence_say(Arena *arena, Said said)
{
	enum { UTTERANCE = 454, SPEAKER = 39 }; /* tutorials/lesson/utterance.h */
	static const char *const texts[] = { "Infuriatingly, my father came back.",
		"Luckily, my father came back." };
	static const struct {
		int text;
		StageEmotion label, manner;
		const char *voice;
	} ways[SAID] = {
		[FURIOUS_ANGRILY] = { 0, STAGE_ANGER, STAGE_ANGER, "angry" },
		[FURIOUS_PLAINLY] = { 0, STAGE_ANGER, STAGE_NEUTRAL, "plain" },
		[LUCKY_PLAINLY] = { 1, STAGE_JOY, STAGE_NEUTRAL, "plain" },
		[LUCKY_IRONICALLY] = { 1, STAGE_ANGER, STAGE_IRONIC, "ironic" },
		[FURIOUS_IRONICALLY] = { 0, STAGE_JOY, STAGE_IRONIC, "ironic" },
	};
	/* The streams of random numbers that the embedded corpus has for them. */
	Rng root = rng_new(1), of_split = rng_split(&root, SPLIT_TRAIN);
	Rng of_speakers = rng_split(&root, SPLIT_COUNT);
	const char *text = texts[ways[said].text];
	StageItem item = { .rng = rng_split(&of_split, UTTERANCE),
		.truth = { .label = ways[said].label,
		        .manner = ways[said].manner,
		        .stressed = -1 },
		.sentence = { .spoken = text,
		        .written = text,
		        .words = 5,
		        .emotion_word = { 0, -1 } },
		.speaker = stage_speaker(&of_speakers, SPEAKER) };
	Clip clip = stage_speech(arena, &item, 0);
	return (Spoken){ text, ways[said].voice, clip,
		{ .x = { [WORDS] = rating_of(text), [LOUD] = loudness_of(&clip) },
		        .angry = ways[said].label == STAGE_ANGER } };
}
