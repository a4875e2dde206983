#include "tutorials/09-speech/spoken.h"
#include "audio/mel/mel.h"
#include "audio/mel/settings.h"
#include "emotionnet/stage/speech.h"

#include <string.h>

const char *const emotions[EMOTIONS] = { "neutral", "joy", "sadness", "anger", "fear",
	"surprise" };

void frames_of(Heard *heard, const Clip *clip)
{
	Arena *arena = arena_new("frames");
	MelSettings settings;
	mel_preset(&settings, "librosa");
	settings.stft.fft = settings.stft.window = 512;
	settings.stft.hop = clip->rate / FRAMES_A_SECOND;
	settings.bands.count = BANDS;
	Tensor mel; /* (frames,BANDS) */
	logmel(&mel, arena, clip, &settings);
	heard->T = mel.shape[0] < MOST_FRAMES ? mel.shape[0] : MOST_FRAMES;
	for (int t = 0; t < heard->T; t++)
		for (int f = 0; f < BANDS; f++)
			heard->x[t][f] = (float)mel.data[t * BANDS + f];
	arena_free(arena);
}

/* An utterance whose voice says `emotion`. */
static StageTruth truth_of(StageEmotion emotion, Rng *rng)
{
	for (;;) {
		StageTruth truth = stage_draw(STAGE_VOICE, rng);
		if (truth.label == emotion)
			return truth;
	}
}

/* The streams of the embedded corpus with seed 1: speaker 39 is woman39 there, too. */
static Rng root(void)
{
	return rng_new(1);
}

static Rng voices(void)
{
	const Rng all = root();
	return rng_split(&all, 3);
}

static void through_microphone(Heard *heard, float decibels)
{
	const Rng all = voices();
	Rng own = rng_split(&all, (uint64_t)(1000 + heard->speaker));
	for (int f = 0; f < BANDS; f++) {
		const float more = decibels * (2 * (float)rng_uniform_double(&own) - 1);
		for (int t = 0; t < heard->T; t++)
			heard->x[t][f] += more;
	}
}

/* The n-th utterance of a speaker. */
static Clip say(Arena *arena, int speaker, int n, StageEmotion emotion)
{
	const Rng all = root(), streams = voices();
	const Rng own = rng_split(&all, (uint64_t)(1000 + speaker));
	StageItem item = { .rng = rng_split(&own, (uint64_t)n) };
	Rng truth = rng_split(&item.rng, FOR_TRUTH);
	Rng words = rng_split(&item.rng, FOR_SENTENCE);
	item.truth = truth_of(emotion, &truth);
	item.sentence = stage_sentence(arena, &item.truth, &words);
	item.speaker = stage_speaker(&streams, speaker);
	return stage_speech(arena, &item, 0);
}

Set speak(Arena *arena, int first, int speakers, int each, float microphone,
        bool keep_sounds)
{
	const int a_speaker = EMOTIONS * each, count = speakers * a_speaker;
	Set set = { count, ARENA_ARRAY(arena, Heard, (size_t)count), NULL };
	if (keep_sounds)
		set.sounds = ARENA_ARRAY(arena, Clip, (size_t)count);
	Arena *scratch = arena_child(arena, "sounds");
	for (int i = 0; i < count; i++) {
		Heard *heard = &set.items[i];
		heard->label = i % EMOTIONS;
		heard->speaker = first + i / a_speaker;
		Clip sound = say(keep_sounds ? arena : scratch, heard->speaker,
		        i % a_speaker, (StageEmotion)heard->label);
		frames_of(heard, &sound);
		through_microphone(heard, microphone);
		if (keep_sounds)
			set.sounds[i] = sound;
		arena_reset(scratch);
	}
	arena_free(scratch);
	return set;
}

Set set_copy(Arena *arena, Set set)
{
	const size_t size = (size_t)set.count * sizeof *set.items;
	Heard *items = arena_alloc(arena, size);
	memcpy(items, set.items, size);
	set.items = items;
	return set;
}
