/* A length whose only prime factors are 2, 3 and 5 is done by passes.h, any other by
 * bluestein.h. */
#include "audio/spectrum/fft.h"
#include "audio/spectrum/bluestein.h"
#include "audio/spectrum/complex.h"
#include "audio/spectrum/passes.h"

struct Fft {
	Passes passes;
	const Bluestein *bluestein; /* NULL where the passes do */
};

const Fft *fft_new_at(Site site, Arena *arena, int length)
{
	if (length < 1 || length > FFT_LONGEST)
		error_stop(site, "fft_new", "length %d: expected 1 to %d", length,
		        FFT_LONGEST);
	Fft *fft = ARENA_NEW(arena, Fft);
	if (passes_plan(&fft->passes, arena, length) != 1)
		fft->bluestein = bluestein_new(arena, length);
	return fft;
}

size_t fft_scratch(const Fft *fft)
{
	return fft->bluestein ? bluestein_scratch(fft->bluestein)
	                      : (size_t)COMPLEX_ROW * (size_t)fft->passes.length;
}

void fft_forward(const Fft *fft, real *restrict out, const real *restrict x,
        real *restrict scratch)
{
	if (fft->bluestein)
		bluestein_forward(fft->bluestein, out, x, scratch);
	else
		passes_run(&fft->passes, out, x, scratch);
}
