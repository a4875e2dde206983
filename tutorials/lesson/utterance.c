#include "tutorials/lesson/utterance.h"
#include "audio/voice/pitch.h"
#include "emotionnet/stage/stage.h"
#include "tensor/elementary.h"

#include <math.h>

void chapter_corpus(
        Corpus *corpus, Arena *arena, int train, int validation, const char *kinds)
{
	StageOptions options = stage_defaults();
	options.train = train;
	options.validation = validation;
	options.test = 0;
	options.seed = 1;
	options.snr = -6;
	Error error;
	if (!stage_mixture(options.mixture, kinds, &error))
		error_stop(HERE, "chapter_corpus", "%s", error.text);
	stage_make(corpus, arena, options);
}

void utterance_corpus(Corpus *corpus, Arena *arena, int *utterance)
{
	*utterance = 454; /* of the training split, if words and voice always agree */
	chapter_corpus(corpus, arena, *utterance + 1, 0, "agree");
}

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

enum { AFRAID = 38, ANGRY = -1 /* the last */ };

/* An utterance of that corpus, which has the words of `spoken`. */
static SpokenUtterance speak(Arena *arena, int index, SpokenUtterance spoken)
{
	Arena *scratch = arena_child(arena, "utterance");
	Corpus corpus;
	int last;
	utterance_corpus(&corpus, scratch, &last);
	if (index == ANGRY)
		index = last;
	const Utterance *utterance = &corpus.utterances[index];

	spoken.text = arena_string(arena, utterance->text);
	spoken.numbers = tensor_new(arena, SHAPE(spoken.count, UTTERANCE_NUMBERS));
	Error error;
	const WordTime *times =
	        word_times_parse(scratch, utterance->extra[0], spoken.count, &error);
	if (!times || !corpus.sound(&corpus, index, arena, &spoken.sound, &error))
		error_stop(HERE, "utterance_speak", "%s", error.text);
	PitchSettings settings = pitch_defaults();
	PitchTrack track = pitch_track(scratch, &spoken.sound, &settings);
	for (int w = 0; w < spoken.count; w++) {
		spoken.times[w] = times[w];
		measure(&track, times[w], spoken.numbers.data + w * UTTERANCE_NUMBERS);
	}
	arena_free(scratch);
	return spoken;
}

SpokenUtterance utterance_speak(Arena *arena)
{
	return speak(arena, ANGRY,
	        (SpokenUtterance){ .count = UTTERANCE_WORDS,
	                .words = { "Infuriatingly", "my", "father", "came", "back" },
	                .names = { "long", "high", "loud" } });
}

SpokenUtterance utterance_speak_afraid(Arena *arena)
{
	return speak(arena, AFRAID,
	        (SpokenUtterance){ .count = 4,
	                .words = { "Alarmingly", "my", "cousin", "phoned" },
	                .names = { "long", "high", "loud" } });
}
