/* Coarticulation. Every segment i pulls at the tract with a dominance that is full inside
 * it and dies away outside; a formant is the weighted mean of what they all want
 * (Lofqvist 1990; Cohen & Massaro 1993, there for the lips):
 *
 *     F(t) = sum_i g_i exp(-d_i(t) / r_i) F_i / sum_i g_i exp(-d_i(t) / r_i)
 *
 * d_i the distance from t to the segment (0 inside), g_i its grip, r_i its reach. Short
 * vowels between strong neighbours then miss their targets, as they do (Lindblom 1963).
 *
 * Pitch, after Fujisaki & Hirose 1984: a phrase starts high and declines, accents ride on
 * it,
 *
 *     ln F0(t) = ln Fb + Ap P(t) + sum_j Aj [A(t - start_j) - A(t - end_j)]
 *     P(t) = a^2 t exp(-a t),   A(t) = 1 - (1 + b t) exp(-b t),   a = 2/s, b = 20/s.
 *
 * We choose Fb so that the mean over the speech is the speaker's pitch; the manner then
 * shifts it and scales what moves. */
#include "audio/synth/track.h"
#include "tensor/elementary.h"

static const double TAU = 6.283185307179586;
static const double PHRASE = 0.30, PHRASE_RATE = 2.0, ACCENT_RATE = 20.0;
static const double NO_NOSE = 270, NOSE = 450; /* Hz, the nose's zero (Klatt 1980) */
static const double TREMOR = 6;                /* Hz */

int synth_frames(const SynthPlan *plan)
{
	return synth_samples(plan) / SYNTH_FRAME + 2;
}

/* --- formants ----------------------------------------------------------------------- */

static double distance(const SynthSegment *segment, double t)
{
	double before = segment->start - t, after = t - segment->start - segment->length;
	return before > 0 ? before : after > 0 ? after : 0;
}

/* Two neighbours on each side are enough: further ones have died away. */
static void set_formants(SynthFrame *frame, const SynthPlan *plan, int at, double t)
{
	double sum[PHONE_FORMANTS] = { 0 }, formant[PHONE_FORMANTS] = { 0 };
	double width[PHONE_FORMANTS] = { 0 }, nasal = 0, near = 0;
	for (int i = at - 2; i <= at + 2; i++) {
		if (i < 0 || i >= plan->count)
			continue;
		const SynthSegment *segment = &plan->segments[i];
		double pull = double_exp(-distance(segment, t) / segment->reach);
		bool nose = segment->phone->kind == PHONE_NASAL;
		near += pull;
		nasal += pull * (nose ? NOSE : NO_NOSE);
		for (int f = 0; f < PHONE_FORMANTS; f++) {
			double weight = segment->grip[f] * pull;
			sum[f] += weight;
			formant[f] += weight * segment->formant[f];
			width[f] += weight * segment->phone->width[f];
		}
	}
	double scale = (1 + plan->manner.spread) / plan->speaker.tract;
	for (int f = 0; f < PHONE_FORMANTS; f++) {
		frame->formant[f] = formant[f] / sum[f] * scale;
		frame->width[f] = width[f] / sum[f];
	}
	frame->nasal = nasal / near;
}

/* --- sources ------------------------------------------------------------------------ */

static double amplitude(double decibel)
{
	return decibel > 0 ? double_exp((decibel - 60) * LN_10 / 20) : 0;
}

static void set_sources(
        SynthFrame *frame, const SynthFrame *before, const SynthSegment *segment)
{
	frame->voicing = amplitude(segment->voicing);
	frame->aspiration = amplitude(segment->aspiration);
	frame->frication = amplitude(segment->frication);
	frame->phone = segment->frication > 0 || !before ? segment->phone : before->phone;
}

/* --- pitch -------------------------------------------------------------------------- */

static double phrase(double t)
{
	double a = PHRASE_RATE;
	return t > 0 ? a * a * t * double_exp(-a * t) : 0;
}

static double accent(double t)
{
	double b = ACCENT_RATE;
	return t > 0 ? 1 - (1 + b * t) * double_exp(-b * t) : 0;
}

static double movement(const SynthPlan *plan, double t)
{
	double sum = PHRASE * phrase(t - plan->voice_start + 0.2);
	for (int i = 0; i < plan->accent_count; i++) {
		const SynthAccent *a = &plan->accents[i];
		if (t > a->start && t < a->end + 0.6)
			sum += a->height * (accent(t - a->start) - accent(t - a->end));
	}
	double ending = plan->manner.ending * LN_2 / 12;
	return plan->manner.range * sum + ending * accent(t - plan->voice_end + 0.25);
}

/* frame->pitch holds ln of the movement until the mean is known. */
static void set_pitch(SynthFrame *frames, int count, const SynthPlan *plan)
{
	double mean = 0, voiced = 1e-9;
	for (int i = 0; i < count; i++) {
		frames[i].pitch = movement(plan, (double)i * SYNTH_FRAME / SYNTH_RATE);
		if (frames[i].voicing > 0) {
			mean += frames[i].pitch;
			voiced += 1;
		}
	}
	mean /= voiced;
	for (int i = 0; i < count; i++) {
		double t = (double)i * SYNTH_FRAME / SYNTH_RATE;
		double semitones = plan->manner.pitch +
		                   plan->manner.tremor * double_sin(TAU * TREMOR * t);
		double ln = frames[i].pitch - mean + semitones * LN_2 / 12;
		frames[i].pitch = plan->speaker.pitch * double_exp(ln);
	}
}

SynthFrame *synth_track(Arena *arena, const SynthPlan *plan)
{
	int count = synth_frames(plan), at = 0;
	SynthFrame *frames = ARENA_ARRAY(arena, SynthFrame, (size_t)count);
	for (int i = 0; i < count; i++) {
		double t = (double)i * SYNTH_FRAME / SYNTH_RATE;
		while (at + 1 < plan->count && plan->segments[at + 1].start <= t)
			at++;
		set_formants(&frames[i], plan, at, t);
		set_sources(&frames[i], i ? &frames[i - 1] : NULL, &plan->segments[at]);
	}
	set_pitch(frames, count, plan);
	return frames;
}
