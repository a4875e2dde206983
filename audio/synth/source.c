/* Glottis. The flow of Rosenberg 1971 as used by Klatt & Klatt 1990 (KLGLOTT88): u^2 -
 * u^3 while open, u = phase / open quotient. The lips radiate its derivative, u (2 - 3u),
 * which falls to -1 and jumps to 0 as the folds meet: that jump excites the tract.
 * Sampled as it is, it would alias; so it is rounded over the two samples around it
 * (PolyBLEP: Valimaki & Huovilainen 2007).
 *
 * Tilt. A one-pole low-pass y' = p y + (1-p) x that takes D dB off at w = 2 pi 3000 Hz:
 * with k = 10^(-D/10), |H|^2 = (1-p)^2 / (1 - 2p cos w + p^2) = k gives
 *
 *     p = m - sqrt(m^2 - 1),   m = (1 - k cos w) / (1 - k).
 *
 * Jitter and shimmer: the length and the height of every pulse vary, each by itself.
 * Breath: noise while the glottis is open, less while it is closed. Noise in front (s, f,
 * bursts) is halved while the glottis is closed, which starves it of air (Klatt 1980). A
 * voice that is dull for want of effort blows less of it: half as many dB as the tilt
 * (ours). */
#include "audio/synth/source.h"
#include "tensor/elementary.h"

static const double TAU = 6.283185307179586;
static const double PLAIN_TILT = 8, BREATHY_TILT = 8; /* dB at 3 kHz */
static const double ASPIRATION = 0.2, FRICATION = 10; /* over a voice of the same dB */
static const double CLOSED_BREATH = 0.3, CLOSED_NOISE = 0.5;

static double clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

static double tilt_pole(double tilt)
{
	if (tilt < 0.1)
		return 0;
	double k = double_exp(-tilt * LN_10 / 10);
	double m = (1 - k * double_cos(TAU * 3000 / SYNTH_RATE)) / (1 - k);
	return m - __builtin_sqrt(m * m - 1);
}

Source source_new(const SynthPlan *plan)
{
	double breathiness = plan->speaker.breathiness + plan->manner.breathiness;
	double open = 0.5 + 0.25 * breathiness + 0.012 * plan->manner.tilt;
	double tilt = PLAIN_TILT + plan->manner.tilt + BREATHY_TILT * breathiness;
	open = clamp(open, 0.3, 0.8); /* pressed .. breathy */
	return (Source){
		.open = open,
		.per_open = 1 / open,
		.height = 1,
		.rate = 1,
		.pole = tilt_pole(tilt),
		.effort = double_exp(-0.5 * (tilt - PLAIN_TILT) * LN_10 / 20),
		.breath = 0.005 + 0.04 * clamp(breathiness, 0, 1),
		.jitter = plan->manner.jitter,
		.shimmer = plan->manner.shimmer,
	};
}

/* What to add to the naive jump from -1 to 0, `since` samples after it (negative:
 * before it). */
static inline double jump_rounding(double since)
{
	double rest = 1 - __builtin_fabs(since);
	return since < 0 ? 0.5 * rest * rest : -0.5 * rest * rest;
}

static inline double pulse(const Source *s)
{
	double u = s->phase * s->per_open, since = s->phase - s->open;
	double flow = u < 1 ? u * (2 - 3 * u) : 0;
	if (since > -s->step && since < s->step)
		flow += jump_rounding(since / s->step);
	return s->height * flow;
}

static void next_period(Source *s, Rng *rng)
{
	s->phase -= 1;
	s->rate = 1 + clamp(s->jitter * rng_normal(rng), -0.3, 0.3);
	s->height = double_exp(s->shimmer * rng_normal(rng) * LN_10 / 20);
}

/* White noise in -1..1: one draw of 32 bits is two samples. */
static inline double white(Source *s, Rng *rng)
{
	s->half = !s->half;
	s->bits = s->half ? rng_u32(rng) : s->bits >> 16;
	return (double)(int16_t)(s->bits & 0xffff) * 0x1p-15;
}

static inline double between(double from, double to, double share)
{
	return from + share * (to - from);
}

void source_run(Source *s, const SynthFrame *from, const SynthFrame *to, Rng *rng,
        int count, double glottis[], double noise[])
{
	for (int n = 0; n < count; n++) {
		double share = (double)n * (1.0 / SYNTH_FRAME);
		double voicing = between(from->voicing, to->voicing, share);
		double aspiration = between(from->aspiration, to->aspiration, share);
		double frication = between(from->frication, to->frication, share);
		double pitch = between(from->pitch, to->pitch, share);
		s->step = pitch * s->rate * (1.0 / SYNTH_RATE);
		s->phase += s->step;
		if (s->phase >= 1)
			next_period(s, rng);
		s->low = (1 - s->pole) * voicing * pulse(s) + s->pole * s->low;

		bool open = s->phase < s->open;
		double breath = voicing * s->breath * (open ? 1 : CLOSED_BREATH);
		double air = voicing > 0 && !open ? CLOSED_NOISE : 1, w = white(s, rng);
		glottis[n] = s->low + (ASPIRATION * aspiration + breath) * w;
		noise[n] = FRICATION * s->effort * frication * air * w;
	}
}
