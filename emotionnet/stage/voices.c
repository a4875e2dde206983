/* How emotions sound. The directions are those of the reviews and studies below. Figures
 * in per cent, semitones or words a minute were taken from Schroder's review (2001), not
 * read again in the originals; every other size, and what has no letter beside it, is our
 * choice in that direction, made so that the six stay apart through a synthesiser.
 *
 *   [JL]  Juslin & Laukka 2003 (104 studies of vocal expression): rate, level, level of
 * F0, its
 *         variability and contour, energy at high frequencies, micro-irregularity
 *   [BS]  Banse & Scherer 1996 (224 portrayals by actors): F0 and intensity highest in
 * hot anger, panic and
 *         elation, lowest in sadness; hot anger has the most energy above 1 kHz
 *   [B]   Burkhardt & Sendlmeier 2000 (formant synthesis judged by listeners; joy and
 * fear in the table
 *         of Schroder 2001): joy F0 +50 %, range +100 %, tempo +30 %, formants +10 %; fear F0 +150 %,
 *         range +20 %, tempo +30 %, falsetto
 *   [MA]  Murray & Arnott 1995 (Schroder 2001): anger range +9 semitones, rate +30 words
 * a minute, +6 dB
 *   [C]   Cahn 1990 (Schroder 2001): surprise range +8 of 10, steeply rising contour;
 * sadness breathy +10,
 *         less brilliant -9 of 10, slower, softer
 *   [R]   Rockwell 2000, "Lower, slower, louder": the tone of sarcasm */
#include "emotionnet/stage/voices.h"
#include "tensor/elementary.h"

static const SynthManner manners[STAGE_MANNERS] = {
	[STAGE_NEUTRAL] = {
		.range = 1, .rate = 1, .ending = -3, .jitter = 0.008, .shimmer = 0.3,
	},
	[STAGE_JOY] = {
		.pitch = 6,        /* high [JL]; +50 % is 7 semitones [B] */
		.range = 2,        /* much variability [JL]; +100 % [B] */
		.ending = 1,       /* rising contour [JL] */
		.rate = 1.2,       /* fast [JL]; +30 % [B] */
		.intensity = 4,    /* medium to high [JL] */
		.tilt = -1,        /* medium energy at high frequencies [JL] */
		.jitter = 0.004,   /* very regular [JL] */
		.shimmer = 0.2,
		.spread = 0.07,    /* spread lips: formants +10 % [B] */
	},
	[STAGE_SADNESS] = {
		.pitch = -3,       /* low [JL][BS] */
		.range = 0.4,      /* little variability [JL] */
		.ending = -2,      /* falling [JL] */
		.rate = 0.72,      /* slow [JL][C] */
		.intensity = -6,   /* low [JL][BS]; softer [C] */
		.tilt = 12,         /* little energy at high frequencies [JL]; dull [C] */
		.breathiness = 0.3, /* breathy [C] */
		.jitter = 0.015,   /* irregular [JL] */
		.shimmer = 0.6,
	},
	[STAGE_ANGER] = {
		.pitch = 4,        /* high [JL][BS] */
		.range = 1.7,      /* much variability [JL]; +9 semitones [MA] */
		.ending = -6,
		.rate = 1.2,       /* fast [JL]; +30 words a minute [MA] */
		.intensity = 7,    /* high [JL][BS]; +6 dB [MA] */
		.tilt = -9,        /* most energy at high frequencies [JL][BS] */
		.breathiness = -0.1,
		.jitter = 0.03,    /* irregular [JL]; laryngealised [MA] */
		.shimmer = 1.0,
		.spread = -0.02,
	},
	[STAGE_FEAR] = {
		.pitch = 9,        /* high [JL][BS]; we stay below the +150 % of [B] */
		.range = 0.6,      /* little variability [JL] */
		.ending = 2,       /* rising [JL] */
		.rate = 1.3,       /* fast [JL]; +30 % [B] */
		.intensity = -2,   /* low, but in panic [JL] */
		/* little energy at high frequencies [JL]; falsetto [B] */
		.tilt = 6,
		.breathiness = 0.2,
		.jitter = 0.025,   /* very irregular [JL] */
		.shimmer = 0.8,
		.tremor = 0.7,
	},
	[STAGE_SURPRISE] = {
		.pitch = 5,
		.range = 2.2,      /* +8 of 10 [C] */
		.ending = 9,       /* steeply rising [C] */
		.rate = 0.95,
		.intensity = 2,    /* louder [C] */
		.tilt = 1,         /* brilliance -3 of 10 [C] */
		.jitter = 0.008,
		.shimmer = 0.3,
	},
	[STAGE_IRONIC] = {
		.pitch = -4,       /* lower [R] */
		.range = 0.7,
		.ending = -5,
		.rate = 0.75,      /* slower [R] */
		.intensity = 4,    /* louder [R] */
		.tilt = -5,
		.jitter = 0.02,
		.shimmer = 0.6,
		.spread = 0.03,
	},
};

static double vary(double deviation, Rng *rng)
{
	double z = rng_normal(rng);
	return deviation * (z < -2 ? -2 : z > 2 ? 2 : z);
}

static double between(double low, double high, Rng *rng)
{
	return low + (high - low) * rng_uniform_double(rng);
}

StageSpeaker stage_speaker(const Rng *rng, int number)
{
	Rng own = rng_split(rng, (uint64_t)number);
	StageSpeaker speaker = { .woman = number % 2 };
	/* Means of pitch: Titze 1989; of length: Fitch & Giedd 1999. Women breathe more
	 * into the voice: Klatt & Klatt 1990. */
	speaker.voice.pitch = (speaker.woman ? 200 : 115) * double_exp(vary(0.10, &own));
	speaker.voice.tract = (speaker.woman ? 0.86 : 1.0) + vary(0.03, &own);
	speaker.voice.rate = 1.6 + vary(0.10, &own);
	speaker.voice.breathiness = between(0.05, 0.2, &own) + (speaker.woman ? 0.1 : 0);
	speaker.expressiveness = between(0.8, 1.2, &own);
	speaker.face = rng_split(&own, 0);
	return speaker;
}

SynthManner stage_manner(StageEmotion emotion, const StageSpeaker *speaker, Rng *rng)
{
	const SynthManner *neutral = &manners[STAGE_NEUTRAL];
	SynthManner m = manners[emotion];
	double x = speaker->expressiveness;
	m.pitch = x * m.pitch + vary(0.8, rng);
	m.range = double_pow(m.range, x) * double_exp(vary(0.12, rng));
	m.ending = neutral->ending + x * (m.ending - neutral->ending) + vary(0.7, rng);
	m.rate = double_pow(m.rate, x) * double_exp(vary(0.05, rng));
	m.intensity = x * m.intensity + vary(1, rng);
	m.tilt = x * m.tilt + vary(0.8, rng);
	m.breathiness = x * m.breathiness + vary(0.03, rng);
	m.jitter *= double_exp(vary(0.2, rng));
	m.shimmer *= double_exp(vary(0.2, rng));
	m.tremor *= x;
	m.spread *= x;
	return m;
}
