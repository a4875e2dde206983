/* prosody.c: three numbers of audio/voice/ a clip: pitch.level, energy.level, voiced.rate;
 * each against those of the same speaker. */
#include "emotionnet/trials/prosody.h"

#include "audio/resample.h"
#include "audio/voice/voice.h"
#include "emotionnet/corpus/sound.h"
#include "text/stringset.h"

#include <math.h>
#include <string.h>

enum { RATE = 16000 };

const char *prosody_level(double value, double mean, double deviation)
{
	double apart = value - mean;
	if (!(deviation > 0) || !(fabs(apart) > deviation / 2))
		return "normal";
	return apart > 0 ? "high" : "low";
}

typedef struct Hearing {
	const Corpus *corpus;
	double (*values)[PROSODY]; /* of each utterance; NaN where there is none */
	const char **why;          /* it cannot be read, or NULL */
	Arena **scratch;           /* of each thread */
	Arena **kept;
} Hearing;

static void hear(void *context, int index, int worker)
{
	static const VoiceFeature features[PROSODY] = { VOICE_PITCH_LEVEL,
		VOICE_ENERGY_LEVEL, VOICE_VOICED_RATE };
	const Hearing *hearing = context;
	const Corpus *corpus = hearing->corpus;
	Arena *scratch = hearing->scratch[worker];
	double *values = hearing->values[index], all[VOICE_FEATURES];
	Clip clip;
	Error error;
	for (int p = 0; p < PROSODY; p++)
		values[p] = (double)NAN;
	if (!corpus->sound && !*corpus->utterances[index].wav)
		return;
	if (!sound_read(&clip, scratch, corpus, index, &error)) {
		hearing->why[index] = arena_string(hearing->kept[worker], error.text);
	} else {
		clip = resample(scratch, clip, RATE);
		voice_describe(all, scratch, &clip);
		for (int p = 0; p < PROSODY; p++)
			values[p] = all[features[p]];
	}
	arena_reset(scratch);
}

/* Mean and deviation over the clips of one speaker of which the number is known. */
typedef struct Moment {
	double count, sum, square;
} Moment;

static void add(Moment *moment, double value)
{
	if (isnan(value))
		return;
	moment->count++;
	moment->sum += value;
	moment->square += value * value;
}

static const char *level(const Moment *moment, double value)
{
	double mean = moment->sum / moment->count;
	double variance = moment->square / moment->count - mean * mean;
	return prosody_level(value, mean, variance > 0 ? sqrt(variance) : 0);
}

static void tell(const char **words, Arena *arena, const Hearing *hearing)
{
	const Corpus *corpus = hearing->corpus;
	Arena *own = arena_child(arena, "speakers");
	StringSet speakers = stringset_new(own);
	Moment(*moments)[PROSODY] =
	        arena_zeros(own, (size_t)(corpus->count + 1) * sizeof *moments);
	int *who = ARENA_ARRAY(own, int, (size_t)corpus->count);
	for (int i = 0; i < corpus->count; i++) {
		who[i] = stringset_add(&speakers, corpus->utterances[i].speaker);
		for (int p = 0; p < PROSODY; p++)
			add(&moments[who[i]][p], hearing->values[i][p]);
	}
	for (int i = 0; i < corpus->count; i++) {
		const double *values = hearing->values[i];
		const Moment *moment = moments[who[i]];
		bool sound = corpus->sound || *corpus->utterances[i].wav;
		words[i] =
		        sound ? arena_format(arena,
		                        "(said with a %s pitch, a %s loudness and a %s pace)",
		                        level(&moment[0], values[0]),
		                        level(&moment[1], values[1]),
		                        level(&moment[2], values[2]))
		              : "";
	}
	arena_free(own);
}

const char *const *prosody_tell(
        Arena *arena, const Corpus *corpus, Pool *pool, Error *error)
{
	Arena *own = arena_new("prosody");
	size_t count = (size_t)corpus->count, threads = (size_t)pool_threads(pool);
	Hearing hearing = { .corpus = corpus,
		.values = arena_zeros(own, (count + 1) * sizeof *hearing.values),
		.why = ARENA_ARRAY(own, const char *, count),
		.scratch = ARENA_ARRAY(own, Arena *, threads),
		.kept = ARENA_ARRAY(own, Arena *, threads) };
	for (size_t t = 0; t < threads; t++) {
		hearing.scratch[t] = arena_child(own, "a voice");
		hearing.kept[t] = arena_child(own, "what cannot be read");
	}
	pool_run(pool, corpus->count, hear, &hearing);
	bool good = true;
	for (int i = 0; i < corpus->count && good; i++)
		if (hearing.why[i])
			good = error_set(error, "%s:%d: %s", corpus->source,
			        corpus->utterances[i].line, hearing.why[i]);
	const char **words = ARENA_ARRAY(arena, const char *, count);
	if (good)
		tell(words, arena, &hearing);
	arena_free(own);
	return good ? words : NULL;
}
