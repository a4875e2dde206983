#include "tutorials/utterance.h"
#include "audio/pitch.h"
#include "emotionnet/stage.h"
#include "emotionnet/word_times.h"
#include "tensor/elementary.h"

#include <math.h>

enum { UTTERANCE = 454 }; /* of the training split, if words and voice always agree */

static double rounded(double x)
{
	return floor(x * 100 + 0.5) / 100;
}

/* The three numbers of a word, from the frames that begin in it. */
static void measure(
        const PitchTrack *track, WordTime word, real numbers[UTTERANCE_NUMBERS])
{
	double hertz = 0, level = 0;
	int voiced = 0, frames = 0;
	for (int t = 0; t < track->count; t++) {
		double at = t * track->hop;
		if (at < word.start || at >= word.end)
			continue;
		frames++;
		level += track->level[t];
		voiced += track->hertz[t] > 0;
		hertz += track->hertz[t];
	}
	double octaves = voiced ? double_log(hertz / voiced / 110) / double_log(2) : 0;
	numbers[0] = (real)rounded(word.end - word.start);
	numbers[1] = (real)rounded(octaves);
	numbers[2] = (real)rounded(frames ? (level / frames + 26) / 10 : 0);
}

SpokenUtterance utterance_speak(Arena *arena)
{
	StageOptions options = stage_defaults();
	options.train = UTTERANCE + 1;
	options.validation = options.test = 0;
	for (int kind = 0; kind < STAGE_KINDS; kind++)
		options.mixture[kind] = kind == STAGE_AGREE;
	Arena *scratch = arena_child(arena, "utterance");
	Corpus corpus;
	stage_make(&corpus, scratch, options);
	const Utterance *utterance = &corpus.utterances[UTTERANCE];

	SpokenUtterance spoken = { .text = arena_string(arena, utterance->text),
		.words = { "Infuriatingly", "my", "father", "came", "back" },
		.names = { "long", "high", "loud" },
		.numbers = tensor_new(arena, SHAPE(UTTERANCE_WORDS, UTTERANCE_NUMBERS)) };
	Error error;
	Clip clip;
	const WordTime *times =
	        word_times_parse(scratch, utterance->extra[0], UTTERANCE_WORDS, &error);
	if (!times || !corpus.sound(&corpus, UTTERANCE, scratch, &clip, &error))
		error_stop(HERE, "utterance_speak", "%s", error.text);
	PitchSettings settings = pitch_defaults();
	PitchTrack track = pitch_track(scratch, &clip, &settings);
	for (int w = 0; w < UTTERANCE_WORDS; w++)
		measure(&track, times[w], spoken.numbers.data + w * UTTERANCE_NUMBERS);
	arena_free(scratch);
	return spoken;
}
