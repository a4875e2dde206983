/* Resonator (Klatt 1980), frequency F, bandwidth B, sampling period T:
 *
 *     y[n] = a x[n] + b y[n-1] + c y[n-2],
 *     r = exp(-pi B T),  c = -r^2,  b = 2 r cos(2 pi F T),  a = 1 - b - c   (gain 1 at 0 Hz)
 *
 * and the zero that the nose makes is the same turned round, x[n] = a y[n] + ..., solved
 * for y.
 *
 *     glottis --> nose's zero --> nose --> F1 --> F2 ... F8 --+--> out        (cascade)
 *     noise  --> F2, F3, F4, F5, F6, past them, added up -----+               (parallel)
 *
 * What is made at the glottis passes the whole tract, and the relative levels of the
 * formants come out by themselves; noise made in front excites only the part before it,
 * whose levels the phoneme table has. Low resonances come first in the cascade: the other
 * way round a change of coefficients would modulate the loud high frequencies inside,
 * and be heard as a click. */
#include "audio/synth/filter.h"
#include "tensor/elementary.h"

#include <stddef.h>

/* Those that speech does not move, of an adult male: the fourth and fifth are Klatt's,
 * the others continue the series of a tube of 17 cm, about one each kilohertz. */
static const double FIXED[] = { 3300, 3850, 4900, 5900, 6900 };   /* Hz */
static const double FIXED_WIDTH[] = { 250, 250, 400, 500, 600 };  /* Hz */
static const double PLACE_WIDTH[] = { 120, 180, 250, 300, 1000 }; /* Hz */
static const double NOSE = 270, NOSE_WIDTH = 100;                 /* Hz (Klatt 1980) */

/* A resonance too near half the sampling rate is left out. */
static void resonator_set(Resonator *r, double frequency, double width)
{
	bool audible = frequency < 0.45 * SYNTH_RATE;
	double radius = double_exp(-PI * width / SYNTH_RATE);
	r->c = audible ? -radius * radius : 0;
	r->b = audible ? 2 * radius * double_cos(2 * PI * frequency / SYNTH_RATE) : 0;
	r->a = 1 - r->b - r->c;
}

static void zero_set(Resonator *r, double frequency, double width)
{
	resonator_set(r, frequency, width);
	r->a = 1 / r->a;
	r->b *= -r->a;
	r->c *= -r->a;
}

/* The same resonance with gain 1 at its peak, so that the table's dB say how loud it is:
 * there
 * |1 - b z - c z^2| = (1 - r) |1 - r e^(-2i angle)|. */
static void place_set(Resonator *place, const Resonator *formant, double width)
{
	double old = __builtin_sqrt(-formant->c),
	       r = double_exp(-PI * width / SYNTH_RATE);
	double cosine = old > 0 ? formant->b / (2 * old) : 0;
	double turn = 2 * cosine * cosine - 1; /* of twice the angle */
	place->c = old > 0 ? -r * r : 0;
	place->b = 2 * r * cosine;
	place->a = old > 0 ? (1 - r) * __builtin_sqrt(1 - 2 * r * turn + r * r) : 0;
}

Tract tract_new(double length)
{
	Tract tract = { .phone = NULL };
	resonator_set(&tract.nose, NOSE, NOSE_WIDTH);
	for (int f = PHONE_FORMANTS; f < TRACT_FORMANTS; f++)
		resonator_set(&tract.formant[f], FIXED[f - PHONE_FORMANTS] / length,
		        FIXED_WIDTH[f - PHONE_FORMANTS]);
	for (int i = PHONE_FORMANTS - 1; i < TRACT_PLACES; i++)
		place_set(&tract.place[i], &tract.formant[i + 1], PLACE_WIDTH[i]);
	return tract;
}

void tract_set(Tract *tract, const SynthFrame *frame)
{
	for (int f = 0; f < PHONE_FORMANTS; f++)
		resonator_set(&tract->formant[f], frame->formant[f], frame->width[f]);
	for (int i = 0; i < PHONE_FORMANTS - 1; i++)
		place_set(&tract->place[i], &tract->formant[i + 1], PLACE_WIDTH[i]);
	zero_set(&tract->zero, frame->nasal, NOSE_WIDTH);
}

void tract_set_noise(Tract *tract, const Phone *phone)
{
	if (phone == tract->phone)
		return;
	tract->phone = phone;
	for (int i = 0; i < PHONE_NOISES; i++) {
		double gain = double_exp((phone->noise[i] - 60) * LN_10 / 20);
		tract->gain[i] = phone->noise[i] ? gain : 0;
	}
}

static inline double resonate(Resonator *r, double x)
{
	double y = (r->a * x + r->c * r->y2) + r->b * r->y1;
	r->y2 = r->y1;
	r->y1 = y;
	return y;
}

static void run_zero(Resonator *zero, double x[], int count)
{
	Resonator r = *zero;
	for (int n = 0; n < count; n++) {
		double y = r.a * x[n] + r.b * r.y1 + r.c * r.y2;
		r.y2 = r.y1;
		r.y1 = x[n];
		x[n] = y;
	}
	*zero = r;
}

/* Three at a time: each has to wait for its own last output, and meanwhile the others
 * are worked on. */
static void run_three(
        Resonator *first, Resonator *second, Resonator *third, double x[], int count)
{
	Resonator p = *first, q = *second, r = *third;
	for (int n = 0; n < count; n++)
		x[n] = resonate(&r, resonate(&q, resonate(&p, x[n])));
	*first = p;
	*second = q;
	*third = r;
}

/* Neighbouring resonances are half a turn apart, hence the alternating sign. */
static void run_places(Tract *tract, const double noise[], int count, double out[])
{
	const double *gain = tract->gain;
	Resonator p[TRACT_PLACES];
	for (int i = 0; i < TRACT_PLACES; i++)
		p[i] = tract->place[i];
	for (int n = 0; n < count; n++) {
		double x = noise[n], past = gain[TRACT_PLACES] * x;
		double even = resonate(&p[0], gain[0] * x) +
		              resonate(&p[2], gain[2] * x) + resonate(&p[4], gain[4] * x);
		double odd = resonate(&p[1], gain[1] * x) + resonate(&p[3], gain[3] * x);
		out[n] += even - odd - past;
	}
	for (int i = 0; i < TRACT_PLACES; i++)
		tract->place[i] = p[i];
}

void tract_run(
        Tract *tract, double glottis[], const double noise[], int count, double out[])
{
	Resonator *f = tract->formant;
	run_zero(&tract->zero, glottis, count);
	run_three(&tract->nose, &f[0], &f[1], glottis, count);
	run_three(&f[2], &f[3], &f[4], glottis, count);
	run_three(&f[5], &f[6], &f[7], glottis, count);
	for (int n = 0; n < count; n++)
		out[n] = glottis[n];
	run_places(tract, noise, count, out);
}
