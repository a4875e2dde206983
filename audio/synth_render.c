/* The sources and the filter, sample by sample.
 *
 * Resonator (Klatt 1980), frequency F, bandwidth B, sampling period T:
 *
 *     y[n] = a x[n] + b y[n-1] + c y[n-2],
 *     c = -exp(-2 pi B T),  b = 2 exp(-pi B T) cos(2 pi F T),  a = 1 - b - c   (gain 1 at 0 Hz)
 *
 * and the zero that the nose makes is the same turned round: y[n] = (x[n] - b x[n-1] - c x[n-2]) / a.
 *
 * Glottis: the flow of Rosenberg 1971 as used by Klatt & Klatt 1990 (KLGLOTT88), u^2 - u^3 while open,
 * u = phase / open quotient. The lips radiate its derivative, u (2 - 3u), which falls from -1 to 0 as the
 * folds meet: that jump excites the tract. Sampled naively it would alias, so it is rounded over two
 * samples (PolyBLEP, Valimaki & Huovilainen 2007). A one-pole low-pass sets the tilt. Period
 * and height of every pulse vary a little: jitter and shimmer.
 *
 *     glottis, breath ---> nose ---> F1 ... F8 ----+---> out      (cascade)
 *     noise ---> F2, F3, F4, F5, F6, bypass, side by side --+     (parallel: a place in front)  */
#include "audio/synth_track.h"
#include "tensor/elementary.h"

static const double PI = 3.141592653589793, LN10 = 2.302585092994046;

/* --- resonators ----------------------------------------------------------------------------- */

typedef struct Resonator {
	double a, b, c; /* coefficients */
	double y1, y2;  /* the last two outputs (of the zero: inputs) */
} Resonator;

/* A resonance too near the Nyquist frequency is left out. */
static void resonator_set(Resonator *r, double frequency, double width)
{
	bool audible = frequency < 0.45 * SYNTH_RATE;
	double radius = double_exp(-PI * width / SYNTH_RATE);
	r->c = audible ? -radius * radius : 0;
	r->b = audible ? 2 * radius * double_cos(2 * PI * frequency / SYNTH_RATE) : 0;
	r->a = 1 - r->b - r->c;
}

static void antiresonator_set(Resonator *r, double frequency, double width)
{
	resonator_set(r, frequency, width);
	r->a = 1 / r->a;
	r->b *= -r->a;
	r->c *= -r->a;
}

/* The same resonance with gain 1 at its peak, so that the table's dB say how loud it is: there
 * |1 - b z - c z^2| = (1 - radius) |1 - radius e^(-2i angle)|. */
static void place_set(Resonator *r, double frequency, double width)
{
	resonator_set(r, frequency, width);
	double square = -r->c, radius = __builtin_sqrt(square);
	double cosine = radius > 0 ? r->b / (2 * radius) : 0;
	double turn = 2 * cosine * cosine - 1; /* of twice the angle */
	r->a = (1 - radius) * __builtin_sqrt(1 - 2 * radius * turn + square);
}

static inline double resonate(Resonator *r, double x)
{
	double y = (r->a * x + r->c * r->y2) + r->b * r->y1;
	r->y2 = r->y1;
	r->y1 = y;
	return y;
}

static inline double antiresonate(Resonator *r, double x)
{
	double y = r->a * x + r->b * r->y1 + r->c * r->y2;
	r->y2 = r->y1;
	r->y1 = x;
	return y;
}

/* --- glottis -------------------------------------------------------------------------------- */

typedef struct Glottis {
	double phase, step;    /* 0..1 through the period; its growth each sample */
	double open, per_open; /* open quotient, and 1 over it */
	double height;         /* of this pulse */
	double jitter;         /* factor on this period's frequency */
	double pole, low;      /* the tilt's low-pass and its state */
} Glottis;

/* What to add to the naive jump from -1 to 0 `since` samples after it (negative: before it). */
static inline double jump_rounding(double since)
{
	double rest = 1 - __builtin_fabs(since);
	return since < 0 ? 0.5 * rest * rest : -0.5 * rest * rest;
}

