/* S_t,m = sum_k W_m,k |X_t,k|^2, then its logarithm (Davis & Mermelstein 1980, who took
 * it further to the MFCC: mfcc.h). The bands W are bands.h's, the spectrum X is stft.h's.
 *
 * Sixteen frames at a time, side by side, all the way: spectrum, power, bands and
 * logarithm. */
#include "audio/mel/mel.h"
#include "audio/spectrum/transpose.h"
#include "tensor/vector.h"
#include "tensor/elementary.h"
#include "tensor/reduce.h"

#include <string.h>

typedef struct Stretch {
	int first_bin, bins;
} Stretch;

struct MelPlan {
	MelSettings settings;
	int rate;
	const Stft *stft;
	MelBands bands;
	const Stretch *stretches; /* (bands) */
	const real *pairs;        /* their weights */
};

static real weight_of(const MelBands *bands, int m, int bin)
{
	int k = bin - bands->first_bin[m];
	return k >= 0 && k < bands->bins[m] ? bands->weights[bands->first_weight[m] + k]
	                                    : 0;
}

/* Each bin is in two bands at the most, and those are neighbours. So the spectrum is cut
 * into stretches, one for each band m: the bins that are in m, but not in m + 1. One look
 * at a bin is then enough; its two weights stand side by side, that in band m - 1,
 * which may be 0, and that in band m. */
static void cut_stretches(MelPlan *plan, Arena *arena)
{
	const MelBands *bands = &plan->bands;
	int bins = stft_bins(plan->stft);
	Stretch *stretch = ARENA_ARRAY(arena, Stretch, (size_t)bands->count);
	real *pairs = ARENA_ARRAY(arena, real, 2 * (size_t)bins);
	plan->stretches = stretch;
	plan->pairs = pairs;
	for (int m = 0; m < bands->count; m++) {
		int begin = bands->first_bin[m], end = begin + bands->bins[m];
		if (m + 1 < bands->count && bands->bins[m + 1] &&
		        bands->first_bin[m + 1] < end)
			end = bands->first_bin[m + 1];
		stretch[m] = (Stretch){ begin, end > begin ? end - begin : 0 };
		for (int k = begin; k < end; k++, pairs += 2) {
			pairs[0] = m ? weight_of(bands, m - 1, k) : 0;
			pairs[1] = weight_of(bands, m, k);
		}
	}
}

const MelPlan *mel_plan_at(Site site, Arena *arena, const MelSettings *settings, int rate)
{
	MelPlan *plan = ARENA_NEW(arena, MelPlan);
	plan->settings = *settings;
	plan->rate = rate;
	plan->stft = stft_new_at(site, arena, &settings->stft);
	plan->bands =
	        mel_bands_new_at(site, arena, &settings->bands, rate, settings->stft.fft);
	cut_stretches(plan, arena);
	return plan;
}

/* Each band of sixteen frames: spectrum (bins, 2, 16) -> energy (bands, 16). `before` is
 * the sum of band m - 1, which is whole at the end of stretch m. */
static void band_energies(
        const MelPlan *plan, real *restrict energy, const real *restrict spectrum)
{
	int count = plan->bands.count;
	for (int l = 0; l < SIXTEEN; l += VECTOR_LANES) {
		Vector before = vector_all(0);
		const real *weights = plan->pairs;
		for (int m = 0; m < count; m++) {
			Stretch stretch = plan->stretches[m];
			const real *row =
			        spectrum + l + (size_t)stretch.first_bin * 2 * SIXTEEN;
			Vector sum = vector_all(0);
			for (int k = 0; k < stretch.bins;
			        k++, row += 2 * SIXTEEN, weights += 2) {
				Vector re = vector_load(row);
				Vector im = vector_load(row + SIXTEEN);
				Vector power = vector_fma(re, re, im * im);
				before =
				        vector_fma(vector_all(weights[0]), power, before);
				sum = vector_fma(vector_all(weights[1]), power, sum);
			}
			if (m)
				vector_store(energy + (m - 1) * SIXTEEN + l, before);
			before = sum;
		}
		vector_store(energy + (count - 1) * SIXTEEN + l, before);
	}
}

