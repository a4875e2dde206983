/* The orthonormal discrete cosine transform, type II, of the M bands x (Ahmed, Natarajan
 * & Rao 1974):
 *
 *     c_n = s_n sum_m x_m cos(pi n (m + 1/2) / M),    s_0 = sqrt(1/M), else sqrt(2/M)
 *
 * for all frames at once a matrix product. */
#include "audio/mel/mfcc.h"
#include "tensor/elementary.h"
#include "tensor/matmul.h"

/* (bands, count), liftered. The angles n (2 m + 1) are whole numbers of pi / 2M, and 4M
 * of those are a turn: so few cosines are enough. */
static Tensor cosines(Site site, Arena *arena, int bands, int count, double lifter)
{
	Tensor table = tensor_new_at(site, arena, SHAPE(bands, count));
	double *turn = ARENA_ARRAY(arena, double, 4 * (size_t)bands);
	for (int k = 0; k <= 2 * bands; k++)
		turn[k] = double_cos(PI * k / (2 * bands));
	for (int k = 2 * bands + 1; k < 4 * bands; k++)
		turn[k] = turn[4 * bands - k];
	for (int n = 0; n < count; n++) {
		double scale = __builtin_sqrt((n ? 2.0 : 1.0) / bands);
		if (lifter > 0)
			scale *= 1 + lifter / 2 * double_sin(PI * n / lifter);
		for (int m = 0; m < bands; m++)
			table.data[m * count + n] =
			        (real)(scale * turn[n * (2 * m + 1) % (4 * bands)]);
	}
	return table;
}

struct MfccPlan {
	MatrixPacked cosines; /* (bands, count) */
};

const MfccPlan *mfcc_plan_at(Site site, Arena *arena, int bands, int count, double lifter)
{
	if (count < 1 || count > bands)
		error_stop(site, "mfcc_plan",
		        "%d coefficients of %d bands: expected 1 to bands", count, bands);
	MfccPlan *plan = ARENA_NEW(arena, MfccPlan);
	Tensor table = cosines(site, arena, bands, count, lifter);
	plan->cosines = matrix_pack(arena, matrix_of(table));
	return plan;
}

static void fill(Site site, const MfccPlan *plan, Tensor out, Tensor logmel)
{
	matmul_packed_at(
	        site, matrix_of(out), matrix_of(logmel), plan->cosines, MATMUL_SET);
}

Tensor mfcc_run_at(Site site, const MfccPlan *plan, Arena *arena, Tensor logmel)
{
	int bands = plan->cosines.rows, count = plan->cosines.columns;
	if (logmel.ndim != 2 || logmel.shape[1] != bands)
		error_stop(site, "mfcc_run",
		        "a log-mel spectrogram %s: expected (frames, %d), the bands of the plan",
		        tensor_shape_text(logmel).text, bands);
	Tensor out = tensor_new_at(site, arena, SHAPE(logmel.shape[0], count));
	fill(site, plan, out, logmel);
	return out;
}

/* The table is needed for this clip only. */
Tensor mfcc_at(Site site, Arena *arena, Tensor logmel, int count, double lifter)
{
	if (logmel.ndim != 2 || count < 1 || count > logmel.shape[1])
		error_stop(site, "mfcc",
		        "%d coefficients of a log-mel spectrogram %s: expected (frames, bands) and 1 to bands coefficients",
		        count, tensor_shape_text(logmel).text);
	Tensor out = tensor_new_at(site, arena, SHAPE(logmel.shape[0], count));
	ArenaMark mark = arena_mark(arena);
	fill(site, mfcc_plan_at(site, arena, logmel.shape[1], count, lifter), out,
	        logmel);
	arena_rewind(arena, mark);
	return out;
}
