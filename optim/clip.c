/* n = sqrt(sum of g^2 over every number of every gradient). If n > limit: g = g limit /
 * (n + 1e-6), where PyTorch puts the 1e-6.
 *
 * Squares are summed in double, which neither overflows nor loses the small ones, in 16
 * lanes whatever the width of the machine's vectors; then 8 + 8, 4 + 4, 2 + 2, 1 + 1. */
#include "optim/clip.h"
#include "autograd/fast/touched.h"

#include <math.h>

enum { LANES = 16 };

static double sum_of_squares(const real *g, size_t count)
{
	double lane[LANES] = { 0 };
	size_t whole = count - count % LANES;
	for (size_t i = 0; i < whole; i += LANES)
		for (int l = 0; l < LANES; l++)
			lane[l] += (double)g[i + (size_t)l] * (double)g[i + (size_t)l];
	for (size_t i = whole; i < count; i++)
		lane[i - whole] += (double)g[i] * (double)g[i];
	for (int half = LANES / 2; half > 0; half /= 2)
		for (int l = 0; l < half; l++)
			lane[l] += lane[l + half];
	return lane[0];
}

static double norm_of(const Params *params)
{
	double sum = 0;
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		for (int k = 0; k < touched_pieces(p); k++) {
			size_t count, at = touched_piece(p, k, &count);
			sum += sum_of_squares(p->grad.data + at, count);
		}
	}
	return sqrt(sum);
}

double clip_norm_at(Site site, const Params *params, double limit)
{
	if (!(limit > 0))
		error_stop(site, "clip_norm", "limit %g: expected more than 0", limit);
	double norm = norm_of(params);
	if (!isfinite(norm) || norm <= limit)
		return norm;
	real scale = (real)(limit / (norm + 1e-6));
	for (int i = 0; i < params->count; i++) {
		const Var *p = params->items[i];
		for (int k = 0; k < touched_pieces(p); k++) {
			size_t count, at = touched_piece(p, k, &count);
			for (size_t j = at; j < at + count; j++)
				p->grad.data[j] *= scale;
		}
	}
	return norm;
}
