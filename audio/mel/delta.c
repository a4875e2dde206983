/* The line through the points (n, x_(t+n)), n = -R..R, that fits best in the sense of
 * least squares has the slope
 *
 *     d_t = sum_n n x_(t+n) / sum_n n^2
 *
 * (Savitzky & Golay 1964; for speech Furui 1986). The same of any run of T frames, with n
 * counted from its middle. */
#include "audio/mel/delta.h"

/* The slope through frames first .. first + count - 1; those that are not in 0..T-1 are
 * taken to equal the nearest that is. */
static void slope(real *out, Tensor x, int first, int count)
{
	int frames = x.shape[0], features = x.shape[1];
	double middle = (count - 1) / 2.0, squares = 0;
	for (int n = 0; n < count; n++)
		squares += (n - middle) * (n - middle);
	for (int f = 0; f < features; f++) {
		double sum = 0;
		for (int n = 0; n < count; n++) {
			int t = first + n < 0 ? 0 : first + n;
			t = t < frames ? t : frames - 1;
			sum += (n - middle) *
			       (double)x.data[(size_t)t * (size_t)features + (size_t)f];
		}
		out[f] = (real)(squares > 0 ? sum / squares : 0);
	}
}

static Tensor deltas(
        Site site, const char *operation, Arena *arena, Tensor x, int reach, bool fitted)
{
	if (x.ndim != 2 || reach < 1)
		error_stop(site, operation,
		        "reach %d over %s: expected at least 1, and (frames, features)",
		        reach, tensor_shape_text(x).text);
	Tensor out = tensor_new_at(site, arena, x.ndim, x.shape);
	int frames = x.shape[0], width = 2 * reach + 1;
	if (fitted && width > frames)
		width = frames;
	for (int t = 0; t < frames; t++) {
		int first = t - reach;
		if (fitted && first > frames - width)
			first = frames - width;
		if (fitted && first < 0)
			first = 0;
		slope(out.data + (size_t)t * (size_t)x.shape[1], x, first, width);
	}
	return out;
}

Tensor delta_repeated_at(Site site, Arena *arena, Tensor x, int reach)
{
	return deltas(site, "delta_repeated", arena, x, reach, false);
}

Tensor delta_fitted_at(Site site, Arena *arena, Tensor x, int reach)
{
	return deltas(site, "delta_fitted", arena, x, reach, true);
}
