/* Noise at a signal-to-noise ratio of R dB: with the powers P_s and P_n, the mean
 * squares, noise times g,
 *
 *     g = sqrt(P_s / (P_n 10^(R / 10)))
 *
 * Speed: samples taken to be of a rate `factor` times the clip's, and resampled to the
 * clip's. The factor is taken to a hundredth, so that the two rates have a short
 * ratio. */
#include "audio/augment.h"
#include "audio/resample.h"
#include "tensor/elementary.h"

static double power(const real *x, int count)
{
	double sum = 0;
	for (int n = 0; n < count; n++)
		sum += (double)x[n] * (double)x[n];
	return count > 0 ? sum / count : 0;
}

static Clip clip_like(Arena *arena, Clip clip)
{
	clip.samples = arena_alloc(arena, (size_t)clip.count * sizeof(real));
	return clip;
}

/* out = clip + noise at the ratio; `noise` has as many samples and is overwritten. */
static Clip mix(Clip clip, Clip noise, double snr)
{
	double signal = power(clip.samples, clip.count);
	double disturbance = power(noise.samples, noise.count) * double_pow(10, snr / 10);
	double gain = disturbance > 0 ? __builtin_sqrt(signal / disturbance) : 0;
	for (int n = 0; n < clip.count; n++)
		noise.samples[n] =
		        (real)((double)clip.samples[n] + gain * (double)noise.samples[n]);
	return noise;
}

Clip augment_white_noise(Arena *arena, Clip clip, double snr, Rng *rng)
{
	Clip noise = clip_like(arena, clip);
	for (int n = 0; n < clip.count; n++)
		noise.samples[n] = (real)rng_normal(rng);
	return mix(clip, noise, snr);
}

Clip augment_noise_at(
        Site site, Arena *arena, Clip clip, Clip noise, double snr, Rng *rng)
{
	if (noise.rate != clip.rate || noise.count < 1)
		error_stop(site, "augment_noise",
		        "noise of %d samples at %d for a clip at %d: expected at least one sample, and the same rate",
		        noise.count, noise.rate, clip.rate);
	Clip out = clip_like(arena, clip);
	int at = rng_below(rng, noise.count);
	for (int n = 0; n < clip.count; n++) {
		out.samples[n] = noise.samples[at];
		at = at + 1 < noise.count ? at + 1 : 0;
	}
	return mix(clip, out, snr);
}

Clip augment_speed_at(Site site, Arena *arena, Clip clip, double factor)
{
	if (!(factor >= 0.25 && factor <= 4))
		error_stop(
		        site, "augment_speed", "factor %g: expected 0.25 to 4", factor);
	int hundredths = (int)(factor * 100 + 0.5), rate = clip.rate;
	clip.rate = hundredths;
	Clip out = resample_at(site, arena, clip, 100);
	out.rate = rate;
	return out;
}

Clip augment_gain(Arena *arena, Clip clip, double decibel)
{
	Clip out = clip_like(arena, clip);
	real gain = (real)double_pow(10, decibel / 20);
	for (int n = 0; n < clip.count; n++)
		out.samples[n] = gain * clip.samples[n];
	return out;
}

typedef struct Bar {
	int begin, end;
} Bar;

static Bar draw_bar(Rng *rng, int widest, int room)
{
	int width = (int)(rng_uniform_double(rng) * widest);
	width = width < room ? width : room;
	int begin = (int)(rng_uniform_double(rng) * (room - width));
	return (Bar){ begin, begin + width };
}

static void wipe(Tensor x, Bar frames, Bar bands, real value)
{
	for (int t = frames.begin; t < frames.end; t++)
		for (int m = bands.begin; m < bands.end; m++)
			x.data[(size_t)t * (size_t)x.shape[1] + (size_t)m] = value;
}

void spec_augment_at(Site site, Tensor frames, const SpecAugment *s, Rng *rng)
{
	if (frames.ndim != 2 || s->bands < 0 || s->band_width < 0 || s->pauses < 0 ||
	        s->pause_length < 0 || !(s->longest_share >= 0))
		error_stop(site, "spec_augment",
		        "frames %s: expected (frames, bands) and settings that are not negative",
		        tensor_shape_text(frames).text);
	Bar all_frames = { 0, frames.shape[0] }, all_bands = { 0, frames.shape[1] };
	for (int i = 0; i < s->bands; i++)
		wipe(frames, all_frames, draw_bar(rng, s->band_width, frames.shape[1]),
		        s->value);
	double share = s->longest_share * frames.shape[0];
	int longest = share < s->pause_length ? (int)share : s->pause_length;
	for (int i = 0; i < s->pauses; i++)
		wipe(frames, draw_bar(rng, longest, frames.shape[0]), all_bands,
		        s->value);
}
