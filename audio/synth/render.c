/* From a plan to samples: every 5 ms the tract is set anew, and the sources are sent
 * through it. */
#include "audio/synth/filter.h"
#include "audio/synth/source.h"
#include "tensor/elementary.h"

static const double PLAIN = -26; /* dB of full scale */
static const double FULL = 0.98; /* of full scale: nothing is louder */

/* To the wanted loudness, or to just below full scale if that is less. Through float, so
 * that the double build makes the same samples. */
static void normalise(const double *sound, int count, double intensity, real *samples)
{
	double power = 0, peak = 1e-9;
	for (int i = 0; i < count; i++) {
		double size = __builtin_fabs(sound[i]);
		power += sound[i] * sound[i];
		peak = size > peak ? size : peak;
	}
	double wanted = double_exp((intensity + PLAIN) * LN_10 / 20);
	double gain = wanted / __builtin_sqrt(power / count + 1e-18);
	if (gain * peak > FULL)
		gain = FULL / peak;
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
	double glottis[SYNTH_FRAME], noise[SYNTH_FRAME];
	Source source = source_new(plan);
	Tract tract = tract_new(plan->speaker.tract);
	for (int begin = 0, f = 0; begin < count; begin += SYNTH_FRAME, f++) {
		const SynthFrame *from = &frames[f], *to = &frames[f + 1];
		int rest = count - begin,
		    samples = rest < SYNTH_FRAME ? rest : SYNTH_FRAME;
		source_run(&source, from, to, rng, samples, glottis, noise);
		tract_set(&tract, from);
		tract_set_noise(&tract, to->frication > 0 ? to->phone : from->phone);
		tract_run(&tract, glottis, noise, samples, sound + begin);
	}
	normalise(sound, count, plan->manner.intensity, clip.samples);
	arena_rewind(arena, mark);
	return clip;
}