static inline double glottis_pulse(const Glottis *g)
{
	double u = g->phase * g->per_open, since = g->phase - g->open;
	double flow = u < 1 ? u * (2 - 3 * u) : 0;
	if (since > -g->step && since < g->step)
		flow += jump_rounding(since / g->step);
	return g->height * flow;
}

static void glottis_next_period(Glottis *g, const SynthManner *manner, Rng *rng)
{
	double deviation = manner->jitter * rng_normal(rng);
	deviation = deviation < -0.3 ? -0.3 : deviation > 0.3 ? 0.3 : deviation;
	g->phase -= 1;
	g->jitter = 1 + deviation;
	g->height = double_exp(manner->shimmer * rng_normal(rng) * LN10 / 20);
}

/* The pole p of y[n] = (1-p) x[n] + p y[n-1] that takes `tilt` dB off at 3 kHz: from |H|^2 = k,
 * (1-k) p^2 - 2 (1 - k cos w) p + (1-k) = 0. */
static double tilt_pole(double tilt)
{
	if (tilt < 0.1)
		return 0;
	double k = double_exp(-tilt * LN10 / 10);
	double m = (1 - k * double_cos(2 * PI * 3000 / SYNTH_RATE)) / (1 - k);
	return m - __builtin_sqrt(m * m - 1);
}

/* --- the tract ------------------------------------------------------------------------------ */

enum { FORMANTS = 8 };

typedef struct Tract {
	Resonator formant[FORMANTS], zero, nose;
	Resonator place[PHONE_NOISES - 1]; /* F2..F6 again, for noise made in front */
	double gain[PHONE_NOISES];         /* of the places, and of the way past them */
} Tract;

/* Klatt's: what the third to sixth resonance of the adult male stay at. */
static const double HIGH_FORMANT[] = { 3300, 3850, 4900, 5900, 6900 },
                    HIGH_WIDTH[] = { 250, 250, 400, 500, 600 };
static const double PLACE_WIDTH[] = { 120, 180, 250, 300, 1000 };

static void tract_set(Tract *tract, const SynthFrame *frame, const SynthPlan *plan)
{
	double tract_length = plan->speaker.tract;
	for (int f = 0; f < FORMANTS; f++) {
		bool moves = f < PHONE_FORMANTS;
		double frequency =
		        moves ? frame->formant[f]
		              : HIGH_FORMANT[f - PHONE_FORMANTS] / tract_length;
		double width = moves ? frame->width[f] : HIGH_WIDTH[f - PHONE_FORMANTS];
		resonator_set(&tract->formant[f], frequency, width);
		if (f > 0 && f < PHONE_NOISES)
			place_set(&tract->place[f - 1], frequency, PLACE_WIDTH[f - 1]);
	}
	antiresonator_set(&tract->zero, frame->nasal, 100);
	resonator_set(&tract->nose, 270, 100);
}

static void tract_set_noise(Tract *tract, const Phone *phone)
{
	for (int i = 0; i < PHONE_NOISES; i++) {
		int level = phone->noise[i];
		double gain = double_exp((level - 60) * LN10 / 20);
		tract->gain[i] = level > 0 ? gain : 0;
	}
}

static inline double tract_voice(Tract *tract, double x)
{
	x = resonate(&tract->nose, antiresonate(&tract->zero, x));
	for (int f = 0; f < FORMANTS; f++)
		x = resonate(&tract->formant[f], x);
	return x;
}

/* Neighbouring resonances are half a turn apart, hence the alternating sign. */
static inline double tract_noise(Tract *tract, double x)
{
	double y = -tract->gain[PHONE_NOISES - 1] * x, sign = 1;
	for (int i = 0; i < PHONE_NOISES - 1; i++) {
		y += sign * resonate(&tract->place[i], tract->gain[i] * x);
		sign = -sign;
	}
	return y;
}

/* --- one clip ------------------------------------------------------------------------------- */

typedef struct Voice {
	Glottis glottis;
	Tract tract;
	double breath; /* noise at the glottis while it is open, relative to the voice */
	uint32_t bits; /* random ones, two samples' worth */
	bool half;
} Voice;

static double clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

