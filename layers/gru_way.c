/* At each step, from the input x and the state h' of the step before; I inputs, H hidden:
 *
 *     [r z] = sigmoid(x W_i' + b_i + h' W_h' + b_h)     what to forget in q, what to keep of h'
 *     q = h' W_hn' + b_hn
 *     n = tanh(x W_in' + b_in + r q)                    the new
 *     h = (1 - z) n + z h'
 *
 * Gradient. Walking back, dh is what the loss and the step after want of h:
 *
 *     dn = dh (1-z) (1-n^2)    dz = dh (h'-n) z(1-z)    dr = dn q r(1-r)
 *     D  = [dr dz dn]          what is wanted of x W_ih' + b_ih
 *     E  = [dr dz dn r]        what is wanted of h' W_hh' + b_hh: n sees q times r
 *     to the step before:  dh' = dh z + E W_hh
 *
 * and afterwards for the R rows of all steps at once (packed.h), the matrices standing
 * row on row,
 *
 *     dW_ih = D' X    dW_hh = E' H'    db_ih, db_hh = column sums of D, E    dX = D W_ih
 *
 * Cho et al. 2014; as in PyTorch (and cuDNN) r acts on q, after the product. */
#include "layers/gru_way.h"
#include "autograd/fast/kept.h"
#include "tensor/elementary.h"
#include "tensor/matmul.h"

#include <string.h>

/* The s-th step that a way takes. */
static int step_of(const GruRun *run, int way, int s)
{
	return way ? run->packed.steps - 1 - s : s;
}

/* All R rows of an (R,columns) array; those of step t. */
static Matrix rows_view(const GruRun *run, const real *rows, int columns)
{
	return matrix_view(rows, run->packed.rows, columns, columns);
}

static Matrix step_view(const GruRun *run, const real *rows, int t, int columns)
{
	const real *first = rows + (size_t)run->packed.offset[t] * (size_t)columns;
	return matrix_view(first, run->packed.active[t], columns, columns);
}

static real *rows_new(const GruRun *run, int rows, int columns)
{
	return arena_alloc(run->arena, (size_t)rows * (size_t)columns * sizeof(real));
}

/* (B,H), longest first: a way's columns of a state, or zero where it has no data. */
static real *state_of(const GruRun *run, Tensor state, int way)
{
	int H = run->gru.hidden;
	real *rows = rows_new(run, run->packed.batch, H);
	packed_state_gather(&run->packed, rows, state, way * H, H);
	return rows;
}

static const Tensor none = { .data = NULL };

/* ---- forward ----------------------------------------------------------------------- */

/* One row. `gates` holds x W_ih', and then r z n; `recurrent` h' W_hh'. */
static void cell_forward(int H, const real *restrict b_ih, const real *restrict b_hh,
        const real *restrict recurrent, const real *restrict h_before,
        real *restrict gates, real *restrict q, real *restrict h)
{
	real *restrict gate_r = gates, *restrict gate_z = gates + H;
	real *restrict gate_n = gates + 2 * H;
	for (int k = 0; k < H; k++) {
		real r = real_sigmoid(gate_r[k] + b_ih[k] + (recurrent[k] + b_hh[k]));
		real z = real_sigmoid(
		        gate_z[k] + b_ih[H + k] + (recurrent[H + k] + b_hh[H + k]));
		q[k] = recurrent[2 * H + k] + b_hh[2 * H + k];
		real n = real_tanh(real_fma(r, q[k], gate_n[k] + b_ih[2 * H + k]));
		gate_r[k] = r;
		gate_z[k] = z;
		gate_n[k] = n;
		h[k] = real_fma(z, h_before[k] - n, n);
	}
}

/* Step t, its state passed on to step `next`; `recurrent` (rows of t,3H) is h' W_hh'. */
static void step_forward(
        const GruRun *run, int way, int t, int next, const real *recurrent, Tensor y)
{
	const RecurrentWeights *weights = &run->gru.way[way];
	const GruTrace *trace = &run->trace[way];
	size_t H = (size_t)run->gru.hidden;
	int going_on = packed_both(&run->packed, t, next);
	for (int r = 0; r < run->packed.active[t]; r++) {
		size_t row = (size_t)run->packed.offset[t] + (size_t)r;
		real *h = packed_frame(&run->packed, y, r, t) + (size_t)way * H;
		cell_forward((int)H, weights->bias_ih->value.data,
		        weights->bias_hh->value.data,
		        recurrent + (size_t)r * GRU_GATES * H, trace->h_before + row * H,
		        trace->gates + row * GRU_GATES * H, trace->q + row * H, h);
		if (r < going_on) {
			size_t after = (size_t)run->packed.offset[next] + (size_t)r;
			memcpy(trace->h_before + after * H, h, H * sizeof(real));
		}
	}
}