static void take_log(const MelSettings *settings, real *restrict x, size_t count)
{
	real floor = (real)settings->floor, offset = 0, factor = 1;
	if (settings->log == MEL_POWER)
		return;
	if (settings->log == MEL_LN_PLUS)
		offset = floor;
	if (settings->log == MEL_DECIBEL)
		factor = (real)(10 / LN_10);
	for (size_t i = 0; i < count; i++) {
		real s = x[i] + offset;
		x[i] = factor * real_log(s > floor ? s : floor);
	}
}

/* Raises everything that is more than top_db under the loudest. */
static void limit_range(Tensor features, real top_db)
{
	size_t count = tensor_count(features);
	if (count == 0)
		return;
	real least = real_largest(features.data, count) - top_db;
	for (size_t i = 0; i < count; i++)
		features.data[i] = features.data[i] < least ? least : features.data[i];
}

struct MelWork {
	StftWork *stft;
	real *energy, *scratch, *rows; /* (bands, 16), and (16, bands) */
};

MelWork *mel_work(Arena *arena, const MelPlan *plan)
{
	size_t room = SIXTEEN * (size_t)plan->bands.count * sizeof(real);
	MelWork *work = ARENA_NEW(arena, MelWork);
	work->stft = stft_work(arena, plan->stft);
	work->energy = arena_alloc(arena, room);
	work->scratch = arena_alloc(arena, room);
	work->rows = arena_alloc(arena, room);
	return work;
}

/* From the spectrum of sixteen frames to (16, bands). */
static const real *sixteen_rows(const MelPlan *plan, MelWork *work, const real *spectrum)
{
	int mels = plan->bands.count;
	band_energies(plan, work->energy, spectrum);
	take_log(&plan->settings, work->energy, SIXTEEN * (size_t)mels);
	transpose_from_lanes(work->rows, work->energy, work->scratch, mels);
	return work->rows;
}

const real *mel_sixteen(const MelPlan *plan, MelWork *work, const real *from)
{
	return sixteen_rows(plan, work, stft_transform(plan->stft, work->stft, from));
}

const MelSettings *mel_plan_settings(const MelPlan *plan)
{
	return &plan->settings;
}

void mel_run_at(
        Site site, const MelPlan *plan, Tensor *features, Arena *arena, const Clip *clip)
{
	if (clip->rate != plan->rate)
		error_stop(site, "mel_run",
		        "the clip has %d samples a second, the plan is for %d. Hint: resample() first.",
		        clip->rate, plan->rate);
	int frames = stft_frames(plan->stft, clip->count), mels = plan->bands.count;
	*features = tensor_new_at(site, arena, SHAPE(frames, mels));
	ArenaMark mark = arena_mark(arena);
	MelWork *work = mel_work(arena, plan);
	for (int first = 0; first < frames; first += SIXTEEN) {
		const real *spectrum =
		        stft_sixteen_at(site, plan->stft, work->stft, clip, first);
		int here = frames - first < SIXTEEN ? frames - first : SIXTEEN;
		memcpy(features->data + (size_t)first * (size_t)mels,
		        sixteen_rows(plan, work, spectrum),
		        (size_t)here * (size_t)mels * sizeof(real));
	}
	arena_rewind(arena, mark);
	if (plan->settings.top_db > 0)
		limit_range(*features, (real)plan->settings.top_db);
}

/* The tables are needed for this clip only. */
void logmel_at(Site site, Tensor *features, Arena *arena, const Clip *clip,
        const MelSettings *settings)
{
	Arena *tables = arena_new("mel tables");
	const MelPlan *plan = mel_plan_at(site, tables, settings, clip->rate);
	mel_run_at(site, plan, features, arena, clip);
	arena_free(tables);
}