static Voice voice_new(const SynthPlan *plan)
{
	double breathiness = plan->speaker.breathiness + plan->manner.breathiness;
	double open =
	        clamp(0.5 + 0.25 * breathiness + 0.012 * plan->manner.tilt, 0.3, 0.8);
	double tilt = 3 + plan->manner.tilt + 8 * breathiness;
	return (Voice){
		.glottis = { .open = open,
		        .per_open = 1 / open,
		        .height = 1,
		        .jitter = 1,
		        .pole = tilt_pole(tilt) },
		.breath = 0.01 + 0.25 * clamp(breathiness, 0, 1),
	};
}

/* White noise in -1..1: one draw of 32 bits is two samples. */
static inline double voice_noise(Voice *voice, Rng *rng)
{
	voice->half = !voice->half;
	voice->bits = voice->half ? rng_u32(rng) : voice->bits >> 16;
	return (double)(int16_t)(voice->bits & 0xffff) * 0x1p-15;
}

/* The samples between two frames; amplitudes and pitch run straight from one to the other. */
static void render_frame(Voice *voice, const SynthFrame *from, const SynthFrame *to,
        const SynthManner *manner, Rng *rng, int count, double out[])
{
	Glottis *g = &voice->glottis;
	for (int n = 0; n < count; n++) {
		double s = (double)n / SYNTH_FRAME;
		double voicing = from->voicing + s * (to->voicing - from->voicing);
		double aspiration =
		        from->aspiration + s * (to->aspiration - from->aspiration);
		double frication =
		        from->frication + s * (to->frication - from->frication);
		double pitch = from->pitch + s * (to->pitch - from->pitch);
		double noise = voice_noise(voice, rng);

		g->step = pitch * g->jitter / SYNTH_RATE;
		g->phase += g->step;
		if (g->phase >= 1)
			glottis_next_period(g, manner, rng);
		bool open = g->phase < g->open;
		double pulse = voicing * glottis_pulse(g);
		g->low = (1 - g->pole) * pulse + g->pole * g->low;

		double breath =
		        aspiration * 0.2 + voicing * voice->breath * (open ? 1 : 0.3);
		if (voicing > 0 && !open)
			frication *=
			        0.5; /* the closed glottis starves the narrow place of air */
		out[n] = tract_voice(&voice->tract, g->low + breath * noise) +
		         tract_noise(&voice->tract, frication * noise * 10);
	}
}

/* To the wanted loudness, or to just below full scale if that is less. */
static void normalise(const double *sound, int count, double intensity, real *samples)
{
	double power = 0, peak = 1e-9;
	for (int i = 0; i < count; i++) {
		double size = __builtin_fabs(sound[i]);
		power += sound[i] * sound[i];
		peak = size > peak ? size : peak;
	}
	double wanted = double_exp((intensity - 26) * LN10 / 20);
	double gain = wanted / __builtin_sqrt(power / count + 1e-18);
	if (gain * peak > 0.98)
		gain = 0.98 / peak;
	for (int i = 0; i < count; i++)
		samples[i] = (real)(float)(gain * sound[i]);
}

Clip synth_render(Arena *arena, const SynthPlan *plan, Rng *rng)
{
	int count = synth_samples(plan);
	Clip clip = { .count = count, .rate = SYNTH_RATE };
	clip.samples = arena_alloc(arena, (size_t)count * sizeof(real));
	ArenaMark mark = arena_mark(arena);
	const SynthFrame *frames = synth_track(arena, plan);
	double *sound = arena_alloc(arena, (size_t)count * sizeof *sound);
	Voice voice = voice_new(plan);
	for (int begin = 0, f = 0; begin < count; begin += SYNTH_FRAME, f++) {
		int left = count - begin;
		const SynthFrame *from = &frames[f], *to = &frames[f + 1];
		tract_set(&voice.tract, from, plan);
		tract_set_noise(
		        &voice.tract, to->frication > 0 ? to->phone : from->phone);
		render_frame(&voice, from, to, &plan->manner, rng,
		        left < SYNTH_FRAME ? left : SYNTH_FRAME, sound + begin);
	}
	normalise(sound, count, plan->manner.intensity, clip.samples);
	arena_rewind(arena, mark);
	return clip;
}
