/* The power of the spectra that stft.h makes, sixteen frames at a time, as rows. */
#include "audio/spectrum/spectrogram.h"
#include "tensor/vector.h"

void stft_power(real *restrict power, const real *restrict spectrum, int bins)
{
	for (int k = 0; k < bins; k++) {
		for (int l = 0; l < STFT_TOGETHER; l += VECTOR_LANES) {
			Vector re = vector_load(spectrum + l);
			Vector im = vector_load(spectrum + STFT_TOGETHER + l);
			vector_store(power + l, vector_fma(re, re, im * im));
		}
		spectrum += 2 * STFT_TOGETHER;
		power += STFT_TOGETHER;
	}
}

Tensor spectrogram_at(
        Site site, Arena *arena, const Clip *clip, const StftSettings *settings)
{
	const Stft *plan = stft_new_at(site, arena, settings);
	int frames = stft_frames(plan, clip->count), bins = stft_bins(plan);
	Tensor out = tensor_new_at(site, arena, SHAPE(frames, bins));
	ArenaMark mark = arena_mark(arena);
	StftWork *work = stft_work(arena, plan);
	real *power = ARENA_ARRAY(arena, real, STFT_TOGETHER * (size_t)bins);
	for (int first = 0; first < frames; first += STFT_TOGETHER) {
		stft_power(power, stft_sixteen_at(site, plan, work, clip, first), bins);
		for (int l = 0; l < STFT_TOGETHER && first + l < frames; l++)
			for (int k = 0; k < bins; k++)
				out.data[(size_t)(first + l) * (size_t)bins + (size_t)k] =
				        power[k * STFT_TOGETHER + l];
	}
	arena_rewind(arena, mark);
	return out;
}
