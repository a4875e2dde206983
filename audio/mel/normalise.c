/* Welford (1962): with each new x, n counted before it,
 *
 *     d = x - m;   m += d / (n + 1);   s += d (x - m)        variance s / (n + 1)
 *
 * never squares a large number to subtract another. With memory, n, and s with it, is
 * multiplied by 1 - 1/memory before each frame: n then grows no further than `memory`. */
#include "audio/mel/normalise.h"

static const double flat = 1e-10; /* variance of a feature that counts as constant */

Moments moments_new(Arena *arena, int features)
{
	return (Moments){
		.features = features,
		.mean = ARENA_ARRAY(arena, double, (size_t)features),
		.squares = ARENA_ARRAY(arena, double, (size_t)features),
	};
}

static void validate(
        Site site, const char *operation, const Moments *moments, Tensor frames)
{
	if (frames.ndim != 2 || frames.shape[1] != moments->features)
		error_stop(site, operation, "frames %s: expected (frames, %d)",
		        tensor_shape_text(frames).text, moments->features);
}

static void add_frame(Moments *moments, const real *x)
{
	moments->frames++;
	for (int f = 0; f < moments->features; f++) {
		double distance = (double)x[f] - moments->mean[f];
		moments->mean[f] += distance / moments->frames;
		moments->squares[f] += distance * ((double)x[f] - moments->mean[f]);
	}
}

static void apply_to_frame(const Moments *moments, real *x)
{
	for (int f = 0; f < moments->features; f++)
		x[f] = (real)(((double)x[f] - moments->mean[f]) /
		              moments_deviation(moments, f));
}

void moments_add_at(Site site, Moments *moments, Tensor frames)
{
	validate(site, "moments_add", moments, frames);
	for (int t = 0; t < frames.shape[0]; t++)
		add_frame(moments, frames.data + (size_t)t * (size_t)moments->features);
}

double moments_deviation(const Moments *moments, int feature)
{
	double variance =
	        moments->frames > 0 ? moments->squares[feature] / moments->frames : 0;
	return variance > flat ? __builtin_sqrt(variance) : 1;
}

void moments_apply_at(Site site, const Moments *moments, Tensor frames)
{
	validate(site, "moments_apply", moments, frames);
	for (int t = 0; t < frames.shape[0]; t++)
		apply_to_frame(
		        moments, frames.data + (size_t)t * (size_t)moments->features);
}

void normalise_utterance_at(Site site, Tensor frames, Arena *scratch)
{
	ArenaMark mark = arena_mark(scratch);
	Moments moments = moments_new(scratch, frames.ndim == 2 ? frames.shape[1] : 0);
	moments_add_at(site, &moments, frames);
	moments_apply_at(site, &moments, frames);
	arena_rewind(scratch, mark);
}

void normalise_running_at(Site site, Moments *moments, Tensor frames, double memory)
{
	validate(site, "normalise_running", moments, frames);
	if (!(memory > 1))
		error_stop(site, "normalise_running",
		        "memory %g: expected more than 1 frame", memory);
	double keep = 1 - 1 / memory;
	for (int t = 0; t < frames.shape[0]; t++) {
		real *x = frames.data + (size_t)t * (size_t)moments->features;
		moments->frames *= keep;
		for (int f = 0; f < moments->features; f++)
			moments->squares[f] *= keep;
		add_frame(moments, x);
		apply_to_frame(moments, x);
	}
}