void gru_way_forward(Site site, GruRun *run, int way, Tensor y)
{
	const RecurrentWeights *weights = &run->gru.way[way];
	int H = run->gru.hidden, G = GRU_GATES * H, R = run->packed.rows;
	GruTrace *trace = &run->trace[way];
	trace->gates = rows_new(run, R, G);
	trace->h_before = rows_new(run, R, H);
	trace->q = rows_new(run, R, H);
	ArenaMark mark = arena_mark(run->arena);
	real *recurrent = rows_new(run, run->packed.batch, G);
	const real *start = state_of(run, run->start ? run->start->value : none, way);
	MatrixPacked weight_hh = kept_pack(run->kept, run->arena,
	        matrix_transpose(matrix_of(weights->weight_hh->value)));
	matmul_at(site, rows_view(run, trace->gates, G),
	        rows_view(run, run->x, run->gru.in),
	        matrix_transpose(matrix_of(weights->weight_ih->value)), MATMUL_SET);
	int came = 0; /* rows that the step before has passed on; the others start here */
	for (int s = 0; s < run->packed.steps; s++) {
		int t = step_of(run, way, s), next = step_of(run, way, s + 1);
		Matrix h_before = step_view(run, trace->h_before, t, H);
		memcpy(h_before.data + (size_t)came * (size_t)H,
		        start + (size_t)came * (size_t)H,
		        (size_t)(h_before.rows - came) * (size_t)H * sizeof(real));
		matmul_packed_at(site, matrix_view(recurrent, h_before.rows, G, G),
		        h_before, weight_hh, MATMUL_SET);
		step_forward(run, way, t, next, recurrent, y);
		came = packed_both(&run->packed, t, next);
	}
	arena_rewind(run->arena, mark);
}

/* ---- backward ---------------------------------------------------------------------- */

/* One row. dh, wanted of h by the step after, becomes dh z; d and e are rows of D and
 * E. */
static void cell_backward(int H, const real *restrict gates,
        const real *restrict h_before, const real *restrict q, const real *restrict dy,
        real *restrict dh, real *restrict d, real *restrict e)
{
	const real *restrict gate_r = gates, *restrict gate_z = gates + H;
	const real *restrict gate_n = gates + 2 * H;
	for (int k = 0; k < H; k++) {
		real r = gate_r[k], z = gate_z[k], n = gate_n[k];
		real dh_k = dh[k] + dy[k];
		real dn = dh_k * (1 - z) * (1 - n * n);
		real dz = dh_k * (h_before[k] - n) * z * (1 - z);
		real dr = dn * q[k] * r * (1 - r);
		d[k] = e[k] = dr;
		d[H + k] = e[H + k] = dz;
		d[2 * H + k] = dn;
		e[2 * H + k] = dn * r;
		dh[k] = dh_k * z;
	}
}

static void step_backward(
        const GruRun *run, int way, int t, Tensor dy, real *dh, real *d, real *e)
{
	const GruTrace *trace = &run->trace[way];
	size_t H = (size_t)run->gru.hidden;
	for (int r = 0; r < run->packed.active[t]; r++) {
		size_t row = (size_t)run->packed.offset[t] + (size_t)r;
		cell_backward((int)H, trace->gates + row * GRU_GATES * H,
		        trace->h_before + row * H, trace->q + row * H,
		        packed_frame(&run->packed, dy, r, t) + (size_t)way * H,
		        dh + (size_t)r * H, d + row * GRU_GATES * H,
		        e + row * GRU_GATES * H);
	}
}

static void add_gradients(Site site, const RecurrentWeights *weights, Matrix d, Matrix e,
        Matrix x, Matrix h_before)
{
	const struct {
		const Var *weight, *bias;
		Matrix wanted, from;
	} sides[] = {
		{ weights->weight_ih, weights->bias_ih, d, x },
		{ weights->weight_hh, weights->bias_hh, e, h_before },
	};
	for (int i = 0; i < 2; i++) {
		if (sides[i].weight->grad.data)
			matmul_at(site, matrix_of(sides[i].weight->grad),
			        matrix_transpose(sides[i].wanted), sides[i].from,
			        MATMUL_ADD);
		if (sides[i].bias->grad.data)
			matrix_add_column_sums(sides[i].bias->grad.data, sides[i].wanted);
	}
}

void gru_way_backward(Site site, const GruRun *run, int way, Tensor dy, real *dx)
{
	const RecurrentWeights *weights = &run->gru.way[way];
	int H = run->gru.hidden, G = GRU_GATES * H, I = run->gru.in;
	ArenaMark mark = arena_mark(run->arena);
	real *dh = state_of(run, none, way); /* (B,H) */
	real *d = rows_new(run, run->packed.rows, G);
	real *e = rows_new(run, run->packed.rows, G);
	MatrixPacked weight_hh =
	        kept_pack(run->kept, run->arena, matrix_of(weights->weight_hh->value));
	for (int s = run->packed.steps - 1; s >= 0; s--) {
		int t = step_of(run, way, s);
		step_backward(run, way, t, dy, dh, d, e);
		matmul_packed_at(site, matrix_view(dh, run->packed.active[t], H, H),
		        step_view(run, e, t, G), weight_hh, MATMUL_ADD);
	}
	if (run->start)
		packed_state_scatter_add(&run->packed, run->start->grad, way * H, H, dh);
	Matrix all_d = rows_view(run, d, G), x = rows_view(run, run->x, I);
	add_gradients(site, weights, all_d, rows_view(run, e, G), x,
	        rows_view(run, run->trace[way].h_before, H));
	if (dx)
		matmul_at(site, rows_view(run, dx, I), all_d,
		        matrix_of(weights->weight_ih->value), MATMUL_ADD);
	arena_rewind(run->arena, mark);
}
